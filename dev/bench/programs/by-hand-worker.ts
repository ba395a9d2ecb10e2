import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createStepActivities } from '../../../activities/index.js';
import { readConfig } from '../../../adapters/config.js';
import { logToStandardError } from '../../../adapters/log.js';
import { endedBy, untilStopped } from '../../../adapters/until-stopped.js';
import { openDatabase } from '../../../prisma/database.js';
import { step } from '../../../prisma/step.js';
import { installRuntime } from '../../../worker/runtime.js';

// The worker of the workflow that was written by hand, on the task queue that is its argument.
installRuntime(logToStandardError);
await untilStopped(async () => {
  const config = readConfig();
  const database = openDatabase(config.databaseUrl);
  const connection = await NativeConnection.connect({ address: config.temporalAddress });
  const worker = await Worker.create({
    connection,
    taskQueue: process.argv[2] ?? '',
    // The same length as the product's: it stands in every task of every history.
    buildId: '0123456789',
    workflowsPath: fileURLToPath(new URL('./by-hand.ts', import.meta.url)),
    activities: createStepActivities((call) =>
      step(database, { ...call, ranBy: activityInfo().workflowExecution ?? null }),
    ),
    maxConcurrentActivityTaskExecutions: 8,
  });
  const run = worker.run();
  logToStandardError({ what: 'worker_started' });
  const stop = async () => {
    worker.shutdown();
    await run;
    await connection.close();
    await database.$disconnect();
  };
  return { stop, ended: endedBy(run) };
});
