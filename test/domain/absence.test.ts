import { describe, expect, test } from '@jest/globals';
import { absenceLeft, isAway, type StandIn } from '../../domain/absence.js';
import { FREE, type CaseRecord, type Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { apply } from '../../domain/review.js';
import { answersOn, asleep, due, play, quiet, rowOn, taken, verdictOn, wake } from '../support/case-records.js';

const absence = { from: '2026-08-03', until: '2026-08-09', deputy: 'abe' };

test('an absence holds from its first to its last day, and ends by itself', () => {
  const days = ['2026-08-02', '2026-08-03', '2026-08-09', '2026-08-10'];
  expect(days.map((day) => isAway(absence, day))).toEqual([false, true, true, false]);
  expect(isAway(null, '2026-08-03')).toBe(false);
  expect(['2026-08-01', '2026-08-09', '2026-08-10'].map((day) => absenceLeft(absence, day))).toEqual([
    ...[absence, absence, null],
  ]);
});

/** A case that ada took for the first level. */
const hers = play(
  asleep,
  [() => wake, quiet],
  [taken, quiet],
  [(one) => answersOn(one), quiet],
  [(one) => claim(one, 'ada'), quiet],
).record;

function claim(record: CaseRecord, by: string): CaseEvent {
  return { is: 'claim', row: rowOn(record), level: 'l1', by };
}
const judge = (by: string) => verdictOn(hers, { level: 'l1', by });
const says = (event: CaseEvent, standIn: StandIn | null, some: Partial<Facts> = {}) =>
  apply({ record: hers, event, facts: { ...quiet, standIn, ...some } });

describe('while its reviewer is away, a case', () => {
  test.each([
    ['here', null, 'ada', 'accepted'],
    ['here', null, 'abe', 'refused'],
    ['away, and abe stands in', { deputy: 'abe' }, 'abe', 'accepted'],
    ['away, and abe stands in', { deputy: 'abe' }, 'ada', 'accepted'],
    ['away, and abe stands in', { deputy: 'abe' }, 'cleo', 'refused'],
    ['away, and nobody may stand in', { deputy: null }, 'cleo', 'accepted'],
  ] as const)('whose reviewer is %s: %o: a verdict of %s is %s', (_words, standIn, by, result) => {
    expect(says(judge(by), standIn).outcome?.result).toBe(result);
  });

  test('is decided by the deputy in both names, and the one who was away is not at the other level either', () => {
    const { record, effects } = says(judge('abe'), { deputy: 'abe' });
    expect(record.review?.verdicts).toEqual([expect.objectContaining({ by: 'abe', for: 'ada' })]);
    expect(effects).toContainEqual({ do: 'ledger', what: 'stood_in', detail: { level: 'l1' }, of: 'ada' });
    const atL2 = play(record, [due('commit'), quiet]).record;
    for (const by of ['abe', 'ada']) {
      const again = apply({ record: atL2, event: verdictOn(atL2, { level: 'l2', by }), facts: quiet });
      expect(again.outcome?.sentence).toMatch(/never decides at both levels/u);
    }
    const own = says(judge('ada'), { deputy: 'abe' }).record.review?.verdicts;
    expect(own?.[0]).not.toHaveProperty('for');
  });

  test('can be taken by another one only if nobody may stand in', () => {
    expect(says(claim(hers, 'cleo'), { deputy: 'abe' }).outcome?.result).toBe('refused');
    const free = says(claim(hers, 'cleo'), { deputy: null });
    expect(free.record.review?.claim).toMatchObject({ by: 'cleo' });
    expect(says({ is: 'give_back', row: rowOn(hers), by: 'cleo' }, { deputy: null }).outcome?.result).toBe('refused');
  });

  test('is not given to anybody who is away, or who does not review there', () => {
    const away = { reviewer: { ...FREE, awayUntil: '2026-08-09' } };
    const { record } = apply({ record: hers, event: { is: 'give_back', row: rowOn(hers), by: 'ada' }, facts: quiet });
    const facts = { ...quiet, ...away };
    expect(apply({ record, event: claim(record, 'cleo'), facts }).outcome?.sentence).toMatch(/You are away/u);
    const event: CaseEvent = { is: 'hand_over', row: rowOn(hers), by: 'ada', to: 'cleo' };
    expect(says(event, null, away).outcome?.sentence).toBe('That person is away.');
    for (const role of ['has_not', 'stranger'] as const) {
      const without = { reviewer: { ...FREE, role } };
      expect(says(event, null, without).outcome?.sentence).toMatch(/^Nobody of that name reviews/u);
    }
  });
});
