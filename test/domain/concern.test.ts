import { describe, expect, test } from '@jest/globals';
import { attentionOf, waitingOn } from '../../domain/agenda.js';
import { asked, judgedSections } from '../../domain/answers.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies } from '../../domain/policy.js';
import type { Result } from '../../domain/review.js';
import type { SectionId } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { answersOn, asleep, due, play, quiet, rowOn, silent, taken, verdictOn, wake } from '../support/case-records.js';

const waiting: Facts = {
  ...quiet,
  concern: 'waiting',
  policies: {
    ...policies,
    annual_review: { ...policies.annual_review, holdMinutes: 0, noticeDays: 0 },
    concern: { ...policies.concern, holdMinutes: 0, noticeDays: 0 },
  },
};
const product: CaseRecord = { ...asleep, concerns: 1 };
const accept =
  (...sections: readonly SectionId[]) =>
  (record: CaseRecord): CaseEvent => ({
    is: 'accept_concern',
    row: rowOn(record, { reference: null, round: null }),
    concern: 'one',
    sections,
  });
const say =
  (is: 'reject_concern' | 'ask_concern' | 'concern') =>
  (record: CaseRecord): CaseEvent => ({ is, row: rowOn(record, { reference: null, round: null }), concern: 'one' });
const l1 = (record: CaseRecord) => verdictOn(record, { level: 'l1', by: 'ada' });
const l2 =
  (verdict: 'meets' | 'does_not_meet') =>
  (record: CaseRecord): CaseEvent =>
    verdictOn(record, { level: 'l2', by: 'ben', verdict });
const open = play(product, [accept('9a', '2'), waiting]);
const reviewed = (record: CaseRecord) => play(record, [answersOn, waiting], [l1, waiting]).record;
const toldOf = ({ effects }: Result) => effects.filter((effect) => effect.do === 'tell_of_end');
const stagesIn = ({ effects }: Result) =>
  effects.flatMap((effect) => (effect.do === 'concern_is' ? [[effect.stage, effect.here ?? false]] : []));

describe('what staff answer', () => {
  test('a concern that came in needs them, and nothing is asked of the owner', () => {
    const raised = play(product, [say('concern'), waiting]);
    expect(raised.outcome).toMatchObject({ result: 'accepted' });
    expect(raised.record.review).toBeNull();
    expect(attentionOf({ review: null, reachable: true, stuck: false, concerns: raised.record.concerns })).toEqual([
      'concern',
    ]);
    expect(raised.record.agenda.map(({ what }) => what)).toEqual(['staff']);
  });

  test.each([
    ['reject_concern', 'rejected'],
    ['ask_concern', 'asked'],
  ] as const)('%s changes nothing about the product, and staff have done their part', (is, stage) => {
    const answered = play(product, [say('concern'), waiting], [say(is), waiting]);
    expect(stagesIn(answered)).toEqual([[stage, false]]);
    expect(answered.record.review).toBeNull();
    expect(answered.record.concerns).toBe(0);
    expect(answered.record.agenda).toEqual([]);
  });

  test('what was answered before, or has no section, is refused in words', () => {
    const late = play(product, [accept('2'), { ...waiting, concern: 'rejected' }]);
    expect(late.outcome).toMatchObject({ result: 'refused' });
    expect(play(product, [accept(), waiting]).outcome?.sentence).toContain('at least one section');
    expect(late.record.review).toBeNull();
  });

  test('whoever was asked for details and does not answer holds nobody up, and is none of those that wait', () => {
    const asked: Facts = { ...waiting, concern: 'asked' };
    const accepted = play(product, [accept('2'), asked]);
    expect(accepted.record).toMatchObject({ review: { state: 'owner', about: ['2'] }, concerns: 1 });
    const rejected = play(product, [say('reject_concern'), asked]);
    expect([rejected.outcome?.result, rejected.record.concerns]).toEqual(['accepted', 1]);
  });
});

