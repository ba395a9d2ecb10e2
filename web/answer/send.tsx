import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { parseSubmission } from '../../domain/questionnaire.js';
import { appendAndWait, rowOfKey } from '../../prisma/owner-rows.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { CheckPage, SendForm, type SendFacts } from './check-page.js';
import { formState, submissionOf, type FormState } from './form-state.js';
import { mayAnswer } from './questions.js';
import { oneTimeOf } from './requests.js';
import { oneTimeKey, pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

/** The page on which all answers are checked, and the button that sends them. */
export function sendPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/answer/:reference/check',
    visited(context, (request, visitor) => {
      const { reference } = visitor.record;
      if (!mayAnswer(visitor)) return request.redirect(pathOf(reference, 'status'), 303);
      const state = formState(visitor.record);
      const { onlyDrafts } = visitor;
      return request.html(<CheckPage {...{ context, state, send: factsOf(visitor, state), onlyDrafts }} />);
    }),
  );
  app.post(
    '/answer/:reference/send',
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => send({ context, request, visitor, form }),
      apology: (request, form) => <NotSent context={context} action={new URL(request.req.url).pathname} form={form} />,
    }),
  );
  return app;
}

/** What of the answers a person saw on the check page: its digest comes back with the button. */
function factsOf(visitor: Visitor, state: FormState): SendFacts {
  return {
    key: oneTimeKey(visitor, 'answers'),
    round: visitor.record.review.round,
    seen: createHash('sha256')
      .update(JSON.stringify(submissionOf(state)))
      .digest('base64url'),
  };
}

async function send({
  context,
  request,
  visitor,
  form,
}: {
  readonly context: WebContext;
  readonly request: Context;
  readonly visitor: Visitor;
  readonly form: FormFields;
}): Promise<Response> {
  const { record, recipientId } = visitor;
  const { reference, caseId, review } = record;
  const key = `answers:${recipientId}:${oneTimeOf(form) ?? oneTimeKey(visitor, 'answers')}`;
  const known = await rowOfKey(context.database, key);
  if (known !== null) return request.redirect(pathOf(reference, `status?row=${known}`), 303);
  if (!mayAnswer(visitor)) return request.redirect(pathOf(reference, 'status'), 303);
  const state = formState(record);
  const facts = factsOf(visitor, state);
  const again = (notice: string, status: 409 | 422) =>
    request.html(<CheckPage {...{ context, state, send: facts, notice }} />, status);
  const submission = submissionOf(state);
  if (!state.ready || submission === null || !parseSubmission({ standard: record.standard, body: submission }).ok)
    return again('Some answers are still open. They are listed below.', 422);
  if (posted(form, 'round') !== String(review.round)) {
    return again('The review moved on since you opened this page. Check your answers again, then send them.', 409);
  }
  if (posted(form, 'seen') !== facts.seen) {
    return again('The answers changed since you opened this page. Check them again, then send them.', 409);
  }
  const id = await appendAndWait(context.database, {
    key,
    caseId,
    applicationId: reference,
    round: review.round,
    kind: 'answers',
    role: 'owner',
    actor: String(recipientId),
    // As it was composed: parsing drops emptied answers, and those are to cover what is on file.
    body: submission,
  });
  return request.redirect(pathOf(reference, `status?row=${id}`), 303);
}

/** The database is away: the button stands there again, with the same one-time key. */
function NotSent({
  context,
  action,
  form,
}: {
  readonly context: WebContext;
  readonly action: string;
  readonly form: FormFields;
}) {
  const send = { key: posted(form, 'key'), round: Number(posted(form, 'round')) || 0, seen: posted(form, 'seen') };
  return (
    <Page context={context} title="Error: nothing was sent" help>
      <h1>Nothing was sent</h1>
      <p>
        There is a problem with the service. Your saved answers are still there. Try again in a few minutes: they are
        sent once, however often you press the button.
      </p>
      <SendForm action={action} send={send} product="the product" />
    </Page>
  );
}
