import { expect, test } from '@jest/globals';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies, type Level } from '../../domain/policy.js';
import { apply } from '../../domain/review.js';
import { answersOn, asleep, play, quiet, rowOn, taken, verdictOn, wake } from '../support/case-records.js';

const annual = { ...policies.annual_review, noticeDays: 0, holdMinutes: 0 };
const atOnce: Facts = { ...quiet, policies: { ...policies, annual_review: annual } };
const approved = play(
  asleep,
  [() => wake, atOnce],
  [taken, atOnce],
  [(one) => answersOn(one), atOnce],
  [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), atOnce],
  [(one) => verdictOn(one, { level: 'l2', by: 'ben' }), atOnce],
).record;
const again = (record: CaseRecord, level: Level = 'l2', some: object = {}): CaseEvent => {
  return { is: 'reconsider', row: rowOn(record, some), level };
};

test('an approval is looked at again at the level that staff name, and the product stays listed meanwhile', () => {
  for (const level of ['l1', 'l2'] as const) {
    const { record, outcome, effects } = apply({ record: approved, event: again(approved, level), facts: atOnce });
    expect(outcome?.result).toBe('accepted');
    expect(record.review).toMatchObject({ state: level, verdicts: [], result: null, claim: null });
    expect(record.review?.round).toBe((approved.review?.round ?? 0) + 1);
    expect(record.listing).toEqual(approved.listing);
    expect(effects.some((effect) => effect.do === 'decision')).toBe(false);
    expect(effects).toContainEqual(expect.objectContaining({ do: 'email', kind: 'reconsidered', to: 'everybody' }));
  }
});

test('a second approval keeps the date of the first, and a refusal takes the product from the list', () => {
  const { record } = apply({ record: approved, event: again(approved), facts: atOnce });
  const kept = apply({ record, event: verdictOn(record, { level: 'l2', by: 'cleo' }), facts: atOnce }).record;
  expect(kept).toMatchObject({ review: { state: 'approved' }, listing: { validUntil: approved.listing.validUntil } });
  const fails = verdictOn(record, { level: 'l2', by: 'cleo', verdict: 'does_not_meet' });
  const gone = apply({ record, event: fails, facts: atOnce }).record;
  expect(gone.listing).toMatchObject({ removedBecause: 'ineligible', removedOn: '2026-07-10' });
});

test('it is refused of what is open, of an older round, of another review, and at a level that there is not', () => {
  const said = (record: CaseRecord, ...given: [Level?, object?]) =>
    apply({ record, event: again(record, ...given), facts: atOnce }).outcome;
  const open = apply({ record: approved, event: again(approved), facts: atOnce }).record;
  expect(said(open)).toMatchObject({ result: 'refused' });
  expect(said(approved, 'l2', { round: 1 })?.sentence).toMatch(/moved on/u);
  expect(said(approved, 'l2', { reference: '2025-OTHER' })?.result).toBe('late');
  const review = approved.review && {
    ...approved.review,
    policy: { ...approved.review.policy, levels: ['l1'] as const },
  };
  expect(said({ ...approved, review })?.sentence).toMatch(/no such level/u);
});
