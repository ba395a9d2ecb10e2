import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { endRelays, relayOver, whom } from '../support/relay-over.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(async () => {
  await endRelays();
  jest.useRealTimers();
});

test('people come before wakes, and who waits longer before who waits less', async () => {
  const { said, pass, beats } = relayOver({
    'dpg/woken': { rows: [1], person: false, kind: 'wake' },
    'dpg/second': { rows: [7] },
    'dpg/first': { rows: [5] },
  });
  await pass(0);
  expect(whom(said)).toEqual(['dpg/first', 'dpg/second', 'dpg/woken']);
  expect(beats.at(-1)).toEqual({ casesWaiting: 3, peopleWaiting: 2, nudged: 3, started: 0, lastProblem: null });
});

test('a case has one nudge outstanding, for all rows that came until then; a newer row brings another', async () => {
  const { said, appends, takes, pass } = relayOver({ 'dpg/seed': { rows: [1, 2] } });
  await pass(0);
  await appends('dpg/seed', 3);
  await pass(30 * SECOND);
  expect(said.map(({ id }) => id)).toEqual([2]);
  // The step took the first two and saw the third; what comes when all are taken is news again.
  takes('dpg/seed');
  takes('dpg/seed');
  await pass(5 * SECOND);
  expect(said.map(({ id }) => id)).toEqual([2, 3]);
  takes('dpg/seed');
  await pass(5 * SECOND);
  await appends('dpg/seed', 4);
  expect(said.map(({ id }) => id)).toEqual([2, 3, 4]);
});

test('what Temporal accepted and the row still waits is said again after a minute, doubling to an hour', async () => {
  const { said, pass } = relayOver({ 'dpg/seed': { rows: [1] } });
  await pass(6 * 60 * MINUTE);
  const minutes = said.map(({ at }) => Math.round(at / MINUTE));
  expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303]);
});

test('what Temporal did not accept is said again after five seconds, until it accepts it', async () => {
  let away = true;
  const tries: number[] = [];
  const begun = Date.now();
  const { problems, pass, beats, appends } = relayOver(
    { 'dpg/seed': { rows: [1] } },
    {
      nudge: async () => {
        tries.push(Date.now() - begun);
        if (away) throw new Error('unavailable');
        return true;
      },
    },
  );
  await pass(12 * SECOND);
  expect(tries.map((at) => Math.round(at / SECOND))).toEqual([0, 5, 10]);
  expect(problems).toEqual(['dpg/seed']);
  expect(beats.at(-1)?.lastProblem).toBe('unavailable');
  away = false;
  await pass(4 * SECOND);
  expect(tries).toHaveLength(4);
  // Accepted now: news of other rows does not hasten the next try.
  await appends('dpg/seed', 2);
  await pass(40 * SECOND);
  expect(tries).toHaveLength(4);
});

test('a call that gets stuck holds nobody else, and is given up after five seconds', async () => {
  const said: string[] = [];
  const { problems, pass } = relayOver(
    { 'dpg/stuck': { rows: [1] }, 'dpg/one': { rows: [2] }, 'dpg/other': { rows: [3], person: false } },
    {
      nudge: async (caseId) => {
        if (caseId === 'dpg/stuck') return new Promise<never>(() => undefined);
        said.push(caseId);
        return true;
      },
    },
  );
  await pass(0);
  expect(said).toEqual(['dpg/one', 'dpg/other']);
  expect(problems).toEqual([]);
  await pass(5 * SECOND);
  expect(problems).toEqual(['dpg/stuck']);
});

test('a case that Temporal does not know starts from the record if it should live, and is then told', async () => {
  const { kept, said, started, stepped, pass, appends } = relayOver({ 'dpg/ended-by-hand': { running: true } });
  await pass(0);
  const one = kept.get('dpg/ended-by-hand');
  if (one !== undefined) one.running = false;
  await appends('dpg/ended-by-hand', 1);
  expect([started, whom(said), stepped]).toEqual([['dpg/ended-by-hand'], ['dpg/ended-by-hand'], []]);
});

test('for a case that is over the relay takes the step itself', async () => {
  const { said, started, stepped, pass } = relayOver({
    'dpg/over': { rows: [1], running: false, state: { ended: true } },
  });
  await pass(0);
  expect([started, whom(said), stepped]).toEqual([[], [], ['dpg/over']]);
});

test('a case that should live and has no workflow gets one, whether or not anything waits, within a second', async () => {
  const { kept, started, pass, beats } = relayOver({ 'dpg/known': {} });
  await pass(0);
  expect(started).toEqual([]);
  kept.set('dpg/new', { state: { ended: false }, running: false, rows: [], person: true, kind: 'wake' });
  await pass(6 * SECOND);
  expect(started).toEqual(['dpg/new']);
  expect(beats.at(-1)?.started).toBe(1);
});

test('a case that cannot be started is tried less and less often, and logged once for each reason', async () => {
  let why: string | null = 'no such queue';
  const tries: number[] = [];
  const begun = Date.now();
  const { problems, pass, beats } = relayOver(
    { 'dpg/refused': { running: false } },
    {
      start: async () => {
        tries.push(Date.now() - begun);
        if (why !== null) throw new Error(why);
      },
    },
  );
  await pass(60 * SECOND);
  expect(tries.map((at) => Math.round(at / SECOND))).toEqual([0, 5, 10, 15, 25, 45]);
  expect(problems).toEqual(['dpg/refused']);
  why = 'unavailable';
  await pass(60 * SECOND);
  expect(problems).toEqual(['dpg/refused', 'dpg/refused']);
  why = null;
  await pass(2 * MINUTE);
  expect(beats.at(-1)?.started).toBe(1);
});

test('what no timer acted upon is told of at the start and once an hour; what is not kept for long goes then', async () => {
  const { overdue, said, tidied, pass } = relayOver({ 'dpg/seed': {} });
  overdue.push('dpg/seed');
  await pass(3 * 60 * MINUTE - SECOND);
  expect(said.map(({ id, at }) => [id, Math.round(at / MINUTE)])).toEqual([
    [0, 0],
    [0, 60],
    [0, 120],
  ]);
  expect(tidied.map((at) => Math.round(at / MINUTE))).toEqual([0, 60, 120]);
});

test('when it no longer hears the database it stops, so that it can begin anew; told to end, it ends at once', async () => {
  const { ended, breaks, lost, pass } = relayOver({ 'dpg/seed': {} });
  await pass(0);
  breaks(new Error('connection ended'));
  await expect(ended).rejects.toThrow('connection ended');
  expect(lost).toEqual(['listening']);
});

test('all rows of a case that is over are taken, none of them after another nudge', async () => {
  const { kept, stepped, pass } = relayOver({
    'dpg/over': { state: { ended: true }, running: false, rows: [1, 2, 3] },
  });
  await pass(0);
  expect(kept.get('dpg/over')?.rows).toEqual([]);
  expect(stepped).toHaveLength(3);
});
