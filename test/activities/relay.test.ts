import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createRelay, type Cases, type InboxDetails, type WaitingCase } from '../../activities/relay.js';
import type { StepResult } from '../../domain/step-result.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A case as the relay sees it: its state in the record, whether it has a workflow, and what waits for it. */
interface Kept {
  state: Pick<StepResult, 'ended'> | null;
  running: boolean;
  rows: number[];
  person: boolean;
  kind: string;
}

/** Records and Temporal in memory, with the relay at work on them, in a time that the test moves. */
function relayOver(cases: Record<string, Partial<Kept>>, hear: Partial<Cases> = {}) {
  const kept = new Map<string, Kept>();
  for (const [id, some] of Object.entries(cases)) {
    kept.set(id, { state: { ended: false }, running: true, rows: [], person: true, kind: 'answers', ...some });
  }
  const said: { readonly caseId: string; readonly id: number; readonly at: number }[] = [];
  const stepped: string[] = [];
  const started: string[] = [];
  const problems: (string | null)[] = [];
  const beats: InboxDetails[] = [];
  const lost: string[] = [];
  let ring = () => undefined as void;
  let breaks = (_error: Error) => undefined as void;
  const end = new AbortController();
  const begun = Date.now();
  const relay = createRelay({
    records: {
      waiting: async () =>
        [...kept].flatMap(([caseId, { rows, kind, person }]): WaitingCase[] => {
          const [oldest] = rows;
          return oldest === undefined ? [] : [{ caseId, oldest, newest: rows.at(-1) ?? oldest, kind, person }];
        }),
      listen: async ({ onNews, broken }) => {
        ring = onNews;
        breaks = broken;
        return async () => void lost.push('listening');
      },
      overdue: async () => overdue,
      living: async () => [...kept].flatMap(([id, { state }]) => (state?.ended === false ? [id] : [])),
      // The relay reads of a state only whether the case has ended.
      look: async (caseId) => (kept.get(caseId)?.state ?? null) as StepResult | null,
      step: async ({ caseId }) => {
        stepped.push(caseId);
        const rows = kept.get(caseId)?.rows;
        const wrote = rows?.shift() !== undefined;
        return { wrote, more: (rows ?? []).length > 0 } as StepResult;
      },
    },
    cases: {
      nudge: async (caseId, { id }) => {
        if (kept.get(caseId)?.running !== true) return false;
        said.push({ caseId, id, at: Date.now() - begun });
        return true;
      },
      start: async (caseId) => {
        started.push(caseId);
        const one = kept.get(caseId);
        if (one !== undefined) one.running = true;
      },
      running: async () => new Set([...kept].flatMap(([id, { running }]) => (running ? [id] : []))),
      ...hear,
    },
    now: Date.now,
    wordOf: (error) => (error instanceof Error ? error.message : ''),
    failed: (caseId) => void problems.push(caseId),
  });
  const overdue: string[] = [];
  const ended = relay({ signal: end.signal, heartbeat: (details) => beats.push(details as InboxDetails) });
  // Awaited by whoever looks at it; until then nobody is to be told.
  ended.catch(() => undefined);
  relays.push(async () => {
    end.abort();
    await jest.advanceTimersByTimeAsync(10 * SECOND);
    await ended.catch(() => undefined);
  });
  return {
    kept,
    said,
    stepped,
    started,
    problems,
    beats,
    lost,
    overdue,
    ended,
    breaks: (error: Error) => breaks(error),
    /** A row comes, and the database says so. */
    appends: async (caseId: string, row: number) => {
      kept.get(caseId)?.rows.push(row);
      ring();
      await jest.advanceTimersByTimeAsync(0);
    },
    takes: (caseId: string) => kept.get(caseId)?.rows.shift(),
    pass: (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds),
  };
}

const relays: (() => Promise<void>)[] = [];
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(async () => {
  for (const end of relays.splice(0)) await end();
  jest.useRealTimers();
});

const whom = (said: readonly { readonly caseId: string }[]) => said.map(({ caseId }) => caseId);

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

test('what no timer acted upon is told of at the start and once an hour', async () => {
  const { overdue, said, pass } = relayOver({ 'dpg/seed': {} });
  overdue.push('dpg/seed');
  await pass(3 * 60 * MINUTE - SECOND);
  expect(said.map(({ id, at }) => [id, Math.round(at / MINUTE)])).toEqual([
    [0, 0],
    [0, 60],
    [0, 120],
  ]);
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
