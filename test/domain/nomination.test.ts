import { describe, expect, test } from '@jest/globals';
import { attentionOf, nextEntry, waitingOn } from '../../domain/agenda.js';
import { FREE, type CaseRecord, type Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies } from '../../domain/policy.js';
import { apply } from '../../domain/review.js';
import { resultOfCase } from '../../domain/step-result.js';
import { answersOn, due, play, quiet, rowOn, verdictOn } from '../support/case-records.js';
import { nominee } from '../support/nominee.js';

const nominate = (record: CaseRecord): CaseEvent => ({ is: 'nominate', row: rowOn(record, { reference: null }) });
const drafted = play(nominee, [nominate, quiet]);
const at = (day: string, some: Partial<Facts> = {}): Facts => ({ ...quiet, now: `${day}T12:00:00.000Z`, ...some });
const warned = (day: string, some: Partial<Facts> = {}) => at(day, { firstTaken: true, remindersTaken: 4, ...some });
const emailsOf = ({ effects }: { readonly effects: readonly { readonly do: string }[] }) =>
  effects.flatMap((effect) => (effect.do === 'email' && 'kind' in effect ? [effect.kind] : []));
const remove =
  (some: object = {}) =>
  (record: CaseRecord): CaseEvent => ({ is: 'remove', row: rowOn(record), by: 'ada', why: 'spam', ...some });
const atOnce: Partial<Facts> = {
  policies: { ...policies, nomination: { ...policies.nomination, holdMinutes: 0, noticeDays: 0 } },
};
const submitted = play(nominee, [nominate, { ...quiet, ...atOnce }], [answersOn, at('2026-07-20')]);

describe('a draft', () => {
  test('begins with the way back by email, and waits on its owner for 90 days', () => {
    const { review, agenda } = drafted.record;
    expect(review?.state).toBe('draft');
    expect(emailsOf(drafted)).toEqual(['prompt']);
    expect(waitingOn({ review, reachable: true })).toBe('owner');
    const days = agenda.map(({ what, due: when }) => `${what} ${when.slice(0, 10)}`);
    expect(days).toEqual([
      'reminder 2026-07-17',
      'reminder 2026-07-24',
      'reminder 2026-08-07',
      'reminder 2026-10-01',
      'abandon 2026-10-09',
    ]);
  });

  test('is given up after a last reminder, and its owner is told; staff have nothing to do', () => {
    const { record, outcome } = { ...drafted };
    expect(outcome?.result).toBe('accepted');
    const last = [...record.agenda].reverse().find(({ what }) => what === 'reminder');
    const reminded = apply({
      record: { ...record, agenda: record.agenda.filter(({ what }) => what === 'abandon').concat(last ?? []) },
      event: due('reminder')({ ...record, agenda: last === undefined ? [] : [last] }),
      facts: at('2026-10-01'),
    });
    expect(emailsOf(reminded)).toEqual(['last_reminder']);
    const given = play(reminded.record, [due('abandon'), warned('2026-10-09')]);
    expect(given.record.review?.state).toBe('abandoned');
    expect(emailsOf(given)).toEqual(['closed']);
    expect(attentionOf({ review: given.record.review, reachable: true, stuck: false })).toEqual([]);
  });

  test('lives on for 90 days after the last work on it', () => {
    const facts = warned('2026-10-09', { draftSaved: true, draftSavedOn: '2026-09-01' });
    const kept = play(drafted.record, [due('abandon'), facts]);
    expect(kept.record.review?.state).toBe('draft');
    expect(kept.record.review?.turn?.deadline).toBe('2026-11-30');
    expect(kept.record.agenda.map(({ what }) => what)).toContain('reminder');
  });

  test('is not given up while a row of it is set aside: it may be what its owner sent', () => {
    const stuck = { ...drafted.record, stuck: true };
    const kept = play(stuck, [due('abandon'), warned('2026-10-09')]).record;
    expect(kept.review).toMatchObject({ state: 'draft', turn: { deadline: '2026-10-23' } });
    expect(play({ ...kept, stuck: false }, [due('abandon'), warned('2026-10-23')]).record.review?.state).toBe(
      'abandoned',
    );
  });

  test('is not given up while no reminder was taken, but at once if nobody can be reached', () => {
    const waits = play(drafted.record, [due('abandon'), at('2026-10-09')]);
    expect(waits.record.review?.turn?.deadline).toBe('2026-10-23');
    const gone = play(drafted.record, [due('abandon'), at('2026-10-09', { reachable: [] })]);
    expect(gone.record.review?.state).toBe('abandoned');
    expect(attentionOf({ review: drafted.record.review, reachable: false, stuck: false })).toEqual([]);
  });

  test('is shown to staff if nobody is left who can be asked: no day on which it is given up stands then', () => {
    const notMe = (record: CaseRecord): CaseEvent => ({
      ...{ is: 'request', row: rowOn(record, { recipient: 1 }), request: 'not_me' },
    });
    const grants = (record: CaseRecord): CaseEvent => ({
      ...{ is: 'grant', row: rowOn(record), request: null, days: null },
    });
    const alone = at('2026-07-20', { reachable: [1] });
    const left = play(drafted.record, [notMe, alone], [grants, alone]).record;
    expect(attentionOf({ review: left.review, reachable: false, stuck: false })).toEqual(['no_contact']);
    expect(waitingOn({ review: left.review, reachable: false })).toBe('secretariat');
    expect(left.agenda.map(({ what }) => what)).toEqual(['staff']);
    const changed = (record: CaseRecord): CaseEvent => ({
      ...{ is: 'contact_changed', row: rowOn(record), primaryChanged: true },
    });
    const asked = play(left, [changed, at('2026-07-21', { reachable: [2] })]).record;
    expect(asked.agenda.map(({ what }) => what)).toEqual(['mail_late']);
    const refuses = (record: CaseRecord): CaseEvent => ({
      ...{ is: 'email_refused', row: rowOn(record), turn: record.review?.turn?.number ?? 0, email: 1 },
    });
    const refused = play(asked, [refuses, at('2026-07-22', { reachable: [] })]).record;
    expect(attentionOf({ review: refused.review, reachable: false, stuck: false })).toEqual(['undeliverable']);
  });

  test('is withdrawn at once; what was sent is withdrawn as every review is', () => {
    const asks = (record: CaseRecord): CaseEvent => ({
      is: 'request',
      row: rowOn(record, { recipient: 1 }),
      request: 'withdrawal',
    });
    expect(play(drafted.record, [asks, quiet]).record.review?.state).toBe('withdrawn');
    expect(play(submitted.record, [asks, quiet]).record.review?.state).toBe('l1');
  });
});

