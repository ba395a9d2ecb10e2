import { describe, expect, test } from '@jest/globals';
import { DAY, later } from '../../domain/calendar.js';
import type { CaseRecord, Facts, SectionWord } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies } from '../../domain/policy.js';
import type { Result } from '../../domain/review.js';
import {
  answersOn,
  asleep,
  due,
  play,
  playHeld,
  quiet,
  rowOn,
  taken,
  verdictOn,
  wake,
} from '../support/case-records.js';
import { nominee } from '../support/nominee.js';

type Step = readonly [(record: CaseRecord) => CaseEvent, Facts];

const says = ({ outcome }: Result): string => `${outcome?.result ?? ''}: ${outcome?.sentence ?? ''}`;
const emails = ({ effects }: Result) => effects.flatMap((one) => (one.do === 'email' ? [one.kind] : []));
const claim = (by: string, level: 'l1' | 'l2'): Step => [
  (record) => ({ is: 'claim', row: rowOn(record), level, by }),
  quiet,
];
const gives = (level: 'l1' | 'l2', by: string, verdict: SectionWord = 'meets'): Step => [
  (record) => verdictOn(record, { level, by, verdict }),
  quiet,
];
const undo = (by: string): Step => [(record) => ({ is: 'undo', row: rowOn(record), by }), quiet];
const answered: Step = [(record) => answersOn(record), quiet];
const over: Step = [due('commit'), quiet];

const atL1 = play(asleep, [() => wake, quiet], [taken, quiet], answered, claim('ada', 'l1')).record;
const atL2 = play(atL1, gives('l1', 'ada'), claim('ben', 'l2')).record;

const cases: readonly [string, CaseRecord, Step, string, string, readonly string[]][] = [
  ['that passes to the second level', atL1, gives('l1', 'ada'), 'ada', 'l2', []],
  ['of the first level that fails', atL1, gives('l1', 'ada', 'does_not_meet'), 'ada', 'l2', []],
  ['that asks the owner', atL2, gives('l2', 'ben', 'clarify'), 'ben', 'clarification', ['clarification']],
  ['that gives notice', atL2, gives('l2', 'ben', 'does_not_meet'), 'ben', 'notice', ['notice']],
];

describe.each(cases)('a verdict %s', (_, record, step, by, next, kinds) => {
  const held = playHeld(record, step);

  test('waits for the hold, in which nobody is told', () => {
    expect(says(held)).toBe('accepted: Recorded. It takes effect when the hold is over.');
    expect(held.record.review).toMatchObject({ state: 'decided', result: null, turn: record.review?.turn });
    expect(held.record.agenda.filter(({ what }) => what === 'commit').map((entry) => entry.due)).toEqual([
      later(quiet.now, 10 * 60_000),
    ]);
    expect(emails(held)).toEqual([]);
  });

  test('then takes effect by itself', () => {
    const after = playHeld(held.record, over);
    expect(after.record.review).toMatchObject({ state: next, held: null, round: (record.review?.round ?? 0) + 1 });
    expect(emails(after)).toEqual(kinds);
    expect(says(playHeld(after.record, undo(by)))).toBe('refused: There is no verdict here that can still be undone.');
  });

  test('is undone by who gave it alone: no email goes, and the case is theirs', () => {
    expect(says(playHeld(held.record, undo('somebody')))).toContain('refused: Only the reviewer who gave the verdict');
    const undone = playHeld(held.record, undo(by));
    expect(says(undone)).toBe('accepted: Undone. Nobody was told, and the case is yours again.');
    expect(emails(undone)).toEqual([]);
    const { state, verdicts, noticed, clarifications, askedBy, asks, turn } = record.review ?? {};
    expect(undone.record.review).toMatchObject({
      ...{ state, verdicts, noticed, clarifications, askedBy, asks, turn },
      ...{ held: null, claim: { by } },
    });
    expect(undone.record.agenda.map(({ what }) => what)).not.toContain('commit');
    expect(playHeld(undone.record, step, over).record.review?.state).toBe(next);
  });

  test('waits for no request, and is the review of nobody else meanwhile', () => {
    const asking: Step = [(one) => ({ is: 'request', row: rowOn(one), request: 'withdrawal' }), quiet];
    expect(playHeld(held.record, asking, over).record.review?.state).toBe(next);
    expect(says(playHeld(held.record, claim('cleo', 'l2')))).toContain('refused');
    expect(says(playHeld(held.record, answered))).toContain('refused');
  });

  test('is nothing any more when staff end the review', () => {
    const ended = playHeld(held.record, [(one) => ({ is: 'withdraw', row: rowOn(one) }), quiet]);
    expect(ended.record.review).toMatchObject({ state: 'withdrawn', held: null });
    expect(ended.record.agenda.map(({ what }) => what)).not.toContain('commit');
  });

  test('takes effect at once where the policy has no hold', () => {
    const { review } = record;
    if (review === null) throw new Error('there is a review');
    const atOnce = { ...record, review: { ...review, policy: { ...review.policy, holdMinutes: 0 } } };
    const given = playHeld(atOnce, step);
    expect(given.record.review?.state).toBe(next);
    expect(emails(given)).toEqual(kinds);
  });
});

test('an undone verdict gives back the time that was left, and no more: who was late before is late again', () => {
  const reviewers = ({ agenda }: CaseRecord) =>
    agenda.flatMap(({ what, due: at }) => (what === 'reviewers' ? [at] : []));
  const [limit = ''] = reviewers(atL1);
  const tenDaysOn: Facts = { ...quiet, now: later(quiet.now, 10 * DAY) };
  const verdict = gives('l1', 'ada')[0];
  const inTime = playHeld(atL1, [verdict, tenDaysOn], [undo('ada')[0], tenDaysOn]).record;
  expect(reviewers(inTime)).toEqual([limit]);
  const after: Facts = { ...quiet, now: later(limit, DAY) };
  const late = playHeld(atL1, [due('reviewers'), after], [verdict, after], [undo('ada')[0], after]).record;
  expect([late.review?.reviewersLate, reviewers(late)]).toEqual([true, []]);
});

test('what the reviewer picked for a clarification is kept over the hold', () => {
  const picks: Step = [
    (record) =>
      ({
        ...verdictOn(record, { level: 'l2', by: 'ben', verdict: 'clarify' }),
        days: 20,
        questions: ['P2'],
      }) as CaseEvent,
    quiet,
  ];
  const { record, effects } = play(atL2, picks);
  expect(record.review?.turn?.days).toBe(20);
  expect(effects).toContainEqual({ do: 'ask_sections', word: 'clarify', questions: ['P2'] });
});

test('a nominated product is named when the verdict of the first level takes effect, not before', () => {
  const facts = { ...quiet, policies };
  const sent = play(nominee, [(one) => ({ is: 'nominate', row: rowOn(one) }), facts], answered).record;
  const held = playHeld(sent, gives('l1', 'ada'));
  expect(held.record.listing.nominated).toBe('nominee');
  expect(playHeld(held.record, over).record.listing.nominated).toBe('candidate');
});
