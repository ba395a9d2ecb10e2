import { describe, expect, test } from '@jest/globals';
import type { CaseRecord, RequestWord } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import type { Result } from '../../domain/review.js';
import { answersOn, asleep, play, quiet, rowOn, taken, verdictOn, wake } from '../support/case-records.js';

const request =
  (word: RequestWord) =>
  (record: CaseRecord): CaseEvent => ({ is: 'request', row: rowOn(record), request: word });

describe('a hold', () => {
  const holding = (() => {
    const { record } = play(
      asleep,
      [() => wake, quiet],
      [taken, quiet],
      [(one) => answersOn(one), quiet],
      [(one) => verdictOn(one, { level: 'l1', by: 'ada' }), quiet],
    );
    if (record.review === null) throw new Error('there is a review');
    const policy = { ...record.review.policy, holdMinutes: 120 };
    return play({ ...record, review: { ...record.review, policy } }, [
      (one) => verdictOn(one, { level: 'l2', by: 'ben' }),
      quiet,
    ]).record;
  })();
  const at = (now: string) => ({ ...quiet, now });
  const answer = (record: CaseRecord): CaseEvent => ({ is: 'refuse', row: rowOn(record), request: null });
  const commits = ({ record }: Result) => record.agenda.flatMap(({ what, due: on }) => (what === 'commit' ? [on] : []));

  test('keeps its length over a request that was answered within it', () => {
    const asking = play(holding, [request('withdrawal'), at('2026-07-10T08:10:00.000Z')]);
    expect(commits(asking)).toEqual([]);
    expect(commits(play(asking.record, [answer, at('2026-07-10T08:20:00.000Z')]))).toEqual([
      '2026-07-10T10:00:00.000Z',
    ]);
  });

  test('that is over by then ends with the answer', () => {
    const asking = play(holding, [request('not_me'), at('2026-07-10T08:10:00.000Z')]);
    expect(commits(play(asking.record, [answer, at('2026-07-11T08:00:00.000Z')]))).toEqual([
      '2026-07-11T08:00:00.000Z',
    ]);
  });

  test('waits for no other request', () => {
    const asking = play(holding, [request('more_time'), at('2026-07-10T08:10:00.000Z')]);
    expect(commits(asking)).toEqual(['2026-07-10T10:00:00.000Z']);
  });
});
