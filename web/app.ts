import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { answerPages } from './answer/pages.js';
import { checkPages } from './check.js';
import { consolePages } from './console/pages.js';
import { concernPages } from './concern/pages.js';
import type { WebContext } from './context.js';
import { deskPages } from './desk/pages.js';
import { expertPages } from './expert/pages.js';
import { healthPage } from './health.js';
import { nominatePages } from './nominate/pages.js';
import { limited } from './limits.js';
import { NotFound, Trouble } from './problems.js';
import { registryPages } from './registry/pages.js';
import { safe, YEAR } from './safe.js';
import { STAFF_SCRIPT, STAFF_SCRIPT_PATH } from './staff-script.js';
import { STYLE, STYLE_PATH } from './style.js';
import { suggestPages } from './suggest/pages.js';

/** All pages of an installation. Pages read records and append rows; none speaks to Temporal. */
export function createWebApp(context: WebContext): Hono {
  const app = new Hono();
  app.use(compress());
  app.use(safe(context));
  app.get(STYLE_PATH, (request) => {
    request.header('Cache-Control', `public, max-age=${YEAR}, immutable`);
    return request.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  app.get(STAFF_SCRIPT_PATH, (request) => {
    request.header('Cache-Control', `public, max-age=${YEAR}, immutable`);
    return request.body(STAFF_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
  app.get('/robots.txt', (request) =>
    request.text(
      [
        'User-agent: *',
        ...['/answer/', '/nominate/confirm/', '/concern/', '/desk', '/expert', '/console'].map(
          (path) => `Disallow: ${path}`,
        ),
        '',
      ].join('\n'),
    ),
  );
  // Before the limits: who supervises the pages asks often, and is not to hear that they are full.
  app.route('/', healthPage(context));
  if (context.limits !== undefined && context.limits !== null) app.use(limited(context, context.limits));
  app.route('/', checkPages(context));
  app.route('/', registryPages(context));
  app.route('/', nominatePages(context));
  app.route('/', suggestPages(context));
  app.route('/', concernPages(context));
  app.route('/', answerPages(context));
  app.route('/', deskPages(context));
  app.route('/', expertPages(context));
  app.route('/', consolePages(context));
  app.notFound((request) => request.html(NotFound({ context }), 404));
  app.onError((failure, request) => {
    const staff = /^\/(desk|expert|console)(\/|$)/u.test(request.req.path);
    if (failure instanceof HTTPException && failure.status < 500) {
      return request.html(Trouble({ context, status: failure.status, staff }), failure.status);
    }
    context.report?.(failure);
    request.header('Retry-After', '60');
    return request.html(Trouble({ context, status: 503, staff }), 503);
  });
  return app;
}