describe('a review of concerns', () => {
  test('asks the named sections alone, and is reviewed on them alone', () => {
    const { review, agenda } = open.record;
    expect(review).toMatchObject({ kind: 'concern', state: 'owner', about: ['9a', '2'] });
    const asking = { standard: NEWEST, scope: review?.asks ?? 'all' };
    expect(judgedSections(asking)).toEqual(['2', '9a']);
    expect(new Set(asked(asking).map(({ section }) => section))).toEqual(new Set(['2', '9a']));
    expect(stagesIn(open)).toEqual([['accepted', true]]);
    // Of facts that come back after a restore, so that nobody is asked twice.
    expect(open.effects).toContainEqual({ do: 'open', cause: 'concern:one' });
    // The annual review opens when it has ended.
    expect(agenda.map(({ what }) => what)).toEqual(['mail_late']);
  });

  test('a further concern about its sections joins it; one about another waits, and opens the next when it ended', () => {
    const record = { ...open.record, concerns: 2 };
    const joined = play(record, [accept('2'), waiting]);
    expect(joined.outcome?.result).toBe('joined');
    expect(stagesIn(joined)).toEqual([['accepted', true]]);
    const kept = play(joined.record, [accept('5'), waiting], [accept('4', '5'), waiting]);
    expect(stagesIn(kept)).toEqual([['accepted', false]]);
    expect(kept.record.review).toEqual(joined.record.review);
    expect(kept.record.agenda.filter(({ what }) => what === 'concern')).toMatchObject([{ sections: ['5', '4'] }]);
    const looked = play(kept.record, [due('concern'), { ...waiting, now: '2026-07-17T08:00:00.000Z' }]);
    expect(looked.record.review?.about).toEqual(['9a', '2']);
    const over = play(reviewed(looked.record), [l2('meets'), waiting]);
    expect(over.record.review?.state).toBe('approved');
    const next = play(over.record, [due('concern'), waiting]);
    expect(next.record.review).toMatchObject({ kind: 'concern', state: 'owner', about: ['5', '4'] });
    expect(next.effects).toContainEqual({ do: 'take_concerns' });
    expect(next.record.agenda.filter(({ what }) => what === 'concern')).toEqual([]);
  });

  test('waits until an annual review has ended, and never breaks it off', () => {
    const annual = play(product, [() => wake, waiting]).record;
    const kept = play(annual, [accept('2'), waiting]);
    expect(kept.record.review?.kind).toBe('annual_review');
    expect(kept.outcome?.sentence).toContain('as soon as the open review has ended');
    const over = play(reviewed(kept.record), [l2('meets'), waiting]);
    expect(over.record.agenda.find(({ what }) => what === 'concern')?.due).toBe(waiting.now);
  });

  test('a wake meanwhile is refused with a reason that says when', () => {
    expect(play(open.record, [() => wake, waiting]).outcome).toMatchObject({ result: 'refused' });
    const elsewhere = (record: CaseRecord): CaseEvent => ({
      is: 'listing_changed',
      row: rowOn(record),
      approvedElsewhereOn: '2026-07-09',
      validity: null,
    });
    expect(play(open.record, [elsewhere, waiting]).record.review?.state).toBe('owner');
  });

  test('waits, and no wake opens another review, while the approval of its nomination is looked at again', () => {
    const again: Facts = { ...waiting, approvalOpen: true };
    const kept = play(product, [accept('2'), again]);
    expect(kept.outcome?.sentence).toContain('as soon as the open review has ended');
    const looked = play(kept.record, [due('concern'), again]);
    expect(looked.record.review).toBeNull();
    const [entry] = looked.record.agenda;
    expect([entry?.what, (entry?.due ?? '') > again.now]).toEqual(['concern', true]);
    const woken = play(looked.record, [() => wake, again]);
    expect(woken.outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('looked at again') });
    const opened = play(looked.record, [due('concern'), waiting]);
    expect(opened.record.review).toMatchObject({ kind: 'concern', state: 'owner', about: ['2'] });
  });

  test('silence puts it before the secretariat, and nothing is filled in', () => {
    const asking = play(open.record, [taken, waiting]).record;
    const over = play(asking, [due('deadline'), { ...silent, now: '2026-09-10T12:00:00.000Z' }]);
    expect(over.record.review).toMatchObject({ state: 'owner', answersVersion: 0 });
    expect(waitingOn({ review: over.record.review, reachable: true })).toBe('secretariat');
    expect(over.record.listing.removedOn).toBeNull();
    // Only an annual review takes a product off the list for silence.
    const closed = play(over.record, [
      (record) => ({ is: 'expire', row: rowOn(record) }),
      { ...silent, now: '2026-09-20T12:00:00.000Z' },
    ]);
    expect(closed.record.review?.state).toBe('unanswered');
    expect(closed.record.listing).toEqual(asleep.listing);
    expect(toldOf(closed)).toEqual([{ do: 'tell_of_end', result: 'unanswered', left: false }]);
  });
});

describe('the end', () => {
  test('an approval leaves the date alone, brings back the annual review, and is told', () => {
    const over = play(reviewed(open.record), [l2('meets'), waiting]);
    expect(over.record.listing).toEqual(asleep.listing);
    expect(over.record.agenda.map(({ id }) => id)).toContain('open:2026-09-01');
    expect(toldOf(over)).toEqual([{ do: 'tell_of_end', result: 'approved', left: false }]);
    expect(over.effects).toContainEqual({ do: 'decision', result: 'approved', validUntil: null });
  });

  test('a person who finds that it does not meet delists; all that waits is told, and comes to nothing', () => {
    const more = play({ ...open.record, concerns: 1 }, [accept('5'), waiting]).record;
    const over = play(reviewed({ ...more, concerns: 3 }), [l2('does_not_meet'), waiting]);
    expect(over.record.listing).toMatchObject({ removedOn: '2026-07-10', removedBecause: 'ineligible' });
    expect(toldOf(over)).toEqual([{ do: 'tell_of_end', result: 'ineligible', left: true }]);
    expect(over.record.concerns).toBe(0);
    expect(over.record.agenda.map(({ what }) => what)).toEqual(['forget']);
    const late = play(over.record, [say('concern'), waiting]);
    expect(late.outcome).toMatchObject({ result: 'refused' });
    expect(stagesIn(late)).toEqual([['ended', false]]);
  });

  test('reopened, it asks the same again, and an approval gives the product its place and its old date back', () => {
    const out = play(reviewed(open.record), [l2('does_not_meet'), waiting]).record;
    const again = play(out, [(record) => ({ is: 'reopen', row: rowOn(record) }), waiting]).record;
    expect(again.review?.asks).toEqual({ sections: ['9a', '2'] });
    const back = play(reviewed(again), [l2('meets'), waiting]).record;
    expect(back.listing).toEqual(asleep.listing);
  });

  test('an approval brings no product back that another review took from the list', () => {
    const left = { ...asleep.listing, removedOn: '2026-07-10', removedBecause: 'ineligible' } as const;
    const over = play({ ...reviewed(open.record), listing: left }, [l2('meets'), waiting]);
    expect(over.record.review?.state).toBe('approved');
    expect(over.record.listing).toEqual(left);
  });
});
