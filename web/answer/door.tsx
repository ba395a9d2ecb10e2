import { Hono, type Context } from 'hono';
import { printDay } from '../../adapters/dates.js';
import { posted } from '../../domain/answer-form.js';
import { cleanLine } from '../../domain/answer-text.js';
import { appendSubmission } from '../../prisma/append.js';
import { readForm, takesAnswers, type FormRecord } from '../../prisma/read-form.js';
import { REFERENCE } from '../../prisma/read-reference.js';
import { linkHolders } from '../../prisma/sessions.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { noteUse } from './link-use.js';
import { caseTitle } from './nomination-words.js';
import { NewLink, NoLink } from './no-link.js';
import { WhoSends } from './only-drafts.js';
import { TurnPanel } from './turn.js';
import { beginSession, pathOf, postedFields, type Visitor } from './visit.js';

/** A link of another review is checked against as many people as a real one usually has. */
const DECOYS = [-1, -2, -3, -4] as const;
/** Asking for a new link takes so long, in milliseconds, whoever asks: longer than appending the row. */
const ANSWER_AFTER = 400;

/**
 * The doors of the form. A link shows a page and changes nothing, however often mail scanners open it; its button
 * begins the session. Nothing here counts a cookie, so that no other page can misuse one.
 */
export function doorPages(context: WebContext): Hono {
  const app = new Hono();
  app.get('/answer/:reference/:token', async (request) => {
    const opened = await openedBy(context, request);
    request.header('Referrer-Policy', 'no-referrer');
    if (opened === null) return request.html(<NoLink context={context} />, 404);
    return request.html(<Landing context={context} opened={opened} action={request.req.path} />);
  });
  app.post('/answer/:reference/:token', async (request) => {
    const opened = await openedBy(context, request);
    request.header('Referrer-Policy', 'no-referrer');
    if (opened === null) return request.html(<NoLink context={context} />, 404);
    await beginSession(context, request, opened);
    await noteUse(context, opened);
    return request.redirect(firstPath(opened.record), 303);
  });
  return app;
}

/** Where a lost link is asked for; it says the same to everybody. */
export function newLinkPages(context: WebContext): Hono {
  const app = new Hono();
  app.get('/answer/new-link', (request) => request.html(<NewLink context={context} asked={false} />));
  app.post('/answer/new-link', async (request) => {
    const pause = new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER));
    await Promise.all([askForLink(context, request), pause]);
    return request.html(<NewLink context={context} asked />);
  });
  return app;
}

type Opened = Pick<Visitor, 'recipientId' | 'record' | 'onlyDrafts'>;

async function openedBy({ database, links, standards }: WebContext, request: Context): Promise<Opened | null> {
  const given = request.req.param('reference') ?? '';
  const reference = REFERENCE.test(given) ? given : '';
  const address = 'nobody@decoy.invalid';
  const decoys = DECOYS.map((recipientId) => {
    return { applicationId: reference, recipientId, address, linkVersion: 0, onlyDrafts: false };
  });
  const holders = [...(await linkHolders(database, reference)), ...decoys];
  const holder = links.verify(request.req.param('token') ?? '', holders);
  if (holder === null || holder.recipientId < 0) return null;
  const record = await readForm(database, reference, standards);
  return record === null ? null : { recipientId: holder.recipientId, onlyDrafts: holder.onlyDrafts, record };
}

/** A privacy case that nobody began goes straight to its first question; everything else to the list. */
function firstPath({ reference, review, drafts, rows }: FormRecord): string {
  const untouched = Object.keys(drafts).length === 0 && rows.length === 0;
  const straight = review.asks === 'privacy' && untouched && takesAnswers(review);
  return pathOf(reference, straight ? 'q/pii_level' : '');
}

/**
 * A new link goes to the contact on file, if whoever asks knows an address of the review. A colleague who may only draft
 * is invited once more by a contact.
 */
async function askForLink({ database, standards }: WebContext, request: Context): Promise<void> {
  const form = await postedFields(request);
  const given = cleanLine(posted(form, 'reference')).toUpperCase();
  const address = cleanLine(posted(form, 'address')).toLowerCase();
  const reference = REFERENCE.test(given) ? given : '';
  const holders = (await linkHolders(database, reference)).filter(({ onlyDrafts }) => !onlyDrafts);
  const holder = holders.find((one) => one.address.toLowerCase() === address);
  const record = await readForm(database, reference, standards);
  if (holder === undefined || record === null) return;
  await appendSubmission(database, {
    // One an hour: more would be a way to flood a mailbox.
    key: `new_link:${holder.recipientId}:${record.now.slice(0, 13)}`,
    caseId: record.caseId,
    applicationId: reference,
    round: record.review.round,
    kind: 'new_link',
    role: 'owner',
    actor: String(holder.recipientId),
    body: {},
  });
}

function Landing({
  context,
  opened: { record, onlyDrafts },
  action,
}: {
  readonly context: WebContext;
  readonly opened: Opened;
  readonly action: string;
}) {
  const { product, review, validUntil } = record;
  const open = takesAnswers(review);
  return (
    <Page context={context} title={caseTitle(record)} help>
      <h1>{caseTitle(record)}</h1>
      {onlyDrafts ? <WhoSends product={product} open={open} /> : null}
      {open ? <Asks record={record} /> : <p>This link shows where the review stands.</p>}
      <form method="post" action={action}>
        <div class="acts">
          <button type="submit">{open ? 'Start or go on' : 'Show the review'}</button>
        </div>
      </form>
      {onlyDrafts ? null : <TurnPanel record={record} />}
      {open ? <WhatIsPublished product={product} onlyDrafts={onlyDrafts} /> : null}
      {validUntil === null ? null : (
        <p class="small">
          The listing of {product} is valid until {printDay(validUntil)}.
        </p>
      )}
    </Page>
  );
}

function Asks({ record }: { readonly record: FormRecord }) {
  const { product, review } = record;
  const what =
    review.asks === 'privacy'
      ? `We ask how ${product} protects personal data: five questions. If it handles no personal data, it is one.`
      : review.state === 'clarification'
        ? `Some answers about ${product} need a few more words.`
        : review.turn?.of === 'notice'
          ? `As the answers are now, ${product} does not meet the DPG Standard. Nothing is decided. You can reply first.`
          : review.about !== undefined
            ? `Somebody raised a concern about ${product}. We ask about parts of the form. Earlier answers are filled in.`
            : review.kind === 'nomination'
              ? `The form asks for everything that reviewers need to know about ${product}.`
              : `Once a year, we ask for the answers about ${product}. Earlier answers are filled in: you confirm or change each.`;
  return (
    <>
      <p>{what}</p>
      <p>You do not need a password. Every page is saved. You can stop and return with the same link.</p>
    </>
  );
}

function WhatIsPublished({ product, onlyDrafts }: { readonly product: string; readonly onlyDrafts: boolean }) {
  return (
    <>
      <h2>What is published</h2>
      <p>
        The registry publishes your answers. It does not publish your name, role or contact details. What you write in
        the boxes “for reviewers only” stays private.
      </p>
      {onlyDrafts ? null : (
        <p>
          Only a person who can speak for {product} can send the answers. Forward our email to the right colleague, or
          open the form and tell us who that is.
        </p>
      )}
    </>
  );
}
