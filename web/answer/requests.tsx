import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanText, grouped, lengthOf, LIMITS } from '../../domain/answer-text.js';
import { appendAndWait, rowOfKey } from '../../prisma/owner-rows.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { ErrorSummary, NothingTaken, titleWith } from './errors.js';
import { TextField } from './inputs.js';
import { REQUEST_PAGES, requestsNow, type RequestPage } from './request-links.js';
import { oneTimeKey, pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

/** The pages with which owners ask for something: each request is a row that staff answer. */
export function requestPages(context: WebContext): Hono {
  const app = new Hono();
  for (const page of REQUEST_PAGES) {
    const path = `/answer/:reference/${page.path}`;
    app.get(
      path,
      visited(context, (request, visitor) => {
        const { record } = visitor;
        const shown = requestsNow(record).find((one) => one.request === page.request);
        if (shown === undefined) return request.redirect(pathOf(record.reference, 'status'), 303);
        const facts = { key: oneTimeKey(visitor, page.request), round: String(record.review.round) };
        const action = pathOf(record.reference, page.path);
        return request.html(<AskPage {...{ context, page: shown, action, form: facts, problems: [] }} />);
      }),
    );
    app.post(
      path,
      sameOrigin(context),
      taking(context, {
        handle: (request, visitor, form) => ask({ context, request, visitor, form, page }),
        apology: (request, form) => (
          <AskPage {...{ context, page, action: new URL(request.req.url).pathname, form, problems: [] }} notSaved />
        ),
      }),
    );
  }
  return app;
}

interface Asking {
  readonly context: WebContext;
  readonly request: Context;
  readonly visitor: Visitor;
  readonly form: FormFields;
  readonly page: RequestPage;
}

async function ask({ context, request, visitor, form, page }: Asking): Promise<Response> {
  const { record, recipientId } = visitor;
  const { reference, caseId } = record;
  const text = cleanText(posted(form, 'text'));
  if (lengthOf(text) > LIMITS.longText) {
    const sentence = `Shorten the text to ${grouped(LIMITS.longText)} characters. It has ${grouped(lengthOf(text))} now.`;
    const action = pathOf(reference, page.path);
    const problems = [{ field: 'text', sentence }];
    return request.html(<AskPage {...{ context, page, action, form, problems }} />, 422);
  }
  const key = `request:${recipientId}:${page.request}:${oneTimeOf(form) ?? oneTimeKey(visitor, page.request)}`;
  const known = await rowOfKey(context.database, key);
  const row = {
    key,
    caseId,
    applicationId: reference,
    round: record.review.round,
    kind: 'request',
    role: 'owner',
    actor: String(recipientId),
    body: { request: page.request, text },
  } as const;
  const id = known ?? (await appendAndWait(context.database, row));
  return request.redirect(pathOf(reference, `status?row=${id}`), 303);
}

/** The one-time key of a posted form; null if it is none of ours. */
export function oneTimeOf(form: FormFields): string | null {
  const key = posted(form, 'key');
  return /^[\w-]{20,64}$/u.test(key) ? key : null;
}

function AskPage({
  context,
  page,
  action,
  form,
  problems,
  notSaved = false,
}: {
  readonly context: WebContext;
  readonly page: RequestPage;
  readonly action: string;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
  readonly notSaved?: boolean;
}) {
  return (
    <Page context={context} title={notSaved ? 'Error: nothing was sent' : titleWith(problems, page.title)} help>
      <nav class="crumbs" aria-label="Back">
        <a href={action.replace(/\/[^/]*$/u, '')}>Back to the review</a>
      </nav>
      <ErrorSummary problems={problems} />
      {notSaved ? <NothingTaken title="Nothing was sent" /> : null}
      <h1>{page.title}</h1>
      {page.about.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <form method="post" action={action} novalidate>
        <input type="hidden" name="key" value={posted(form, 'key')} />
        <input type="hidden" name="round" value={posted(form, 'round')} />
        <TextField
          name="text"
          label={{ text: page.asks }}
          hint="Only staff read this. It is never published."
          values={form}
          problems={problems}
          rows={5}
        />
        <div class="acts">
          <button type="submit">{page.button}</button>
        </div>
      </form>
    </Page>
  );
}
