import { Hono } from 'hono';
import type { WebContext } from './context.js';
import { entriesIn } from './limits.js';

/**
 * `/health`, for supervisors, proxies and `perennial doctor`: 200 while the database answers, else 503; with how many
 * entries the X-Forwarded-For of this very request had.
 */
export function healthPage({ database }: WebContext): Hono {
  return new Hono().get('/health', async (request) => {
    request.header('Cache-Control', 'no-store');
    const forwarded = entriesIn(request.req.header('X-Forwarded-For'));
    try {
      await database.$queryRaw`select 1`;
      return request.json({ ok: true, forwarded });
    } catch {
      return request.json({ ok: false, forwarded }, 503);
    }
  });
}
