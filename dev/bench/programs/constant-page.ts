import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { readFileSync } from 'node:fs';
import { untilStopped } from '../../../adapters/until-stopped.js';

// Serves one page from memory: its file and the port are the arguments.
await untilStopped(() => {
  const page = readFileSync(process.argv[2] ?? '', 'utf8');
  const app = new Hono();
  app.use(compress());
  app.get('/', (request) => request.html(page));
  const server = serve({ fetch: app.fetch, port: Number(process.argv[3]), hostname: '127.0.0.1' }, () => {
    process.stderr.write('page_started\n');
  });
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return Promise.resolve({ stop, ended: new Promise<never>(() => undefined) });
});
