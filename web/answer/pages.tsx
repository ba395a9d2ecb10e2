import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { WebContext } from '../context.js';
import { TooLong } from '../problems.js';
import { declarationPages } from './declaration.js';
import { doorPages, newLinkPages } from './door.js';
import { formState } from './form-state.js';
import { mayAnswer, questionPages } from './questions.js';
import { requestPages } from './requests.js';
import { sendPages } from './send.js';
import { statusPages } from './status.js';
import { TaskList } from './task-list.js';
import { pathOf, postedFields, visited } from './visit.js';

/** The most that a page of the form may post, in bytes: many times the longest answers. */
const MOST_BYTES = 1_000_000;
/** Up to here what was typed is shown again, so that nobody loses it; beyond it nobody typed. */
const SHOWN_BYTES = 4_000_000;

/** The owner's pages: `/answer/...`. Nothing of them is kept by browsers or named to other sites. */
export function answerPages(context: WebContext): Hono {
  const app = new Hono();
  app.use('/answer/*', async (request, next) => {
    await next();
    request.header('Cache-Control', 'no-store');
    // Browsers name no origin in what a page posts that refers to nobody, so that our own pages are named to us alone.
    if (request.res.headers.get('Referrer-Policy') === null) request.header('Referrer-Policy', 'same-origin');
  });
  const tooLong = async (request: Context): Promise<Response> => {
    const typed = isShownAgain(request) ? await postedFields(request) : {};
    return request.html(<TooLong context={context} typed={typed} />, 413);
  };
  app.use('/answer/*', bodyLimit({ maxSize: MOST_BYTES, onError: tooLong }));
  app.route('/', newLinkPages(context));
  app.get(
    '/answer/:reference',
    visited(context, (request, visitor) => {
      const { record } = visitor;
      if (!mayAnswer(visitor)) return request.redirect(pathOf(record.reference, 'status'), 303);
      return request.html(<TaskList context={context} state={formState(record)} />);
    }),
  );
  for (const pages of [questionPages, declarationPages, sendPages, statusPages, requestPages, doorPages]) {
    app.route('/', pages(context));
  }
  return app;
}

/** Of a body without its length a part has been read already. */
function isShownAgain({ req }: Context): boolean {
  const bytes = Number(req.header('Content-Length') ?? Number.NaN);
  return req.header('Transfer-Encoding') === undefined && bytes <= SHOWN_BYTES;
}
