import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import proto from '@temporalio/proto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createRedaction } from '../../activities/redact.js';
import { createStep, createStepActivities } from '../../activities/index.js';
import { createCases } from '../../client/cases.js';
import { later, millisecondsOf, type Instant } from '../../domain/calendar.js';
import { nextEntry, openingEntry } from '../../domain/agenda.js';
import { caseTime } from '../../domain/clock.js';
import type { CaseRecord } from '../../domain/case.js';
import type { RowOutcome } from '../../domain/effect.js';
import { attributes, REVIEWS } from '../../workflows/contract.js';
import { asleep } from './case-records.js';
import { memoryCase, type MemoryCase, type MemoryRow, type Wish } from './memory-case.js';
import { createMemoryRecords, type MemoryRecords, type Saw } from './memory-records.js';
import { bundlePath } from './run.js';
import { timeSkipping, type TestTemporal } from './temporal.js';

/** The instant at which each test begins. */
export const START: Instant = '2026-07-10T08:00:00.000Z';
const DAY_MS = 86_400_000;
/** Longer than the pause of a workflow after a step that wrote nothing. */
const LEAD_MS = 2_000;

/** The real workflows over records in memory, on a server that skips time unless told otherwise. */
export interface CaseWorld {
  readonly temporal: TestTemporal;
  readonly records: MemoryRecords;
  /** A listed product whose case begins now, at START; its workflow starts. */
  readonly begin: (slug: string, some?: Beginning) => Promise<LivingCase>;
  /** Until a workflow waits. */
  readonly quiet: (id: string) => Promise<void>;
  /** Ends the cases of a test by hand, so that nothing of theirs happens while time goes on in the next one. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Beginning extends Partial<Omit<MemoryCase, 'record' | 'clock'>> {
  /** What the registry says of it, as far as it differs from asleep's. */
  readonly listing?: Partial<CaseRecord['listing']>;
  /** The record as a whole, instead of a product that is asleep. */
  readonly record?: CaseRecord;
  /** False: a test starts it, or the relay does. */
  readonly started?: boolean;
}

/** One case, as a test plays it. */
export interface LivingCase {
  readonly id: string;
  readonly kept: MemoryCase;
  /** Case time by Temporal's clock. */
  readonly now: () => Promise<Instant>;
  /** Time goes on to an instant of case time; whatever is due until then happens. */
  readonly until: (instant: Instant) => Promise<void>;
  /** Somebody wants something: a row, a nudge, and the row's outcome, once the workflow waits again. */
  readonly says: (wish: Wish, saw?: Saw) => Promise<RowOutcome>;
  /** A row that no nudge announces yet. */
  readonly appends: (wish: Wish, saw?: Saw) => Promise<MemoryRow>;
  readonly nudge: (row: MemoryRow) => Promise<boolean>;
  /** What operators see, as soon as the workflow waits. */
  readonly shown: () => Promise<Shown>;
  /** Of its workflow's newest run: RUNNING, COMPLETED, TERMINATED. */
  readonly status: () => Promise<string>;
}

/** Search attributes, by the ends of their names: state "asleep", dueAt a date. What is absent is null. */
export type Shown = Readonly<Record<keyof typeof attributes, unknown>>;

const { EventType } = proto.temporal.api.enums.v1;
/** The last event of a workflow that waits, or has ended. */
const WAITING: ReadonlySet<number> = new Set([
  EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  EventType.EVENT_TYPE_MARKER_RECORDED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_TIMER_CANCELED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
]);

/** Starts one for a test file, on its own server of either kind; end it in `afterAll`. */
export async function startCaseWorld(start: () => Promise<TestTemporal> = timeSkipping): Promise<CaseWorld> {
  const server = await start();
  const { env } = server;
  const searchAttributes = Object.fromEntries(
    Object.values(attributes).map(({ name, type }) => [name, Number(typeNumber(type))]),
  );
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  const records = createMemoryRecords(() => env.currentTimeMs());
  const worker = await createWorker(server, records);
  const running = worker.run();
  return {
    temporal: server,
    records,
    quiet: (id) => quiet(server, id),
    begin: (slug, some = {}) => begin({ server, records }, slug, some),
    clear: async () => {
      const cases = [...records.cases.keys()];
      records.cases.clear();
      const end = async (id: string) => {
        await quiet(server, id);
        await env.client.workflow.getHandle(id).terminate();
      };
      for (const id of cases) await end(id).catch(unlessGone);
    },
    stop: async () => {
      worker.shutdown();
      await running.finally(() => server.stop());
    },
  };
}

