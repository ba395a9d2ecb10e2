import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createWebApp } from './app.js';
import type { WebContext } from './context.js';

/** Pages that are being served. */
export interface WebServer {
  readonly stop: () => Promise<void>;
}

/**
 * Serves all pages on loopback; a reverse proxy stands before them where others come in.
 * `extra` brings pages of a one-machine installation, such as its mailbox. Throws if the port cannot be opened.
 */
export async function startWeb(plan: { context: WebContext; port: number; extra?: Hono }): Promise<WebServer> {
  const app = createWebApp(plan.context);
  if (plan.extra !== undefined) app.route('/', plan.extra);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, port: plan.port, hostname: '127.0.0.1' }, () => resolve(starting));
    starting.once('error', reject);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
