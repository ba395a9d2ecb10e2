import { Hono, type Context } from 'hono';
import type { Redeemed } from '../../adapters/issuer.js';
import { posted } from '../../domain/answer-form.js';
import { beginSignIn, staffByAddress, takeSignIn, type SignInBegun } from '../../prisma/staff-sessions.js';
import { postedFields, sameOrigin } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { GoOn, NoSignIn, SignIn, type WhyNoSignIn } from './sign-in-pages.js';
import { beginStaffSession, browserOf, knownBrowser, leave, sha256, staffOf } from './session.js';

/** Where the identity provider sends browsers back to; it knows this address. */
export const SIGNED_IN_PATH = '/desk/signed-in';

/** The most that is kept of the page to come back to. */
const LONGEST_PATH = 1_000;

/**
 * Signing in and out. `/desk/signed-in` is the one GET of all pages that writes: it takes what the identity provider sent
 * along only from the browser that began this very sign-in, within minutes, and once.
 */
export function signInPages(context: WebContext): Hono {
  const app = new Hono();
  app.get('/desk/sign-in', async (request) => {
    const to = ownPath(context, request.req.query('to'));
    if ((await staffOf(context, request)) !== null) return request.redirect(to, 303);
    const left = request.req.query('left') !== undefined;
    return request.html(<SignIn context={context} to={to} left={left} />);
  });
  app.post('/desk/sign-in', sameOrigin(context), async (request) => {
    const form = await postedFields(request);
    return begin(context, request, ownPath(context, posted(form, 'to')));
  });
  app.get(SIGNED_IN_PATH, async (request) => {
    // A HEAD is nobody who comes back.
    if (request.req.method !== 'GET') return refuse(context, request, 'unknown');
    return comeBack(context, request);
  });
  app.post('/desk/sign-out', sameOrigin(context), async (request) => {
    await leave(context, request);
    return request.redirect('/desk/sign-in?left', 303);
  });
  return app;
}

async function begin(context: WebContext, request: Context, returnTo: string): Promise<Response> {
  const { issuer = null, database } = context;
  if (issuer === null) return refuse(context, request, 'nowhere');
  const begun = await issuer.begin();
  if (begun === null) return refuse(context, request, 'away');
  const { state, verifier, nonce } = begun.kept;
  const browser = browserOf(context, request);
  await beginSignIn(database, { id: sha256(state), browser, verifier, nonce, returnTo });
  // Not a redirect: browsers let no form of ours lead to another site, by whatever way (form-action).
  request.header('Refresh', `0; url=${begun.url}`);
  return request.html(<GoOn context={context} url={begun.url} />);
}

async function comeBack(context: WebContext, request: Context): Promise<Response> {
  const { issuer = null, database } = context;
  const state = request.req.query('state') ?? '';
  const browser = knownBrowser(context, request);
  if (issuer === null || browser === null || state === '') return refuse(context, request, 'unknown');
  // Used up before anything is asked for it: of two that come at once, one goes on.
  const begun = await takeSignIn(database, { id: sha256(state), browser });
  if (begun === null) return refuse(context, request, 'unknown');
  const { nonce, verifier } = begun;
  const redeemed = await issuer.redeem(new URL(request.req.url).search, { state, nonce, verifier });
  return redeemed.is === 'known'
    ? letIn({ context, request, begun }, redeemed.address)
    : turnAway(context, request, redeemed);
}

async function letIn(
  { context, request, begun }: { readonly context: WebContext; readonly request: Context; readonly begun: SignInBegun },
  address: string,
): Promise<Response> {
  const person = await staffByAddress(context.database, address);
  if (person === null) return refuse(context, request, 'nobody');
  await beginStaffSession(context, request, { personId: person.id });
  return request.redirect(ownPath(context, begun.returnTo), 303);
}

function turnAway(context: WebContext, request: Context, { is, cause }: Exclude<Redeemed, { is: 'known' }>) {
  // What a provider says may quote whom it was about: of the cause, class and code alone go to the log.
  if (is === 'not_believed' || is === 'away') context.report?.(cause);
  return refuse(context, request, is);
}

const STATUS: Readonly<Record<WhyNoSignIn, 400 | 403 | 404 | 503>> = {
  unknown: 400,
  refused: 403,
  not_believed: 400,
  no_address: 403,
  nobody: 403,
  nowhere: 404,
  away: 503,
};

function refuse(context: WebContext, request: Context, why: WhyNoSignIn): Response | Promise<Response> {
  return request.html(<NoSignIn context={context} why={why} />, STATUS[why]);
}

/** A path of the pages for staff, or the desk: nobody is led elsewhere by an address that somebody else made. */
function ownPath({ publicUrl }: WebContext, given: string | undefined): string {
  if (given === undefined || given.length > LONGEST_PATH || !URL.canParse(given, publicUrl)) return '/desk';
  const { origin, pathname, search } = new URL(given, publicUrl);
  const ours = origin === new URL(publicUrl).origin && /^\/(desk|console)(\/|$)/u.test(pathname);
  return ours && !/^\/desk\/sign/u.test(pathname) ? `${pathname}${search}` : '/desk';
}
