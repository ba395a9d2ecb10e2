import { readConfig } from '../adapters/config.js';
import { logToStandardError } from '../adapters/log.js';
import { untilStopped } from '../adapters/until-stopped.js';
import { isInvented } from '../prisma/clock.js';
import { openDatabase } from '../prisma/database.js';
import { webContext } from './context.js';
import { startWeb } from './server.js';

// The process behind `perennial web`: all pages, until it is asked to end.
await untilStopped(async () => {
  const config = readConfig();
  const database = openDatabase(config.databaseUrl);
  const invented = await isInvented(database);
  const context = webContext({ config, database, invented, log: logToStandardError });
  const web = await startWeb({ context, port: config.webPort, host: config.webHost });
  logToStandardError({ what: 'web_started' });
  return {
    stop: async () => {
      await web.stop();
      await database.$disconnect();
    },
    ended: new Promise(() => undefined),
  };
});
