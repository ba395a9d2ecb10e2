import { describe, expect, test } from '@jest/globals';
import type { CaseRecord } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import type { Result } from '../../domain/review.js';
import { answersOn, asleep, due, play, quiet, rowOn, taken, wake } from '../support/case-records.js';

const woken = [() => wake, quiet] as const;
const asked = [taken, quiet] as const;
const answered = [(record: CaseRecord) => answersOn(record), quiet] as const;
const emails = ({ effects }: Result) => effects.flatMap((effect) => (effect.do === 'email' ? [effect.kind] : []));

describe('an approval made elsewhere', () => {
  const elsewhere =
    (approvedOn: string) =>
    (record: CaseRecord): CaseEvent => ({
      is: 'listing_changed',
      row: rowOn(record),
      approvedElsewhereOn: approvedOn,
      validity: { approvedOn, validUntil: `${Number(approvedOn.slice(0, 4)) + 1}${approvedOn.slice(4)}` },
    });
  const picked = [() => ({ ...wake, handPicked: true }) as CaseEvent, quiet] as const;
  const approved = (approvedOn: string) => {
    const opening = { id: 'open:2027-05-01', what: 'open', due: '2027-03-02T00:00:00.000Z', for: 'nobody' } as const;
    return { ...asleep, agenda: [opening], listing: { ...asleep.listing, approvedOn, validUntil: '2027-05-01' } };
  };
  const openings = ({ record }: Result) => record.agenda.flatMap(({ id, what }) => (what === 'open' ? [id] : []));

  test('ends an open annual review', () => {
    const result = play(asleep, woken, asked, [elsewhere('2026-07-09'), quiet]);
    expect(result.record.review?.state).toBe('closed_elsewhere');
    expect(result.record.listing.validUntil).toBe('2027-07-09');
  });

  test('ends a privacy case whose questions it covers; the annual review opens by the new date', () => {
    const result = play(approved('2025-08-01'), picked, asked, [elsewhere('2026-07-09'), quiet]);
    expect(result.record.review).toMatchObject({ kind: 'privacy', state: 'closed_elsewhere' });
    expect(emails(result)).toEqual(['closed']);
    expect(openings(result)).toEqual(['open:2027-07-09']);
  });

  test.each<[string, string, string]>([
    ['was approved before the questions were part of it', '2025-08-01', '2025-09-10'],
    ['a person picked although it was presumed to cover them', '2026-05-01', '2026-07-09'],
  ])('lets a privacy case go on of a product that %s', (_, before, approvedOn) => {
    const result = play(approved(before), picked, asked, [elsewhere(approvedOn), quiet]);
    expect(result.record.review).toMatchObject({ state: 'owner', elsewhere: false });
    expect(result.record.listing.approvedOn).toBe(approvedOn);
    expect(openings(result)).toEqual([`open:${result.record.listing.validUntil}`]);
  });

  test('lets a privacy case go on whose owner has answered', () => {
    const result = play(approved('2025-08-01'), picked, asked, answered, [elsewhere('2026-07-09'), quiet]);
    expect(result.record.review?.state).toBe('l1');
  });
});

/** Its nomination is another case: what comes of that one is read from the product, when something of this one is due. */
describe('a product that left the list by its nomination', () => {
  const opens = { id: 'open:2026-09-01', what: 'open', due: '2026-07-03T00:00:00.000Z', for: 'nobody' } as const;
  const listing = { ...asleep.listing, removedOn: '2026-05-01', removedBecause: 'ineligible' } as const;
  const left: CaseRecord = { ...asleep, listing, agenda: [opens] };
  const stays = play(left, [due('open'), quiet]).record;
  const back = { ...asleep.listing, validUntil: '2027-09-01' };

  test('is not reviewed; its case ends 210 days after', () => {
    expect(stays).toMatchObject({ review: null, agenda: [{ id: 'forget:2026-05-01' }] });
    expect(play(stays, [due('forget'), { ...quiet, now: '2026-11-28T12:00:00.000Z' }]).record.ended).toBe(true);
  });

  test.each([
    ['before its review was due', { ...left, listing: back }, 'open'],
    ['after that', { ...stays, listing: back }, 'forget'],
  ])('has its next review by its new date if it came back %s', (_, record, what) => {
    const { review, agenda, ended } = play(record, [due(what), quiet]).record;
    expect({ review, ended, agenda: agenda.map(({ id }) => id) }).toEqual({
      ...{ review: null, ended: false },
      agenda: ['open:2027-09-01'],
    });
  });
});
