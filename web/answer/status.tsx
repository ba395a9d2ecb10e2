import { Hono } from 'hono';
import { printInstant } from '../../adapters/dates.js';
import { asked, type OwnerSubmission } from '../../domain/answers.js';
import { parseSubmission } from '../../domain/questionnaire.js';
import { markTold } from '../../prisma/owner-rows.js';
import { takesAnswers, waitingAnswers, type FormRecord, type OwnersRow } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { AppealPanel } from './appeal.js';
import { AnswersList, type AnswerRow } from './answers-list.js';
import { caseTitle } from './nomination-words.js';
import { WhoSends } from './only-drafts.js';
import { RequestLinks } from './request-links.js';
import { Result } from './result.js';
import { REQUESTS, TurnPanel } from './turn.js';
import { pathOf, visited } from './visit.js';

/** Seconds after which the page of a row without outcome looks again. */
const LOOK_AGAIN = 3;

/** Where a review stands, and what became of a row: `/answer/<reference>/status?row=<its number>`. Stays for good. */
export function statusPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/answer/:reference/status',
    visited(context, async (request, { record, onlyDrafts }) => {
      if (onlyDrafts) return request.html(<DraftersStatus context={context} record={record} />);
      const wanted = request.req.query('row');
      const row = wanted === undefined ? newestRow(record) : record.rows.find(({ id }) => String(id) === wanted);
      if (row?.outcome === null) await markTold(context.database, row.id);
      return request.html(<Status context={context} record={record} row={row ?? null} />);
    }),
  );
  return app;
}

/** What the page shows when no row is named: answers that still wait, else what came last. */
function newestRow(record: FormRecord): OwnersRow | undefined {
  return waitingAnswers(record) ?? record.rows.at(-1);
}

function Status({
  context,
  record,
  row,
}: {
  readonly context: WebContext;
  readonly record: FormRecord;
  readonly row: OwnersRow | null;
}) {
  const { product, review } = record;
  const waits = row !== null && row.outcome === null;
  const title = waits ? `Received: ${product}` : caseTitle(record);
  return (
    <Page context={context} title={title} help {...(waits ? { refresh: LOOK_AGAIN } : {})}>
      <h1>{title}</h1>
      {row === null ? null : <RowState record={record} row={row} />}
      <Result record={record} />
      <TurnPanel record={record} />
      <AppealPanel record={record} />
      {takesAnswers(review) && waitingAnswers(record) === null ? (
        <div class="acts">
          <a class="button" href={pathOf(record.reference)}>
            Go to your answers
          </a>
        </div>
      ) : null}
      {row?.kind === 'answers' ? <Copy context={context} record={record} row={row} /> : null}
      <RequestLinks record={record} />
    </Page>
  );
}

/** Where a review stands, for a colleague who may only draft: what others asked and sent is not theirs. */
function DraftersStatus({ context, record }: { readonly context: WebContext; readonly record: FormRecord }) {
  const { product, reference } = record;
  const open = takesAnswers(record.review) && waitingAnswers(record) === null;
  return (
    <Page context={context} title={caseTitle(record)} help>
      <h1>{caseTitle(record)}</h1>
      <Result record={record} />
      <WhoSends product={product} open={open} />
      {open ? (
        <div class="acts">
          <a class="button" href={pathOf(reference)}>
            Go to the answers
          </a>
        </div>
      ) : null}
    </Page>
  );
}

const WHAT: Readonly<Record<string, string>> = { answers: 'your answers', appeal: 'your appeal' };

function RowState({ record, row }: { readonly record: FormRecord; readonly row: OwnersRow }) {
  const what = WHAT[row.kind] ?? 'your request';
  if (row.outcome === null) {
    return (
      <section class="panel done" aria-labelledby="row">
        <h2 id="row">We received {what}</h2>
        <p>This was on {printInstant(row.at)}. In a moment, this page shows what comes of it: it loads itself again.</p>
        <p>
          You can close it. We send you an email.{' '}
          <a href={pathOf(record.reference, `status?row=${row.id}`)}>Load the page now</a>
        </p>
      </section>
    );
  }
  const taken = row.outcome.result === 'accepted' || row.outcome.result === 'joined';
  return (
    <section class={taken ? 'panel done' : 'panel'} aria-labelledby="row">
      <h2 id="row">{taken ? `We have ${what}` : `We could not take ${what}`}</h2>
      {requestOf(row) === null ? null : <p>{requestOf(row)}</p>}
      <p>{row.outcome.sentence}</p>
      <p class="small">Received on {printInstant(row.at)}.</p>
      {taken || row.kind !== 'answers' ? null : <p>Your text is kept. {whatToDo(record)}</p>}
    </section>
  );
}

function whatToDo({ review }: FormRecord): string {
  return takesAnswers(review) ? 'Check it and send it again.' : 'Write to us if something in it must change.';
}

/** What was asked for, as a sentence. */
function requestOf({ body }: OwnersRow): string | null {
  const request = typeof body === 'object' && body !== null && 'request' in body ? body.request : null;
  const words = Object.entries(REQUESTS).find(([word]) => word === request)?.[1];
  return words === undefined ? null : `${words.replace('you', 'You')}.`;
}

/** A copy of what was sent: owners keep a record. */
function Copy({
  context,
  record,
  row,
}: {
  readonly context: WebContext;
  readonly record: FormRecord;
  readonly row: OwnersRow;
}) {
  const parsed = parseSubmission({ standard: record.standard, body: row.body });
  if (!parsed.ok) return null;
  const { declaration, forReviewers } = parsed.submission;
  const boxes = Object.keys(forReviewers).length;
  return (
    <>
      <h2>What you sent</h2>
      <p>
        Sent by {declaration.name}, {declaration.role}. To correct an answer, write to{' '}
        <a href={`mailto:${context.staffAddress}`}>{context.staffAddress}</a>.
      </p>
      <details>
        <summary>Show the answers</summary>
        <AnswersList standard={record.standard} rows={rowsOf(record, parsed.submission)} />
        {boxes === 0 ? null : (
          <p>
            You also filled {boxes} {boxes === 1 ? 'box' : 'boxes'} “for reviewers only”. They are not shown here.
          </p>
        )}
      </details>
    </>
  );
}

function rowsOf({ earlier, standard }: FormRecord, { answers, confirmed }: OwnerSubmission): readonly AnswerRow[] {
  const kept = new Set(confirmed);
  return asked({ standard, scope: 'all' }).flatMap((question): AnswerRow[] => {
    const value = answers[question.id];
    if (value !== undefined) return [{ question, value }];
    if (!kept.has(question.id)) return [];
    return [{ question, value: earlier[question.id]?.value, note: 'Confirmed as it was.' }];
  });
}
