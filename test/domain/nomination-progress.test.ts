import { describe, expect, test } from '@jest/globals';
import { durationsOf, estimateOf, nextInWords, stagesOf, turnInWords } from '../../domain/nomination-progress.js';

describe('how long nominations take', () => {
  const days = [30, 10, 20, 5, 40, 15, 25, 35, 50, 90];

  test('is not said of fewer than ten', () => {
    expect(durationsOf(days.slice(1))).toBeNull();
    expect(durationsOf(days)).toEqual({ cases: 10, median: 25, nineOfTen: 50 });
  });

  test('gives the days between which a decision is likely, none of them past', () => {
    const durations = durationsOf(days);
    const sentOn = '2026-07-10';
    expect(estimateOf({ sentOn, today: '2026-07-12', durations })).toEqual({ from: '2026-08-04', to: '2026-08-29' });
    expect(estimateOf({ sentOn, today: '2026-08-20', durations })).toEqual({ from: '2026-08-20', to: '2026-08-29' });
    expect(estimateOf({ sentOn, today: '2026-08-29', durations })).toEqual({ from: '2026-08-29', to: '2026-08-29' });
  });

  test('says why nobody can: too few were decided, or this one takes longer than nine of ten did', () => {
    const asked = { sentOn: '2026-07-10', today: '2026-08-30' } as const;
    expect(estimateOf({ ...asked, durations: null })).toBe('too_few_decided');
    expect(estimateOf({ ...asked, durations: durationsOf(days) })).toBe('longer_than_nine_of_ten');
  });
});

describe('what comes next', () => {
  const twoLevels = { levels: ['l1', 'l2'], rule: 'l2_decides' } as const;

  test('at the first level is the second one, unless the first one decides', () => {
    const second = 'The first level reads all answers. Then the second level decides, or asks.';
    const alone = 'The first level reads all answers. Then it decides, or asks.';
    expect(nextInWords('l1', twoLevels)).toBe(second);
    expect(nextInWords('l1', { ...twoLevels, rule: 'both_agree' })).toBe(second);
    expect(nextInWords('l1', { ...twoLevels, rule: 'l1_only' })).toBe(alone);
    expect(nextInWords('l1', { levels: ['l1'], rule: 'l2_decides' })).toBe(alone);
  });

  test('after the end is nothing', () => expect(nextInWords('approved', twoLevels)).toBeNull());
});

test('whose turn it is names nobody, and an end is nobody’s', () => {
  expect(turnInWords('l2')).toBe('With the reviewers');
  expect(turnInWords('clarification')).toBe('With its owner');
  expect(turnInWords('approved')).toBeNull();
});

test('the stages are those that everybody may know: nobody learns that experts are asked, or that a decision can be undone', () => {
  const happened = [
    ['l1', '2026-07-10'],
    ['l1', '2026-07-11'],
    ['l2', '2026-07-12'],
    ['consultation', '2026-07-13'],
    ['l2', '2026-07-20'],
    ['clarification', '2026-07-21'],
    ['l2', '2026-08-01'],
    ['decided', '2026-08-02'],
    ['approved', '2026-08-03'],
  ] as const;
  const stages = stagesOf(happened.map(([state, day]) => ({ state, at: `${day}T08:00:00.000Z` })));
  expect(stages.map(({ state, since, until }) => [state, since, until])).toEqual([
    ['l1', '2026-07-10', '2026-07-12'],
    ['l2', '2026-07-12', '2026-07-21'],
    ['clarification', '2026-07-21', '2026-08-01'],
    ['l2', '2026-08-01', '2026-08-03'],
    ['approved', '2026-08-03', null],
  ]);
});
