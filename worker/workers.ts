import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isGrpcServiceError } from '@temporalio/client';
import { activityInfo } from '@temporalio/activity';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import {
  BEAT_MS,
  createPostActivities,
  createStep,
  createStepActivities,
  type Loop,
  type PostActivities,
  type Step,
} from '../activities/index.js';
import { createRedaction } from '../activities/redact.js';
import { createRelay } from '../activities/relay.js';
import type { Config } from '../adapters/config.js';
import { describeError, type Log } from '../adapters/log.js';
import { connectTemporal, lineTo, type TemporalClient } from '../adapters/temporal.js';
import { createCases, startForever } from '../client/cases.js';
import type { FailureType } from '../domain/failures.js';
import { isDatabaseAway } from '../prisma/away.js';
import type { Database } from '../prisma/database.js';
import type { Execution } from '../prisma/ledger.js';
import { noteFailure } from '../prisma/set-aside.js';
import { look, step } from '../prisma/step.js';
import { waitingRows } from '../prisma/waiting.js';
import { IN_TASK_MS, LINKS, POST, REVIEWS } from '../workflows/contract.js';
import { bundleWorkflows } from './bundle.js';
import { mayGoLive } from './live.js';
import { prepareTemporal } from './prepare.js';

/** What the workers are composed of. */
export interface WorkersPlan {
  readonly config: Config;
  readonly database: Database;
  readonly sender: Loop;
  /** What looks at links. Default: nothing does. */
  readonly links?: Loop;
  readonly log: Log;
}

/** Workers that run. */
export interface Workers {
  /** Ends them: no row and no email is left half-done. Safe to call twice. */
  readonly stop: () => Promise<void>;
  /** Rejects when a worker ends that nobody stopped. */
  readonly broken: Promise<never>;
}

/** Steps at once, ordinary ones and those inside workflow tasks: together below the connections of the database's pool. */
const STEPS_AT_ONCE = 5;
const STEPS_IN_TASK_AT_ONCE = 3;
/**
 * Workflows kept in memory, each of about 0.1 MB: by default their number grows with the machine. A case wakes a few
 * times a year, and is then replayed from its history, which costs some milliseconds.
 */
const WORKFLOWS_KEPT = 300;

const POST_ACTIVITIES: readonly string[] = [
  'handOverEmails',
  'nudgeCases',
  'checkLinks',
] satisfies (keyof PostActivities)[];

/** Where links are looked at no more, a workflow of before still asks for it: it waits. */
const untilAborted: Loop = ({ signal }) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Prepares Temporal and starts two workers: for workflows and steps, and for sender and relay. Starts `outbox` and
 * `inbox`. Throws with the cause if Temporal is away or cannot be prepared; then nothing is left running.
 */
export async function startWorkers(plan: WorkersPlan): Promise<Workers> {
  const bundle = await bundleWorkflows();
  const temporal = await connectTemporal(plan.config);
  const native = await NativeConnection.connect(lineTo(plan.config));
  const stopping = new AbortController();
  const build = createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 10);
  const runs: Promise<void>[] = [];
  const workers: Worker[] = [];
  const all: Running = { temporal, native, stopping, workers, runs };
  const parts: Parts = { plan, native, stopping, build, step: stepOf(plan.database) };
  try {
    if (plan.config.mailMode === 'live') await mayGoLive(plan.database, temporal.connection);
    await prepareTemporal(temporal.connection, plan.config.temporalNamespace, plan.log);
    workers.push(await createReviewsWorker({ ...parts, bundle }));
    workers.push(await createPostWorker({ ...parts, temporal }));
    await startForever(temporal.client, plan.links === undefined ? [] : [LINKS]);
    runs.push(...workers.map((worker) => worker.run()));
    let stopped: Promise<void> | undefined;
    return {
      stop: () => (stopped ??= stopAll(all)),
      broken: Promise.race(runs).then(() => {
        if (stopped === undefined) throw new Error('A worker ended by itself.');
        return new Promise<never>(() => undefined);
      }),
    };
  } catch (error) {
    await stopAll(all);
    throw error;
  }
}