function createWorker({ env }: TestTemporal, records: MemoryRecords): Promise<Worker> {
  return Worker.create({
    connection: env.nativeConnection,
    // Histories that are kept tell nothing of the machine that made them.
    identity: 'test',
    taskQueue: REVIEWS,
    workflowBundle: { codePath: bundlePath() },
    activities: createStepActivities(createStep(records)),
    interceptors: {
      activity: [
        ({ info: { activityType } }) => ({
          inbound: createRedaction(activityType, {
            typeOf: () => 'STEP_FAILED',
            log: (_activity, error) => void (records.lastFailure = error),
          }),
        }),
      ],
    },
  });
}

interface World {
  readonly server: TestTemporal;
  readonly records: MemoryRecords;
}

async function begin({ server, records }: World, slug: string, some: Beginning): Promise<LivingCase> {
  const { listing, record, started = true, ...rest } = some;
  const id = record?.listing.nominated === undefined ? `dpg/${slug}` : `nomination/${slug}`;
  const real = await server.env.currentTimeMs();
  const clock = [{ realAt: new Date(real).toISOString(), caseAt: START, dayMs: DAY_MS }];
  const product = record ?? { ...asleep, listing: { ...asleep.listing, ...listing } };
  // Not for a review that is due or overdue when the listing comes in.
  const opening = openingEntry(product.listing);
  const agenda = record === undefined && opening !== null && opening.due > START ? [opening] : product.agenda;
  const kept = memoryCase({ ...product, id, agenda, listing: { ...product.listing, slug } }, clock, rest);
  records.cases.set(id, kept);
  const cases = createCases(server.env.client);
  const state = await records.look(id);
  if (started && state !== null) await cases.start(id, state);
  const nudge = ({ id: row, wish }: MemoryRow) => cases.nudge(id, { id: row, kind: wish.is });
  const now = async () => caseTime(kept.clock, await server.env.currentTimeMs());
  return {
    id,
    kept,
    now,
    until: async (instant) => {
      const left = millisecondsOf(instant) - millisecondsOf(await now());
      if (left <= 0) throw new Error(`${instant} is over: it is ${later(instant, -left)}`);
      if (server.env.supportsTimeSkipping) return server.env.sleep(left);
      // In real time the clock of case time jumps to shortly before, and a nudge arms the timer by the new clock. The
      // database is behind meanwhile, so that it is always the timer that acts, however busy the machine is.
      const real = new Date(await server.env.currentTimeMs()).toISOString();
      kept.clock = [...kept.clock, { realAt: real, caseAt: later(instant, -LEAD_MS), dayMs: DAY_MS }];
      kept.ahead = -60_000;
      await cases.nudge(id, { id: 0, kind: 'overdue' });
      await quiet(server, id);
      kept.ahead = 0;
      await eventually(`${id} to do what is due`, async () => {
        const next = nextEntry(kept.record.agenda);
        const over = (await now()) >= instant;
        return over && (next === null || next.due > (await now())) ? true : null;
      });
      await quiet(server, id);
    },
    appends: (wish, saw) => records.append(id, wish, saw),
    nudge,
    says: async (wish, saw) => {
      const row = await records.append(id, wish, saw);
      await nudge(row);
      const outcome = await eventually(`an outcome of ${wish.is} in ${id}`, async () => row.outcome).catch((cause) => {
        throw new Error('a row was not taken', { cause: records.lastFailure ?? cause });
      });
      await quiet(server, id);
      return outcome;
    },
    shown: () => shown(server, id),
    status: async () => (await server.env.client.workflow.getHandle(id).describe()).status.name,
  };
}

async function shown(server: TestTemporal, id: string): Promise<Shown> {
  await quiet(server, id);
  const { typedSearchAttributes } = await server.env.client.workflow.getHandle(id).describe();
  const found = new Map(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  return Object.fromEntries(
    Object.entries(attributes).map(([name, key]) => [name, found.get(key.name) ?? null]),
  ) as Shown;
}

/**
 * Until a workflow has nothing to do but to wait. No query asks it: the test server never answers one that comes while
 * a run continues as new, and then skips no more time; nor does it after a case was ended in the midst of its work.
 */
async function quiet({ env }: TestTemporal, id: string): Promise<void> {
  await eventually(`${id} to be quiet`, async () => {
    const { events } = await env.client.workflow.getHandle(id).fetchHistory();
    const last = events?.at(-1)?.eventType;
    return last !== null && last !== undefined && WAITING.has(last) ? true : null;
  });
}

function unlessGone(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

/** Looks until there is something, for half a minute. */
export async function eventually<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  const limit = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > limit) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
