import { describe, expect, test } from '@jest/globals';
import { createPace } from '../../dev/demo/pace.js';
import { createTimes, timePages } from '../../dev/demo/times.js';

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
