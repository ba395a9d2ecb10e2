import { describe, expect, test } from '@jest/globals';
import { attentionOf, waitingOn } from '../../domain/agenda.js';
import { FREE, type CaseRecord, type Facts, type SectionWord } from '../../domain/case.js';
import { keptReview } from '../../domain/kept-review.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies } from '../../domain/policy.js';
import { apply, type Result } from '../../domain/review.js';
import { weigh } from '../../domain/verdict.js';
import {
  answersOn,
  asleep,
  due,
  play,
  quiet,
  rowOn,
  section,
  taken,
  verdictOn,
  wake,
} from '../support/case-records.js';

const atOnce: Facts = {
  ...quiet,
  policies: { ...policies, annual_review: { ...policies.annual_review, noticeDays: 0, holdMinutes: 0 } },
};
const on = (now: string, some: Partial<Facts> = {}): Facts => ({ ...atOnce, now, ...some });

/** Decided as ineligible on 10 July 2026 by ada and ben. */
const ineligible = play(
  asleep,
  [() => wake, atOnce],
  [taken, atOnce],
  [(one) => answersOn(one), atOnce],
  [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), atOnce],
  [(one) => verdictOn(one, { level: 'l2', by: 'ben', verdict: 'does_not_meet' }), atOnce],
).record;

const appeal = (record: CaseRecord, some: object = {}): CaseEvent => ({ is: 'appeal', row: rowOn(record, some) });
const hears = (record: CaseRecord, word: SectionWord = 'meets', by = 'cleo'): CaseEvent => ({
  ...{ is: 'verdict', row: rowOn(record), level: 'appeal', by, answersVersion: record.review?.answersVersion ?? 0 },
  ...{ sections: [section(word)], days: null, secondRoundReason: null },
});
const claims = (record: CaseRecord, by = 'cleo'): CaseEvent => {
  return { is: 'claim', row: rowOn(record), level: 'appeal', by };
};
const appealed = apply({ record: ineligible, event: appeal(ineligible), facts: on('2026-07-20T08:00:00.000Z') });
const emails = ({ effects }: Result) => effects.flatMap((one) => (one.do === 'email' ? [`${one.kind} ${one.to}`] : []));

