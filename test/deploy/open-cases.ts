import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createStep, createStepActivities } from '../../activities/index.js';
import { createCases } from '../../client/cases.js';
import { later, type Instant } from '../../domain/calendar.js';
import { attributes, REVIEWS } from '../../workflows/contract.js';
import { asleep } from '../support/case-records.js';
import { eventually, START } from '../support/case-world.js';
import { memoryCase, type MemoryCase, type Wish } from '../support/memory-case.js';
import { createMemoryRecords } from '../support/memory-records.js';
import { devServer, type TestTemporal } from '../support/temporal.js';

const DAY_MS = 86_400_000;

/** A case whose workflow waits on the server, whoever works there. */
export interface OpenCase {
  readonly id: string;
  readonly kept: MemoryCase;
  /** Appends a row and nudges the workflow; nobody waits for the row's outcome. */
  readonly hears: (wish: Wish) => Promise<void>;
  /** Its clock jumps to so many milliseconds before an instant, and its workflow arms its timer by the new clock. */
  readonly jumps: (instant: Instant, before: number) => Promise<void>;
}

/** Cases with their records in memory, on a real server, and the workers that come and go. */
export interface OpenCases {
  readonly temporal: TestTemporal;
  /** Starts the case of a listed product. */
  readonly begin: (slug: string) => Promise<OpenCase>;
  /** Deploys workflows; returns what stops their worker again. */
  readonly deploy: (code: string) => Promise<() => Promise<void>>;
  /** Until every row of every case has its outcome. */
  readonly allHeard: () => Promise<void>;
  /** Ends workers that still work, and the server. */
  readonly stop: () => Promise<void>;
}

/** Starts the server; nobody works there yet. */
export async function startOpenCases(): Promise<OpenCases> {
  const temporal = await devServer();
  const { env } = temporal;
  const types = Object.values(attributes).map(({ name, type }) => [name, Number(typeNumber(type))]);
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(types) as Record<string, number>,
  });
  const records = createMemoryRecords(() => env.currentTimeMs());
  const cases = createCases(env.client);
  const workers = new Set<() => Promise<void>>();
  return {
    temporal,
    stop: async () => {
      for (const stop of workers) await stop();
      await temporal.stop();
    },
    begin: async (slug) => {
      const id = `dpg/${slug}`;
      const since = (caseAt: Instant) => ({ realAt: new Date().toISOString(), caseAt, dayMs: DAY_MS });
      const kept = memoryCase({ ...asleep, id, listing: { ...asleep.listing, slug } }, [since(START)]);
      records.cases.set(id, kept);
      const state = await records.look(id);
      if (state === null) throw new Error(`${id} has no state`);
      await cases.start(id, state);
      const hears = async (wish: Wish): Promise<void> => {
        const row = await records.append(id, wish);
        await cases.nudge(id, { id: row.id, kind: wish.is });
      };
      const jumps = async (instant: Instant, before: number): Promise<void> => {
        const steps = kept.steps.length;
        kept.clock = [...kept.clock, since(later(instant, -before))];
        await cases.nudge(id, { id: 0, kind: 'overdue' });
        await eventually('a step', async () => (kept.steps.length > steps ? true : null));
      };
      return { id, kept, hears, jumps };
    },
    deploy: async (code) => {
      // One of its own, as a process has: two versions may work side by side.
      const connection = await NativeConnection.connect({ address: temporal.address });
      const worker = await Worker.create({
        connection,
        taskQueue: REVIEWS,
        workflowBundle: { code },
        activities: createStepActivities(createStep(records)),
      });
      const running = worker.run();
      const stop = async (): Promise<void> => {
        workers.delete(stop);
        worker.shutdown();
        await running.finally(() => connection.close());
      };
      workers.add(stop);
      return stop;
    },
    allHeard: async () => {
      const rows = () => [...records.cases.values()].flatMap((kept) => kept.rows);
      await eventually('every row to be heard', async () =>
        rows().every(({ outcome }) => outcome !== null) ? true : null,
      );
    },
  };
}
