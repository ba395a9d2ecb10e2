import { describe, expect, test } from '@jest/globals';
import { createPace } from '../../dev/demo/pace.js';
import { createTimes, timePages, watchMachine } from '../../dev/demo/times.js';

describe('how long things take', () => {
  test('is not told by a few of them', () => {
    const times = createTimes();
    for (let nth = 0; nth < 19; nth += 1) times.note(100);
    expect(times.median()).toBeNull();
    times.note(100);
    expect(times.median()).toBe(100);
  });

  test('is told by the last ones: a slow start is forgotten', () => {
    const times = createTimes();
    for (let nth = 0; nth < 100; nth += 1) times.note(5_000);
    for (let nth = 0; nth < 40; nth += 1) times.note(30);
    expect(times.median()).toBe(30);
  });

  test('is measured on pages that are looked at, not on those that press something', async () => {
    const times = createTimes();
    const send = timePages(times, () => Promise.resolve(new Response('a page')));
    for (let nth = 0; nth < 20; nth += 1) await send('http://localhost/', { method: 'POST' });
    expect(times.median()).toBeNull();
    for (let nth = 0; nth < 20; nth += 1) await send('http://localhost/', {});
    expect(times.median()).not.toBeNull();
  });
});

describe('a machine', () => {
  const taking = (milliseconds: number | null) => ({ median: () => milliseconds });
  /** What the looks tell, one after the other, where a day takes 800 ms. */
  const looks = (pages: number | null, outcomes: number | null, count = 12) => {
    const look = watchMachine({ pages: taking(pages), outcomes: taking(outcomes), dayMs: 800 });
    return Array.from({ length: count }, () => look(800));
  };

  test('is busy if pages or outcomes take long for many looks in a row, and days are long enough then', () => {
    expect(looks(300, 100).slice(8)).toEqual([null, 1_500, 1_500, 1_500]);
    expect(looks(null, 700).at(-1)).toBe(1_400);
    expect(looks(60_000, null).at(-1)).toBe(4_800);
  });

  test('is not busy while things come soon enough, or too few have come', () => {
    for (const look of [...looks(190, 450), ...looks(null, null)]) expect(look).toBeNull();
  });

  test('that was slow for a moment is not busy', () => {
    let page = 1_000;
    const look = watchMachine({ pages: { median: () => page }, outcomes: taking(null), dayMs: 800 });
    for (let nth = 0; nth < 9; nth += 1) expect(look(800)).toBeNull();
    page = 50;
    for (let nth = 0; nth < 12; nth += 1) expect(look(800)).toBeNull();
  });
});

describe('days of a demonstration', () => {
  test('become longer and never shorter again: what waits for a day was armed by the longer one', () => {
    const pace = createPace({ dayMs: 800, seed: 1 });
    pace.slowTo(2_000);
    expect(pace.dayMs).toBe(2_000);
    pace.slowTo(900);
    expect(pace.dayMs).toBe(2_000);
  });

  test('end for whoever sleeps, however many are left', async () => {
    const pace = createPace({ dayMs: 3_600_000, seed: 1 });
    const slept = pace.days(100);
    pace.stop();
    await expect(slept).resolves.toBeUndefined();
  });
});
