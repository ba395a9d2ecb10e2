import { setTimeout as pause } from 'node:timers/promises';
import { REVIEWS } from '../../workflows/contract.js';
import type { Place } from './place.js';
import { inventProducts, type ProductsPlan } from './records.js';
import { untilCount } from './statistics.js';

const PATIENCE_S = 7_200;
const EVERY_MS = 500;
/** So many looks in a row find no task waiting: what is still under way is over within them. */
const LOOKS = 6;
/** The kinds of task of a queue: of workflows, of activities. */
const KINDS = [1, 2] as const;

/** Invents products and waits until each has a workflow that sleeps. Their slugs. */
export async function fallAsleep(place: Place, plan: ProductsPlan): Promise<readonly string[]> {
  const { database, temporal } = place;
  const query = 'WorkflowType="certification" AND ExecutionStatus="Running"';
  const running = async () => (await temporal.client.workflow.count(query)).count;
  const before = await running();
  const slugs = await inventProducts(database, plan);
  await database.$executeRaw`select pg_notify('rows', '')`;
  await untilCount({ what: 'started', wanted: before + plan.count, seconds: PATIENCE_S, count: running });
  await untilRested(place);
  return slugs;
}

/** Waits until no task of workflows or steps waits for the worker any more. */
export async function untilRested(place: Place): Promise<void> {
  const end = performance.now() + PATIENCE_S * 1_000;
  for (let quiet = 0; quiet < LOOKS; ) {
    quiet = (await backlog(place)) === 0 ? quiet + 1 : 0;
    if (performance.now() > end) throw new Error('The worker never came to rest.');
    await pause(EVERY_MS);
  }
}

async function backlog({ temporal, config }: Place): Promise<number> {
  let all = 0;
  for (const taskQueueType of KINDS) {
    const { stats } = await temporal.connection.workflowService.describeTaskQueue({
      namespace: config.temporalNamespace,
      taskQueue: { name: REVIEWS },
      taskQueueType,
      reportStats: true,
    });
    all += Number(stats?.approximateBacklogCount ?? 0);
  }
  return all;
}
