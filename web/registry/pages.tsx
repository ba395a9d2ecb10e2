import { Hono } from 'hono';
import { every } from 'hono/combine';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { etag } from 'hono/etag';
import { dayOf } from '../../domain/calendar.js';
import { newestBinding } from '../../domain/standards.js';
import { standardText } from '../../domain/standard-text.js';
import { readClock } from '../../prisma/case-time.js';
import { readExcluded } from '../../prisma/read-excluded.js';
import { readApplication, readProduct, readPublication } from '../../prisma/read-published.js';
import { readNominees } from '../../prisma/read-nominations.js';
import { REFERENCE } from '../../prisma/read-reference.js';
import { readRegistry } from '../../prisma/read-registry.js';
import type { WebContext } from '../context.js';
import { ApplicationPage } from './application.js';
import { registryCsv, registryData } from './data.js';
import { keptPages } from './kept-pages.js';
import { ExcludedPage } from './excluded.js';
import { EXCLUDED_PATH } from './excluded-path.js';
import { ListPage } from './list.js';
import { nomineesData, reviewData } from './nomination-data.js';
import { NomineesPage } from './nominees.js';
import { ProductPage } from './product.js';
import { readQuery } from './query.js';
import { standardPath, StandardPage } from './standard.js';
import { Unknown } from './unknown.js';

/** How slugs look; nothing else is looked for. */
export const SLUG = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/u;

/** Copies may be kept, and are asked for anew each time: a decision shows on the next request. */
const fresh = createMiddleware(async (request, next) => {
  await next();
  request.res.headers.set('Cache-Control', 'no-cache');
});
const anywhere = cors({ origin: '*', allowMethods: ['GET', 'HEAD'] });
const tagged = etag();

/** The registry for everybody: `/`, `/r/<slug>`, `/a/<reference>`, `/nominees`, `/excluded`, `/standard/<version>`, and its data. */
export function registryPages(context: WebContext): Hono {
  const { database } = context;
  const app = new Hono();
  const kept = every(fresh, tagged, keptPages(database));
  app.get('/', kept, async (request) => {
    const query = readQuery(new URL(request.req.url).searchParams);
    return request.html(<ListPage context={context} registry={await readRegistry(database)} query={query} />);
  });
  app.get('/r/:slug', kept, async (request) => {
    const slug = request.req.param('slug');
    const found = SLUG.test(slug) ? await readProduct(database, slug) : null;
    if (found === null) return request.html(<Unknown context={context} what="product" />, 404);
    const { today, product, published } = found;
    const shown = { year: request.req.query('year') ?? null, inFull: request.req.query('answers') === 'full' };
    return request.html(<ProductPage {...{ context, today, product, published, shown }} />);
  });
  app.get('/a/:reference', kept, async (request) => {
    const typed = request.req.param('reference');
    const reference = typed.toUpperCase();
    const found = REFERENCE.test(reference) ? await readApplication(database, reference) : null;
    if (found === null) return request.html(<Unknown context={context} what="review" />, 404);
    if (typed !== reference) return request.redirect(`/a/${reference}`, 301);
    return request.html(<ApplicationPage context={context} application={found} />);
  });
  app.get('/a/:reference/data.json', anywhere, kept, async (request) => {
    const reference = request.req.param('reference').toUpperCase();
    const found = REFERENCE.test(reference) ? await readApplication(database, reference) : null;
    return found === null ? request.json({ error: 'no such review' }, 404) : request.json(reviewData(context, found));
  });
  app.get('/nominees', kept, async (request) =>
    request.html(<NomineesPage context={context} nominees={await readNominees(database)} />),
  );
  app.get('/nominees.json', anywhere, kept, async (request) =>
    request.json(nomineesData(context, await readNominees(database))),
  );
  app.get(EXCLUDED_PATH, kept, async (request) =>
    request.html(<ExcludedPage context={context} excluded={await readExcluded(database)} />),
  );
  app.route('/', standardPages(context));
  app.get('/registry.json', anywhere, kept, async (request) =>
    request.json(registryData(context, await readPublication(database))),
  );
  app.get('/registry.csv', anywhere, kept, async (request) =>
    request.body(registryCsv(context, await readRegistry(database)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="registry.csv"',
    }),
  );
  return app;
}

/** The questions of each version; what only a new deploy changes is not kept. */
function standardPages(context: WebContext): Hono {
  const { database, standards } = context;
  const app = new Hono();
  const versionOf = (word: string) => standards.find(({ version }) => version === word);
  app.get('/standard', fresh, async (request) => {
    // These pages are there without a database too; then the day of the machine will do.
    const clock = database.$transaction(readClock).catch(() => ({ now: new Date().toISOString() }));
    return request.redirect(standardPath(newestBinding(standards, dayOf((await clock).now))), 302);
  });
  app.get('/standard/:version', fresh, tagged, (request) => {
    const standard = versionOf(request.req.param('version'));
    return standard === undefined
      ? request.html(<Unknown context={context} what="version" />, 404)
      : request.html(<StandardPage context={context} standard={standard} />);
  });
  app.get('/standard/:version/questions.md', fresh, tagged, (request) => {
    const standard = versionOf(request.req.param('version'));
    return standard === undefined
      ? request.html(<Unknown context={context} what="version" />, 404)
      : request.body(standardText(standard), 200, {
          'Content-Type': 'text/markdown; charset=utf-8',
          'Content-Disposition': `attachment; filename="questions-${standard.version}.md"`,
        });
  });
  return app;
}