describe('an appeal', () => {
  test('waits on a reviewer for as long as a level does, and leaves the listing as the decision did', () => {
    expect(appealed.record.review).toMatchObject({ state: 'appeal', claim: null, appeal: { row: expect.any(Number) } });
    expect(appealed.record.listing).toEqual(ineligible.listing);
    expect(waitingOn({ review: appealed.record.review, reachable: true })).toBe('appeal');
    expect(appealed.record.agenda).toContainEqual(
      expect.objectContaining({ what: 'reviewers', due: '2026-08-03T08:00:00.000Z', for: 'appeal' }),
    );
    expect(emails(appealed)).toEqual(['appeal_received everybody']);
    const late = apply({
      record: appealed.record,
      event: due('reviewers')(appealed.record),
      facts: on('2026-08-03T08:00:00.000Z'),
    });
    expect(attentionOf({ review: late.record.review, reachable: true, stuck: false })).toEqual(['reviewer_late']);
  });

  test.each([
    ['on the last day, anywhere on Earth', '2026-08-10T11:59:59.000Z', 'accepted'],
    ['after that', '2026-08-10T12:00:00.000Z', 'refused'],
  ])('is taken or not %s', (_when, now, result) => {
    // Whoever takes it was away for days: what counts is when it came.
    const facts = on('2026-08-13T08:00:00.000Z');
    const event = appeal(ineligible, { at: now });
    expect(apply({ record: ineligible, event, facts }).outcome?.result).toBe(result);
  });

  test('is made once, of the round that was seen, of this review, and of nothing that was not decided', () => {
    const said = (record: CaseRecord, some: object = {}) =>
      apply({ record, event: appeal(record, some), facts: on('2026-07-20T08:00:00.000Z') }).outcome;
    expect(said(appealed.record)?.sentence).toMatch(/made already/u);
    expect(said(ineligible, { round: 1 })?.sentence).toMatch(/moved on/u);
    expect(said(ineligible, { reference: '2025-OTHER' })).toMatchObject({ result: 'late' });
    const { record } = play(asleep, [() => wake, atOnce]);
    expect(said(record)?.sentence).toMatch(/no decision here/u);
  });

  test('is not offered where the policy gives no days for it', () => {
    const review = ineligible.review && {
      ...ineligible.review,
      policy: { ...ineligible.review.policy, appealDays: 0 },
    };
    const record = { ...ineligible, review };
    expect(apply({ record, event: appeal(record), facts: atOnce }).outcome?.result).toBe('refused');
  });

  test.each([
    ['gave a verdict', { judged: true }, /gave no verdict/u],
    ['is a contact of the product', { ownProduct: true }, /contact of this product/u],
    ['declared a conflict', { conflict: true }, /conflict of interest/u],
  ])('is not heard by who %s', (_who, some, words) => {
    const facts = on('2026-07-21T08:00:00.000Z', { reviewer: { ...FREE, ...some } });
    for (const event of [claims(appealed.record), hears(appealed.record)]) {
      const { outcome } = apply({ record: appealed.record, event, facts });
      expect(outcome?.result).toBe('refused');
      expect(outcome?.sentence).toMatch(words);
    }
  });

  test('brings the product back if it wins, and is final if it does not', () => {
    const facts = on('2026-07-21T08:00:00.000Z');
    const won = apply({ record: appealed.record, event: hears(appealed.record), facts });
    expect(won.record.review).toMatchObject({ state: 'approved', result: 'approved' });
    expect(won.record.listing).toMatchObject({ removedOn: null, validUntil: '2027-09-01' });
    expect(emails(won)).toEqual(['appeal_decided primary']);
    const lost = apply({ record: appealed.record, event: hears(appealed.record, 'does_not_meet'), facts });
    expect(lost.record.review).toMatchObject({ state: 'ineligible' });
    expect(lost.record.listing).toEqual(ineligible.listing);
    expect(emails(lost)).toEqual(['appeal_decided primary']);
    const again = apply({ record: lost.record, event: appeal(lost.record), facts });
    expect(again.outcome).toMatchObject({ result: 'refused' });
    expect(apply({ record: appealed.record, event: hears(appealed.record, 'clarify'), facts }).outcome?.result).toBe(
      'refused',
    );
  });

  test('brings back a case that has ended', () => {
    const ended = { ...ineligible, ended: true };
    const { record } = apply({ record: ended, event: appeal(ended), facts: on('2026-07-20T08:00:00.000Z') });
    expect(record).toMatchObject({ review: { state: 'appeal' }, ended: false });
  });

  test('can be undone by who heard it until the hold is over', () => {
    const review = appealed.record.review && {
      ...appealed.record.review,
      policy: { ...appealed.record.review.policy, holdMinutes: 10 },
    };
    const facts = on('2026-07-21T08:00:00.000Z');
    const held = apply({ record: { ...appealed.record, review }, event: hears(appealed.record), facts }).record;
    expect(held).toMatchObject({ review: { state: 'decided' }, listing: ineligible.listing });
    const undo = (by: string) => apply({ record: held, event: { is: 'undo', row: rowOn(held), by }, facts });
    expect(undo('ben').outcome?.result).toBe('refused');
    expect(undo('cleo').record.review).toMatchObject({ state: 'appeal', claim: { by: 'cleo' }, result: null });
  });

  test('is shown to staff as long as nobody may hear it and nobody has it', () => {
    const nobody = on('2026-07-20T08:00:00.000Z', { hearers: 0 });
    const { record } = apply({ record: ineligible, event: appeal(ineligible), facts: nobody });
    expect(attentionOf({ review: record.review, reachable: true, stuck: false })).toEqual(['no_reviewer']);
    expect(record.agenda.some(({ what }) => what === 'staff')).toBe(true);
    const taken = apply({ record, event: claims(record), facts: nobody }).record;
    expect(attentionOf({ review: taken.review, reachable: true, stuck: false })).toEqual([]);
  });

  test('has one reviewer, whatever the rule of the levels', () => {
    const given = { level: 'appeal', earlier: [], noticed: [], policy: { ...policies.annual_review } } as const;
    for (const rule of ['l1_only', 'l2_decides', 'both_agree'] as const) {
      const found = (word: SectionWord) =>
        weigh({ ...given, policy: { ...given.policy, rule }, sections: [section(word)] });
      expect([found('meets'), found('does_not_meet')]).toEqual(['approved', 'ineligible']);
    }
  });

  test('can be made of a review that was kept before there were appeals', () => {
    const { review } = ineligible;
    if (review === null) throw new Error('there is a review');
    const { appeal: _a, unheard: _u, policy, ...kept } = review;
    const { appealDays: _d, ...older } = policy;
    expect(keptReview({ ...kept, policy: older })).toEqual(review);
  });
});
