import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { untilStopped } from '../../../adapters/until-stopped.js';

/** As a page somewhere in the world. */
const ANSWERS_AFTER_MS = 100;

// Pages of any name of this machine that answer after a while; the port is the argument.
await untilStopped(async () => {
  const server = createServer((_request, response) => {
    void pause(ANSWERS_AFTER_MS).then(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(Number(process.argv[2]), '127.0.0.1', resolve));
  process.stderr.write('pages_started\n');
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { stop, ended: new Promise<never>(() => undefined) };
});
