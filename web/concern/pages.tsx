import { Hono, type Context } from 'hono';
import { posted, type Problem } from '../../domain/answer-form.js';
import { cleanText } from '../../domain/answer-text.js';
import { dayOf } from '../../domain/calendar.js';
import { concernOwner } from '../../domain/concern.js';
import { newestBinding } from '../../domain/standards.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { readClock } from '../../prisma/case-time.js';
import { passToStaff, readConcern, startConcern, type Concern } from '../../prisma/concerns.js';
import { postedFields } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { TRAP } from '../nominate/words.js';
import { keepPrivate } from '../private.js';
import { SLUG } from '../registry/pages.js';
import { Unknown } from '../registry/unknown.js';
import { CheckConcernEmail, ConcernForm, LeftTheList } from './form-page.js';
import { ConcernPage, NoConcern } from './link-page.js';
import { problemOfText, readConcernForm } from './read-form.js';
import { CONCERN_LINK } from './words.js';

/** How long the page waits for what became of it, in milliseconds of real time. */
const PATIENCE = 5_000;
const FORM = '/r/:slug/concern';

/** Concerns about listed products: a form for everybody, and the link with which its author confirms, looks and answers. */
export function concernPages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: FORM, context });
  keepPrivate(app, { path: '/concern/*', context });
  app.get(FORM, (request) => form(context, request, 'look'));
  app.post(FORM, (request) => form(context, request, 'send'));
  app.get(CONCERN_LINK, (request) => link(context, request, 'look'));
  app.post(CONCERN_LINK, (request) => link(context, request, 'send'));
  return app;
}

async function form(context: WebContext, request: Context, does: 'look' | 'send'): Promise<Response> {
  const { database } = context;
  const slug = request.req.param('slug') ?? '';
  const listing = SLUG.test(slug) ? await database.listing.findUnique({ where: { slug, nominated: null } }) : null;
  if (listing === null) return request.html(<Unknown context={context} what="product" />, 404);
  const about = { context, slug, product: listing.name };
  const sends = does === 'send';
  if (listing.removedOn !== null) return request.html(<LeftTheList {...about} />, sends ? 409 : 200);
  const standard = await newestStandard(context);
  if (!sends) return request.html(<ConcernForm {...{ ...about, standard }} values={{}} problems={[]} />);
  const values = await postedFields(request);
  const { given, problems } = readConcernForm(values, standard);
  if (problems.length > 0) return request.html(<ConcernForm {...{ ...about, standard, values, problems }} />, 422);
  // A program that fills in everything reads what people read, and nothing is kept of it.
  if (posted(values, TRAP) !== '') return request.html(<CheckConcernEmail {...about} />);
  const became = await startConcern(database, { slug, ...given });
  return became === 'full'
    ? request.html(<ConcernForm {...{ ...about, standard, values, problems }} full />, 429)
    : request.html(<CheckConcernEmail {...about} />);
}

async function link(context: WebContext, request: Context, does: 'look' | 'send'): Promise<Response> {
  request.header('Referrer-Policy', 'no-referrer');
  const concern = await concernOf(context, request);
  if (concern === null) return request.html(<NoConcern context={context} />, 404);
  const { database } = context;
  const { slug, stage } = concern;
  const { name: product } = await database.listing.findUniqueOrThrow({ where: { slug }, select: { name: true } });
  const show = { context, product, standard: await newestStandard(context), action: request.req.path };
  const fresh = { ...show, values: {}, problems: [] };
  if (does === 'look' || (stage !== 'unconfirmed' && stage !== 'asked')) {
    const values = does === 'look' ? {} : await postedFields(request);
    return request.html(<ConcernPage {...{ ...fresh, values, concern }} />);
  }
  const values = stage === 'asked' ? await postedFields(request) : {};
  const details = stage === 'asked' ? cleanText(posted(values, 'text')) : null;
  const problems: readonly Problem[] = details === null ? [] : problemOfText(details, 'Write your answer.');
  if (problems.length > 0) return request.html(<ConcernPage {...{ ...show, concern, values, problems }} />, 422);
  const row = await passToStaff(database, { ...concern, details });
  if (row === 'full') return request.html(<ConcernPage {...fresh} concern={concern} full />, 409);
  if (row !== null) await awaitOutcome(database, { submissionId: row, milliseconds: PATIENCE });
  return request.redirect(request.req.path, 303);
}

async function concernOf({ database, links }: WebContext, request: Context): Promise<Concern | null> {
  const concern = await readConcern(database, request.req.param('concern') ?? '');
  const owner = concernOwner(concern ?? { id: '', address: 'nobody@decoy.invalid' });
  return links.verify(request.req.param('token') ?? '', [owner]) === null ? null : concern;
}

async function newestStandard({ database, standards }: WebContext) {
  const { now } = await database.$transaction(readClock);
  return newestBinding(standards, dayOf(now));
}
