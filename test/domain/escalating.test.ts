import { expect, test } from '@jest/globals';
import { apply, type Result } from '../../domain/review.js';
import type { CaseRecord } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { answersOn, asleep, due, play, quiet, rowOn, taken, verdictOn, wake } from '../support/case-records.js';

const at = (now: string) => ({ ...quiet, now });
const claim = (record: CaseRecord, by = 'ada'): CaseEvent => ({ is: 'claim', row: rowOn(record), level: 'l1', by });
/** Asked of the first level on 10 July 2026: its 14 days end on the 24th. */
const waiting = play(asleep, [() => wake, quiet], [taken, quiet], [(one) => answersOn(one), quiet]).record;
const claimed = (now: string) => apply({ record: waiting, event: claim(waiting), facts: at(now) }).record;
const watches = ({ agenda }: CaseRecord) => agenda.flatMap(({ what, due: on }) => (what === 'watch' ? [on] : []));
const watched = (record: CaseRecord): Result => {
  const event = due('watch')(record);
  return apply({ record, event, facts: at(event.is === 'due' ? event.entry.due : '') });
};

test('whoever has a case is reminded three days before the limit; three days after it the case is free again', () => {
  const reminded = watched(claimed('2026-07-11T08:00:00.000Z'));
  expect(reminded.effects).toContainEqual(expect.objectContaining({ do: 'email_person', to: 'ada' }));
  expect(reminded.record.review?.claim?.by).toBe('ada');
  expect(watches(reminded.record)).toEqual(['2026-07-27T08:00:00.000Z']);
  const free = watched(reminded.record).record;
  expect(free.review?.claim).toBeNull();
  // Whoever may take it is told if nobody does.
  expect(watches(free)).toEqual(['2026-08-03T08:00:00.000Z']);
});

test('who takes a case late has three days for it, and no reminder at once', () => {
  expect(watches(claimed('2026-07-23T08:00:00.000Z'))).toEqual(['2026-07-27T08:00:00.000Z']);
  const late = apply({
    record: waiting,
    event: due('reviewers')(waiting),
    facts: at('2026-07-24T08:00:00.000Z'),
  }).record;
  const { record } = apply({ record: late, event: claim(late), facts: at('2026-08-01T08:00:00.000Z') });
  expect(watches(record)).toEqual(['2026-08-04T08:00:00.000Z']);
});

test('nobody is watched who gave it back, handed it over or decided; what was given back is', () => {
  const record = claimed('2026-07-11T08:00:00.000Z');
  const facts = at('2026-07-12T08:00:00.000Z');
  const back = apply({ record, event: { is: 'give_back', row: rowOn(record), by: 'ada' }, facts }).record;
  expect(watches(back)).toEqual(['2026-07-19T08:00:00.000Z']);
  expect(watched(back).effects).not.toContainEqual(expect.objectContaining({ kind: 'reviewer_reminder' }));
  const given = apply({ record, event: verdictOn(record, { level: 'l1', by: 'ada' }), facts }).record;
  expect(watches(given)).toEqual([]);
  const other = { is: 'hand_over', row: rowOn(record), by: 'ada', to: 'abe' } as const;
  const handed = watched(apply({ record, event: other, facts }).record);
  expect(handed.effects).toContainEqual(expect.objectContaining({ do: 'email_person', to: 'abe' }));
});

test('all who may take a case that nobody took for seven days are told, each once', () => {
  expect(watches(waiting)).toEqual(['2026-07-17T08:00:00.000Z']);
  const called = watched(waiting);
  const told = called.effects.flatMap((one) => (one.do === 'email_person' ? [`${one.kind} ${one.to}`] : []));
  expect(told).toEqual(['reviewer_wanted ada', 'reviewer_wanted abe']);
  expect(watches(called.record)).toEqual([]);
  const { review } = waiting;
  if (review === null) throw new Error('there is a review');
  const never = { ...waiting, review: { ...review, policy: { ...review.policy, callAfter: 0 } } };
  const back = apply({ record: never, event: claim(never), facts: quiet }).record;
  const event: CaseEvent = { is: 'give_back', row: rowOn(back), by: 'ada' };
  expect(watches(apply({ record: back, event, facts: quiet }).record)).toEqual([]);
});

test.each([
  ['the deputy of a reviewer who is away', { deputy: 'abe' }, 'abe'],
  ['the reviewer, where nobody may stand in', { deputy: null }, 'ada'],
])('a reminder goes to %s', (_, standIn, to) => {
  const record = claimed('2026-07-11T08:00:00.000Z');
  const { effects } = apply({ record, event: due('watch')(record), facts: { ...quiet, standIn } });
  expect(effects).toContainEqual(expect.objectContaining({ kind: 'reviewer_reminder', to }));
});
