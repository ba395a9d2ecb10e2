import { jest } from '@jest/globals';
import { createRelay, type Cases, type InboxDetails, type WaitingCase } from '../../activities/relay.js';
import type { StepResult } from '../../domain/step-result.js';

const SECOND = 1_000;

/** A case as the relay sees it: its state in the record, whether it has a workflow, and what waits for it. */
interface Kept {
  state: Pick<StepResult, 'ended'> | null;
  running: boolean;
  rows: number[];
  person: boolean;
  kind: string;
}

/** Records and Temporal in memory, with the relay at work on them, in a time that the test moves. */
export function relayOver(cases: Record<string, Partial<Kept>>, hear: Partial<Cases> = {}) {
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
      tidy: async () => void tidied.push(Date.now() - begun),
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
  const tidied: number[] = [];
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
    tidied,
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

/** Ends all relays of a test, in the time that the test moves. */
export async function endRelays(): Promise<void> {
  for (const end of relays.splice(0)) await end();
}

/** Whom something was said to. */
export const whom = (said: readonly { readonly caseId: string }[]) => said.map(({ caseId }) => caseId);
