import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { posted, type Problem } from '../../domain/answer-form.js';
import { CODE_LASTS, codeTyped } from '../../domain/sign-in-code.js';
import { askForCode, awaitsCode, tryCode } from '../../prisma/sign-in-codes.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { postedFields, sameOrigin } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { beginStaffSession, browserOf, knownBrowser, staffOf } from '../desk/session.js';
import { Page } from '../layout.js';

/** The most that is kept of the page to come back to, and of an address. */
const LONGEST = 320;

/**
 * How experts sign in: they type their address, and then the code that we send there. What they read is the same whether
 * or not anybody has that address. Nothing is written by a GET.
 */
export function expertSignIn(context: WebContext): Hono {
  const app = new Hono();
  app.get('/expert/sign-in', async (request) => {
    const to = ownPath(request.req.query('to'));
    if ((await staffOf(context, request))?.roles.includes('expert') === true) return request.redirect(to, 303);
    return request.html(<Address {...{ context, to, problems: [] }} />);
  });
  app.post('/expert/sign-in', sameOrigin(context), (request) => ask(context, request));
  app.get('/expert/code', async (request) => {
    const browser = knownBrowser(context, request);
    const waits = browser !== null && (await awaitsCode(context.database, browser));
    return waits ? request.html(<Code {...{ context, problems: [] }} />) : request.redirect('/expert/sign-in', 303);
  });
  app.post('/expert/code', sameOrigin(context), (request) => tryIt(context, request));
  return app;
}

async function ask(context: WebContext, request: Context): Promise<Response> {
  const form = await postedFields(request);
  const address = posted(form, 'address').trim();
  const to = ownPath(posted(form, 'to'));
  if (!/^[^\s@]+@[^\s@]+$/u.test(address) || address.length > LONGEST) {
    const problems = [{ field: 'address', sentence: 'Type your email address, such as name@example.org.' }];
    return request.html(<Address {...{ context, to, problems, address }} />, 422);
  }
  const nonce = randomBytes(16).toString('base64url');
  await askForCode(context.database, { address, nonce, returnTo: to, browser: browserOf(context, request) });
  return request.redirect('/expert/code', 303);
}

async function tryIt(context: WebContext, request: Context): Promise<Response> {
  const browser = knownBrowser(context, request);
  const typed = codeTyped(posted(await postedFields(request), 'code'));
  if (browser === null) return request.html(<Over context={context} />, 403);
  const isRight = (owner: Parameters<typeof context.links.isCode>[1]) => context.links.isCode(typed, owner);
  const tried = await tryCode(context.database, { browser, isRight });
  if (tried === 'over') return request.html(<Over context={context} />, 403);
  if (tried === 'wrong') {
    const problems = [
      { field: 'code', sentence: 'That is not the code. Look at the newest email, and type it again.' },
    ];
    return request.html(<Code {...{ context, problems }} />, 422);
  }
  await beginStaffSession(context, request, { personId: tried.personId, onlyAs: 'expert' });
  return request.redirect(ownPath(tried.returnTo), 303);
}

/** A page for experts: nobody is led elsewhere by an address that somebody else made. */
function ownPath(given: string | undefined): string {
  const ours = /^\/expert(\/[\w-]+){0,3}$|^\/desk\/other-tab$/u;
  const signsIn = /^\/expert\/(sign-in|code)$/u;
  return given !== undefined && ours.test(given) && !signsIn.test(given) ? given : '/expert';
}

function Address({
  context,
  to,
  problems,
  address = '',
}: {
  readonly context: WebContext;
  readonly to: string;
  readonly problems: readonly Problem[];
  readonly address?: string;
}) {
  return (
    <Page context={context} title={titleWith(problems, 'Sign in as an expert')} staff>
      <ErrorSummary problems={problems} />
      <h1>Sign in as an expert</h1>
      <p>{context.organisation} asked for your advice? Type the address to which we wrote. We send you a code.</p>
      <form method="post" action="/expert/sign-in">
        <input type="hidden" name="to" value={to} />
        <TextField
          {...{ name: 'address', label: { text: 'Your email address' }, values: { address }, problems }}
          kind="email"
        />
        <div class="acts">
          <button type="submit">Send me a code</button>
        </div>
      </form>
      <p class="small">
        You are a reviewer, or of the secretariat? <a href="/desk/sign-in">Sign in here</a>.
      </p>
    </Page>
  );
}

function Code({ context, problems }: { readonly context: WebContext; readonly problems: readonly Problem[] }) {
  return (
    <Page context={context} title={titleWith(problems, 'Type your code')} staff>
      <ErrorSummary problems={problems} />
      <h1>Type your code</h1>
      <p>
        If the address is one of an expert of ours, a code is on its way to it. It works for {CODE_LASTS} minutes, in
        this browser.
      </p>
      <form method="post" action="/expert/code">
        <TextField
          {...{ name: 'code', label: { text: 'Your code' }, values: {}, problems }}
          hint="8 letters and digits. Capitals and spaces do not matter. You can paste it."
        />
        <div class="acts">
          <button type="submit">Sign in</button>
        </div>
      </form>
      <p>
        Nothing came? Look among the unwanted emails too, or <a href="/expert/sign-in">begin again</a>.
      </p>
    </Page>
  );
}

function Over({ context }: { readonly context: WebContext }) {
  return (
    <Page context={context} title="You are not signed in" staff>
      <h1>You are not signed in</h1>
      <p>This code was used, is too old, was tried too often, or was asked for in another browser.</p>
      <p>
        <a href="/expert/sign-in">Ask for a new code</a>
      </p>
    </Page>
  );
}