describe('a nomination that was sent', () => {
  test('shows its reference alone until it passes the first level, and has a slug from then on', () => {
    const shown = (record: CaseRecord) =>
      resultOfCase({ record, before: record.review, facts: quiet, more: false, wrote: true }).product;
    expect(submitted.record.review?.state).toBe('l1');
    expect(shown(submitted.record)).toBeNull();
    const passed = play(submitted.record, [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')]);
    expect(passed.effects).toContainEqual({ do: 'give_slug' });
    expect(passed.record.listing.nominated).toBe('candidate');
    expect(shown(passed.record)).toBe('2026-7q2mk');
  });

  test('is listed for a year by its approval, and its case ends 30 days later', () => {
    const { record, effects } = play(
      submitted.record,
      [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')],
      [(one) => verdictOn(one, { level: 'l2', by: 'ben' }), at('2026-07-22')],
    );
    expect(record.review?.state).toBe('approved');
    expect(effects).toContainEqual({ do: 'list_product' });
    expect(record.listing).toMatchObject({ validUntil: '2027-07-22', approvedOn: '2026-07-22', opensByItself: true });
    expect(record.listing.nominated).toBeUndefined();
    expect(record.agenda.map(({ what, due: when }) => `${what} ${when.slice(0, 10)}`)).toEqual(['forget 2026-08-22']);
  });

  test('that is refused was never on the list: nothing is removed, and nothing can be opened again', () => {
    const { record } = play(
      submitted.record,
      [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')],
      [(one) => verdictOn(one, { level: 'l2', by: 'ben', verdict: 'does_not_meet' }), at('2026-07-22')],
    );
    expect(record.review?.state).toBe('ineligible');
    expect(record.listing).toMatchObject({ removedOn: null, nominated: 'candidate' });
    const again = play(record, [(one): CaseEvent => ({ is: 'reopen', row: rowOn(one) }), at('2026-07-23')]);
    expect(again.outcome?.result).toBe('refused');
  });

  test('can be removed unreviewed at the first level, and only there', () => {
    const untaken = play(submitted.record, [remove(), at('2026-07-21')]);
    expect(untaken.outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('Take it first') });
    const claim = (one: CaseRecord): CaseEvent => ({ is: 'claim', row: rowOn(one), by: 'ada', level: 'l1' });
    const lost = at('2026-07-21', { reviewer: { ...FREE, role: 'has_not' } });
    const byOther = play(submitted.record, [claim, at('2026-07-20')], [remove(), lost]);
    expect(byOther.outcome?.sentence).toMatch(/^You do not review at this level now/u);
    const removed = play(submitted.record, [claim, at('2026-07-20')], [remove(), at('2026-07-21')]);
    expect(removed.record.review?.state).toBe('removed');
    expect(removed.record.listing.removedOn).toBeNull();
    expect(emailsOf(removed)).toEqual(['closed']);
    const passed = play(submitted.record, [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')]);
    expect(play(passed.record, [remove(), at('2026-07-22')]).outcome?.result).toBe('refused');
    expect(play(drafted.record, [remove(), quiet]).outcome?.result).toBe('refused');
  });

  test('is not removed unreviewed once its product is listed, though its approval is looked at again', () => {
    const listed = play(
      submitted.record,
      [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')],
      [(one) => verdictOn(one, { level: 'l2', by: 'ben' }), at('2026-07-22')],
      [(one) => ({ is: 'reconsider', row: rowOn(one), level: 'l1' }), at('2026-07-23')],
      [(one) => ({ is: 'claim', row: rowOn(one), by: 'ada', level: 'l1' }), at('2026-07-24')],
    );
    const { outcome, record } = play(listed.record, [remove(), at('2026-07-25')]);
    expect([outcome?.result, record.review?.state, record.listing.removedOn]).toEqual(['refused', 'l1', null]);
  });

  test('asks again for the sections that are not clear, and returns', () => {
    const asked = play(
      submitted.record,
      [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), at('2026-07-21')],
      [(one) => verdictOn(one, { level: 'l2', by: 'ben', verdict: 'clarify' }), at('2026-07-22')],
    );
    expect(asked.record.review?.state).toBe('clarification');
    const back = play(asked.record, [answersOn, at('2026-07-25')]);
    expect(back.record.review).toMatchObject({ state: 'l2', claim: { by: 'ben' } });
  });
});

test('a second press of the button joins the first', () => {
  expect(play(drafted.record, [nominate, quiet]).outcome?.result).toBe('joined');
  expect(nextEntry(drafted.record.agenda)?.what).toBe('reminder');
});