interface Parts {
  readonly plan: WorkersPlan;
  readonly native: NativeConnection;
  readonly stopping: AbortController;
  /** Which workflow code this is. */
  readonly build: string;
  readonly step: Step;
}

function stepOf(database: Database): Step {
  return createStep({
    step: (call) => step(database, { ...call, ranBy: execution(), withinMs: limit() }),
    noteFailure: (caseId) => noteFailure(database, caseId, execution()),
    isAway: isDatabaseAway,
  });
}

/** A step inside a workflow task ends by itself before it is given up: so it never goes on beside the one behind it. */
function limit(): number | null {
  return activityInfo().isLocal ? IN_TASK_MS - 1_000 : null;
}

/** The workflow's run whose activity this is. */
function execution(): Execution | null {
  return activityInfo().workflowExecution ?? null;
}

function createReviewsWorker({ bundle, ...parts }: Parts & { bundle: string }): Promise<Worker> {
  return Worker.create({
    ...commonOptions(parts),
    identity: `reviews-${process.pid}`,
    taskQueue: REVIEWS,
    workflowBundle: { codePath: bundle },
    activities: createStepActivities(parts.step),
    maxConcurrentActivityTaskExecutions: STEPS_AT_ONCE,
    maxConcurrentLocalActivityExecutions: STEPS_IN_TASK_AT_ONCE,
    maxCachedWorkflows: WORKFLOWS_KEPT,
    // So long a task waits for a worker that was killed before another one takes it, and replays its history.
    stickyQueueScheduleToStartTimeout: '3 seconds',
  });
}

function createPostWorker({ temporal, ...parts }: Parts & { temporal: TemporalClient }): Promise<Worker> {
  const { database, config, sender, links = untilAborted, log } = parts.plan;
  const relay = createRelay({
    records: {
      ...waitingRows(database, config.databaseUrl),
      look: (caseId) => look(database, caseId),
      step: parts.step,
    },
    cases: createCases(temporal.client),
    now: Date.now,
    wordOf: (error) => typeOf('nudgeCases', error),
    failed: (caseId, error) => log({ what: 'relay_failed', caseId, ...describeError(error) }),
  });
  return Worker.create({
    ...commonOptions(parts),
    identity: `post-${process.pid}`,
    taskQueue: POST,
    // The SDK holds beats back to four fifths of their limit by default.
    maxHeartbeatThrottleInterval: BEAT_MS,
    activities: createPostActivities({ sender, relay, links, stopping: parts.stopping.signal }),
  });
}

function commonOptions({ plan, native, stopping, build }: Parts): Omit<WorkerOptions, 'taskQueue'> {
  const log = (activity: string, error: unknown) => {
    if (!stopping.signal.aborted) plan.log({ what: 'activity_failed', activity, ...describeError(error) });
  };
  return {
    connection: native,
    namespace: plan.config.temporalNamespace,
    // Stands in every task of every history: the default is eight times as long.
    buildId: build,
    shutdownGraceTime: '3 seconds',
    interceptors: {
      activity: [
        ({ info: { activityType } }) => ({
          inbound: createRedaction(activityType, { typeOf: (error) => typeOf(activityType, error), log }),
        }),
      ],
    },
  };
}

interface Running {
  readonly temporal: TemporalClient;
  readonly native: NativeConnection;
  readonly stopping: AbortController;
  readonly workers: readonly Worker[];
  readonly runs: Promise<void>[];
}

/** All workers at once: one that had ended by itself does not keep the others. */
async function stopAll(running: Running): Promise<void> {
  running.stopping.abort();
  for (const worker of running.workers) {
    // A worker lets go of its connection only after it ran.
    if (worker.getState() === 'INITIALIZED') running.runs.push(worker.run());
    if (worker.getState() === 'RUNNING') worker.shutdown();
  }
  await Promise.allSettled(running.runs);
  await running.native.close();
  await running.temporal.close();
}

function typeOf(activity: string, error: unknown): FailureType {
  if (isDatabaseAway(error)) return 'DATABASE_AWAY';
  if (isGrpcServiceError(error)) return 'TEMPORAL_AWAY';
  return POST_ACTIVITIES.includes(activity) ? 'POST_STOPPED' : 'STEP_FAILED';
}
