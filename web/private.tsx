import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { postedFields } from './answer/visit.js';
import type { WebContext } from './context.js';
import { TooLong } from './problems.js';

/** The most that a form may post, in bytes: many times the longest answers. */
const MOST_BYTES = 1_000_000;
/** Up to here what was typed is shown again, so that nobody loses it; beyond it nobody typed. */
const SHOWN_BYTES = 4_000_000;

/** Pages that are not everybody's: browsers keep nothing of them and name them to no other site; forms have a limit. */
export function keepPrivate(
  app: Hono,
  { path, context }: { readonly path: string; readonly context: WebContext },
): void {
  app.use(path, async (request, next) => {
    await next();
    request.header('Cache-Control', 'no-store');
    // Browsers name no origin in what a page posts that refers to nobody, so that our own pages are named to us alone.
    if (request.res.headers.get('Referrer-Policy') === null) request.header('Referrer-Policy', 'same-origin');
  });
  const tooLong = async (request: Context): Promise<Response> => {
    const typed = isShownAgain(request) ? await postedFields(request) : {};
    return request.html(<TooLong context={context} typed={typed} />, 413);
  };
  app.use(path, bodyLimit({ maxSize: MOST_BYTES, onError: tooLong }));
}

/** Of a body without its length a part has been read already. */
function isShownAgain({ req }: Context): boolean {
  const bytes = Number(req.header('Content-Length') ?? Number.NaN);
  return req.header('Transfer-Encoding') === undefined && bytes <= SHOWN_BYTES;
}
