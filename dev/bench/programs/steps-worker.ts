import type { Loop } from '../../../activities/index.js';
import { readConfig } from '../../../adapters/config.js';
import { logToStandardError } from '../../../adapters/log.js';
import { endedBy, untilStopped } from '../../../adapters/until-stopped.js';
import { openDatabase } from '../../../prisma/database.js';
import { installRuntime } from '../../../worker/runtime.js';
import { startWorkers } from '../../../worker/workers.js';

// The worker of an installation without its sender: workflows, steps and relay.
const idle: Loop = ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

installRuntime(logToStandardError);
await untilStopped(async () => {
  const config = readConfig();
  const database = openDatabase(config.databaseUrl);
  const workers = await startWorkers({ config, database, sender: idle, log: logToStandardError });
  logToStandardError({ what: 'worker_started' });
  const stop = async () => {
    await workers.stop();
    await database.$disconnect();
  };
  return { stop, ended: endedBy(workers.broken) };
});
