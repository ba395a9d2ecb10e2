import { Hono, type Context } from 'hono';
import { printDay } from '../../adapters/dates.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { appealUntil } from '../../domain/appealing.js';
import { cleanText, grouped, lengthOf, LIMITS } from '../../domain/answer-text.js';
import { endOfDayAnywhere, type Day } from '../../domain/calendar.js';
import { appendAndWait, rowOfKey } from '../../prisma/owner-rows.js';
import type { FormRecord } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { ErrorSummary, NothingTaken, titleWith } from './errors.js';
import { TextField } from './inputs.js';
import { oneTimeOf } from './requests.js';
import { oneTimeKey, pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

const WITHOUT_GROUNDS = 'Say why you appeal: what the reasons overlook, and where it can be seen.';

/** The page with which an owner appeals against a decision: one row, which a reviewer who gave no verdict decides. */
export function appealPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/answer/:reference/appeal',
    visited(context, (request, visitor) => {
      const { record } = visitor;
      if (appealableUntil(record) === null) return request.redirect(pathOf(record.reference, 'status'), 303);
      const form = { key: oneTimeKey(visitor, 'appeal'), round: String(record.review.round) };
      return request.html(<AppealPage {...{ context, record, form, problems: [] }} />);
    }),
  );
  app.post(
    '/answer/:reference/appeal',
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => appeal(context, request, { visitor, form }),
      apology: (_request, form) => <NotSaved context={context} form={form} />,
    }),
  );
  return app;
}

/** Until when the decision of a review can be appealed now; null: it can not. */
function appealableUntil({ review, now }: FormRecord): Day | null {
  const until = appealUntil(review);
  return until !== null && now < endOfDayAnywhere(until) ? until : null;
}

/** Whether it can be appealed is the rules' to say: whoever comes too late reads so on the page of the row. */
async function appeal(
  context: WebContext,
  request: Context,
  { visitor, form }: { readonly visitor: Visitor; readonly form: FormFields },
): Promise<Response> {
  const { record, recipientId } = visitor;
  const { reference, caseId, review } = record;
  const text = cleanText(posted(form, 'text'));
  const problems = problemsOf(text);
  if (problems.length > 0) return request.html(<AppealPage {...{ context, record, form, problems }} />, 422);
  const key = `appeal:${recipientId}:${oneTimeOf(form) ?? oneTimeKey(visitor, 'appeal')}`;
  const id =
    (await rowOfKey(context.database, key)) ??
    (await appendAndWait(context.database, {
      ...{ key, caseId, applicationId: reference, kind: 'appeal', role: 'owner', actor: String(recipientId) },
      round: Number(posted(form, 'round')) || review.round,
      body: { text },
    }));
  return request.redirect(pathOf(reference, `status?row=${id}`), 303);
}

function problemsOf(text: string): readonly Problem[] {
  if (text === '') return [{ field: 'text', sentence: WITHOUT_GROUNDS }];
  const length = lengthOf(text);
  if (length <= LIMITS.longText) return [];
  const sentence = `Shorten the text to ${grouped(LIMITS.longText)} characters. It has ${grouped(length)} now.`;
  return [{ field: 'text', sentence }];
}

/** Offers the appeal on the page of the result, as long as it can be made. */
export function AppealPanel({ record }: { readonly record: FormRecord }) {
  const until = appealableUntil(record);
  if (until === null) return null;
  return (
    <section class="panel" aria-labelledby="appeal">
      <h2 id="appeal">You do not agree?</h2>
      <p>
        You can appeal once, until the end of {printDay(until)} (end of day anywhere on Earth). Somebody who gave no
        verdict in this review decides on it.
      </p>
      <div class="acts">
        <a class="button second" href={pathOf(record.reference, 'appeal')}>
          Appeal
        </a>
      </div>
    </section>
  );
}

function AppealPage({
  context,
  record,
  form,
  problems,
}: {
  readonly context: WebContext;
  readonly record: FormRecord;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  const { product, reference, removedOn, review } = record;
  const title = `Appeal: ${product}`;
  const meanwhile =
    removedOn === null || review.kind === 'privacy'
      ? `The listing of ${product} does not change.`
      : `${product} stays off the registry until then.`;
  return (
    <Page context={context} title={titleWith(problems, title)} help>
      <nav class="crumbs" aria-label="Back">
        <a href={pathOf(reference, 'status')}>Back to the result</a>
      </nav>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      <p>A reviewer who gave no verdict in this review reads your answers, the reasons and your appeal, and decides.</p>
      <p>There is one appeal for each review. {meanwhile}</p>
      <form method="post" action={pathOf(reference, 'appeal')} novalidate>
        <Hidden form={form} />
        <TextField
          name="text"
          label={{ text: 'Why do you appeal?' }}
          hint="Say for each reason what it overlooks, and where that can be seen. Only reviewers and staff read this. It is never published."
          values={form}
          problems={problems}
          rows={8}
        />
        <div class="acts">
          <button type="submit">Send the appeal</button>
        </div>
      </form>
    </Page>
  );
}

function Hidden({ form }: { readonly form: FormFields }) {
  return (
    <>
      <input type="hidden" name="key" value={posted(form, 'key')} />
      <input type="hidden" name="round" value={posted(form, 'round')} />
    </>
  );
}

/** The database is away: what was typed is sent once more from here. */
function NotSaved({ context, form }: { readonly context: WebContext; readonly form: FormFields }) {
  return (
    <Page context={context} title="Error: nothing was sent" help>
      <NothingTaken title="Nothing was sent" />
      <h1>Appeal</h1>
      <form method="post" novalidate>
        <Hidden form={form} />
        <TextField name="text" label={{ text: 'Why do you appeal?' }} values={form} problems={[]} rows={8} />
        <div class="acts">
          <button type="submit">Send the appeal</button>
        </div>
      </form>
    </Page>
  );
}
