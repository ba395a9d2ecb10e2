import { readConfig } from '../adapters/config.js';
import { logToStandardError } from '../adapters/log.js';
import { endedBy, untilStopped } from '../adapters/until-stopped.js';
import { isInvented } from '../prisma/clock.js';
import { openDatabase } from '../prisma/database.js';
import { startEngine } from './engine.js';
import { installRuntime } from './runtime.js';

// The process behind `perennial worker`: workflows, steps, sender and relay, until it is asked to end.
installRuntime(logToStandardError);
await untilStopped(async () => {
  const config = readConfig();
  const database = openDatabase(config.databaseUrl);
  const engine = await startEngine({ config, database, invented: await isInvented(database), log: logToStandardError });
  logToStandardError({ what: 'worker_started' });
  return {
    stop: async () => {
      await engine.stop();
      await database.$disconnect();
    },
    ended: endedBy(engine.broken),
  };
});
