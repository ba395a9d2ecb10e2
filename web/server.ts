import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createWebApp } from './app.js';
import type { WebContext } from './context.js';

/** Pages that are being served. */
export interface WebServer {
  readonly stop: () => Promise<void>;
}

/** How long the server waits for a request, in milliseconds. */
export interface Patience {
  /** For its head. */
  readonly head: number;
  /** For all of it. A page of the form has a few kilobytes. */
  readonly whole: number;
  /** How often it looks for requests that take longer; they are answered 408, and their lines are closed. */
  readonly looks: number;
}

const PATIENCE: Patience = { head: 20_000, whole: 60_000, looks: 5_000 };

/**
 * Serves all pages; a reverse proxy stands before them where others come in.
 * `extra` brings pages of a one-machine installation, such as its mailbox. Throws if the port cannot be opened.
 */
export async function startWeb(plan: {
  context: WebContext;
  port: number;
  /** The address of this machine to listen on. Default: loopback only. */
  host?: string;
  extra?: Hono;
  /** Default: 20 s for the head, a minute for all of it. */
  patience?: Patience;
}): Promise<WebServer> {
  const app = createWebApp(plan.context);
  if (plan.extra !== undefined) app.route('/', plan.extra);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const { head, whole, looks } = plan.patience ?? PATIENCE;
    const serverOptions = { headersTimeout: head, requestTimeout: whole, connectionsCheckingInterval: looks };
    const { port, host: hostname = '127.0.0.1' } = plan;
    const starting = serve({ fetch: app.fetch, port, hostname, serverOptions }, () => resolve(starting));
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
