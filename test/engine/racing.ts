import { Worker } from '@temporalio/worker';
import { activityInfo } from '@temporalio/activity';
import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import { createStepActivities } from '../../activities/index.js';
import { step } from '../../prisma/step.js';
import { attributes, REVIEWS } from '../../workflows/contract.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { bundlePath } from '../support/run.js';
import { timeSkipping, type TestTemporal } from '../support/temporal.js';
import { twoAppends, twoRelays, twoSenders, twoSteps, withTwoRelays } from './races.js';

/** So many races of each of the four kinds, a few at a time. Throws at the first that has not one winner. */
export async function race(times: number): Promise<void> {
  const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  try {
    await each(times, () => twoSteps(home));
    await each(times, () => twoAppends(home));
    // The lock of the sender is one for the whole database.
    for (let nth = 0; nth < times; nth += 1) await twoSenders(home);
    // Products of the other races have no workflow, and get none.
    await home.database.case.updateMany({ data: { ended: true } });
    await withWorker(home, (temporal) =>
      withTwoRelays({ home, temporal }, () => each(times, () => twoRelays({ home, temporal }))),
    );
  } finally {
    await home.stop();
  }
}

async function each(times: number, act: () => Promise<void>): Promise<void> {
  let left = times;
  const work = async () => {
    for (; left > 0; ) {
      left -= 1;
      await act();
    }
  };
  await Promise.all([1, 2, 3].map(work));
}

async function withWorker(home: TestDatabase, act: (temporal: TestTemporal) => Promise<void>): Promise<void> {
  const temporal = await timeSkipping();
  const { env } = temporal;
  const searchAttributes = Object.fromEntries(
    Object.values(attributes).map(({ name, type }) => [name, Number(typeNumber(type))]),
  );
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: REVIEWS,
    workflowBundle: { codePath: bundlePath() },
    activities: createStepActivities((call) =>
      step(home.database, { ...call, ranBy: activityInfo().workflowExecution ?? null }),
    ),
  });
  await worker.runUntil(act(temporal)).finally(() => temporal.stop());
}
