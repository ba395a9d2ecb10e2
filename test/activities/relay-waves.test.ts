import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { endRelays, relayOver, whom } from '../support/relay-over.js';

const SECOND = 1_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(async () => {
  await endRelays();
  jest.useRealTimers();
});

test('a wave is told a few cases at a time as their steps are taken, and a person who comes meanwhile at once', async () => {
  const wave = Array.from({ length: 12 }, (_, index) => `dpg/woken-${index + 1}`);
  const woken = Object.fromEntries(wave.map((id, index) => [id, { rows: [index + 1], person: false, kind: 'wake' }]));
  const { said, takes, appends, pass } = relayOver({ ...woken, 'dpg/asked': {} });
  await pass(0);
  expect(whom(said)).toEqual(wave.slice(0, 4));
  await appends('dpg/asked', 99);
  expect(whom(said).at(-1)).toBe('dpg/asked');
  // As long as somebody waits, the wave goes on with one case at a time.
  takes('dpg/woken-1');
  takes('dpg/woken-3');
  await pass(100);
  expect(said).toHaveLength(5);
  takes('dpg/asked');
  await pass(100);
  expect(whom(said).slice(5)).toEqual(['dpg/woken-5', 'dpg/woken-6']);
  for (let index = 2; index <= 12; index += 1) {
    takes(`dpg/woken-${index}`);
    await pass(100);
  }
  expect(new Set(whom(said))).toEqual(new Set([...wave, 'dpg/asked']));
});

test('wakes that nobody takes keep the others of their wave back for ten seconds at most', async () => {
  const wave = Array.from({ length: 12 }, (_, index) => `dpg/woken-${index + 1}`);
  const woken = Object.fromEntries(wave.map((id, index) => [id, { rows: [index + 1], person: false, kind: 'wake' }]));
  const { said, pass } = relayOver(woken);
  await pass(25 * SECOND);
  expect(whom(said)).toEqual(wave);
});

test('people who come one after the other do not hold a wave back for good', async () => {
  const wave = Array.from({ length: 3 }, (_, index) => `dpg/woken-${index + 1}`);
  const woken = Object.fromEntries(wave.map((id, index) => [id, { rows: [index + 1], person: false, kind: 'wake' }]));
  const { said, takes, pass, appends } = relayOver({ ...woken, 'dpg/asked': { rows: [9] } });
  for (let row = 10; row < 20; row += 1) {
    await appends('dpg/asked', row);
    await pass(100);
    for (const id of whom(said)) if (id !== 'dpg/asked') takes(id);
    takes('dpg/asked');
  }
  expect(new Set(whom(said))).toEqual(new Set([...wave, 'dpg/asked']));
});

test('while many workflows are started, people are told in between', async () => {
  const many = Array.from({ length: 250 }, (_, index) => [`dpg/new-${index}`, { running: false }] as const);
  const order: string[] = [];
  const { pass, appends } = relayOver(
    { ...Object.fromEntries(many), 'dpg/asked': {} },
    {
      start: async () => {
        order.push('start');
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
      nudge: async () => {
        order.push('nudge');
        return true;
      },
    },
  );
  await pass(10);
  await appends('dpg/asked', 1);
  await pass(5 * SECOND);
  expect(order.indexOf('nudge')).toBeLessThan(150);
  expect(order.filter((one) => one === 'start')).toHaveLength(250);
});
