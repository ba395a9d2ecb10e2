import { Hono } from 'hono';
import { printDay } from '../adapters/dates.js';
import { dayOf } from '../domain/calendar.js';
import { readReference, REFERENCE, type KnownReference } from '../prisma/read-reference.js';
import type { WebContext } from './context.js';
import { Page } from './layout.js';

/** `/check`: tells whether an email is from us, by the reference that it names. Public; says what `/a/<ref>` says. */
export function checkPages(context: WebContext): Hono {
  const app = new Hono();
  app.get('/check', async (request) => {
    const typed = (request.req.query('reference') ?? '').trim().toUpperCase().slice(0, 40);
    const known = REFERENCE.test(typed) ? await readReference(context.database, typed) : null;
    return request.html(<Check context={context} typed={typed} known={known} />);
  });
  return app;
}

function Check({
  context,
  typed,
  known,
}: {
  readonly context: WebContext;
  readonly typed: string;
  readonly known: KnownReference | null;
}) {
  return (
    <Page context={context} title="Is this email real?">
      <h1>Is this email real?</h1>
      {typed === '' ? null : <Finding context={context} typed={typed} known={known} />}
      <form method="get" action="/check">
        <div class="field">
          <label for="reference">Reference in the email</label>
          <p class="hint" id="reference-hint">
            It stands at the end of the email, for example 2026-7Q2MK
          </p>
          <input
            type="text"
            id="reference"
            name="reference"
            value={typed}
            maxlength={40}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="reference-hint"
          />
        </div>
        <div class="acts">
          <button type="submit">Check</button>
        </div>
      </form>
      <h2>How to know our emails</h2>
      <ul>
        <li>We never ask for a password, and we never send attachments.</li>
        <li>
          Every link begins with <strong>{context.publicUrl}/</strong>
        </li>
        <li>Opening a link changes nothing. You press a button first.</li>
      </ul>
    </Page>
  );
}

function Finding({
  context,
  typed,
  known,
}: {
  readonly context: WebContext;
  readonly typed: string;
  readonly known: KnownReference | null;
}) {
  if (known === null) {
    return (
      <div class="panel" role="status">
        <h2>We do not know this reference</h2>
        <p>
          Nothing here has the reference “{typed}”. Check the spelling. If it is right, the email is not from us: do not
          open its links.
        </p>
      </div>
    );
  }
  const { reference, product, kind, openedAt, written } = known;
  return (
    <div class="panel done" role="status">
      <h2>We know this reference</h2>
      <p>
        {reference} is the {whatItIs(kind)}
        {product === null ? null : (
          <>
            {' '}
            of <a href={`/r/${product.slug}`}>{product.name}</a>
          </>
        )}
        , open since {printDay(dayOf(openedAt))}.{' '}
        {written
          ? `${context.organisation} writes to its owner about it.`
          : `${context.organisation} has not sent an email about it yet.`}
      </p>
      <p>
        The email is real if it is about {product?.name ?? 'the product that you nominated'}, and if its link begins
        with{' '}
        <strong>
          {context.publicUrl}/answer/{reference}/
        </strong>
      </p>
    </div>
  );
}

function whatItIs(kind: string): string {
  if (kind === 'nomination') return 'nomination';
  return kind === 'privacy' ? 'review of the privacy answers' : 'review';
}
