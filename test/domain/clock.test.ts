import { describe, expect, test } from '@jest/globals';
import { caseTime, realTime, type Clock } from '../../domain/clock.js';

const DAY = 86_400_000;
const real = (instant: string) => Date.parse(instant);
const started = { realAt: '2026-11-01T00:00:00.000Z', caseAt: '2026-07-10T00:00:00.000Z', dayMs: DAY };

describe('the clock of case time', () => {
  test.each<[string, Clock, string, string]>([
    ['runs with real time', [started], '2026-07-12T06:00:00.000Z', '2026-11-03T06:00:00.000Z'],
    ['ran before it began', [started], '2026-07-09T00:00:00.000Z', '2026-10-31T00:00:00.000Z'],
    ['runs fast', [{ ...started, dayMs: DAY / 24 }], '2026-07-12T00:00:00.000Z', '2026-11-01T02:00:00.000Z'],
    [
      'runs fast, then with real time',
      [
        { ...started, dayMs: DAY / 24 },
        { realAt: '2026-11-01T01:00:00.000Z', caseAt: '2026-07-11T00:00:00.000Z', dayMs: DAY },
      ],
      '2026-07-12T00:00:00.000Z',
      '2026-11-02T01:00:00.000Z',
    ],
  ])('%s: an instant is shown when it is reached', (_, clock, instant, at) => {
    expect(caseTime(clock, real(at))).toBe(instant);
    expect(realTime(clock, instant)).toBe(real(at));
  });

  test('what it leaps over is reached when it leaps, what it is set back to is reached again', () => {
    const leap = { realAt: '2026-11-02T00:00:00.000Z', caseAt: '2026-09-01T00:00:00.000Z', dayMs: DAY };
    expect(realTime([started, leap], '2026-08-01T00:00:00.000Z')).toBe(real('2026-11-02T00:00:00.000Z'));
    expect(realTime([started, leap], '2026-07-10T12:00:00.000Z')).toBe(real('2026-11-01T12:00:00.000Z'));
    const back = { realAt: '2026-11-04T00:00:00.000Z', caseAt: '2026-07-11T00:00:00.000Z', dayMs: DAY };
    expect(realTime([started, back], '2026-07-12T00:00:00.000Z')).toBe(real('2026-11-05T00:00:00.000Z'));
  });
});
