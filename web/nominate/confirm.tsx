import { Hono, type Context } from 'hono';
import { startOwner } from '../../domain/nomination.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { beginNomination } from '../../prisma/begin-nomination.js';
import { readForm } from '../../prisma/read-form.js';
import { linkHolders } from '../../prisma/sessions.js';
import { readStart, type NominationStart } from '../../prisma/start-nomination.js';
import { confirmSuggestion } from '../../prisma/suggestions.js';
import type { WebContext } from '../context.js';
import { beginSession, pathOf } from '../answer/visit.js';
import { ConfirmedPage, ConfirmPage, ConfirmSuggestionPage, NoStart, SuggestedPage } from './confirm-page.js';

const PATH = '/nominate/confirm/:start/:token';
/** How long the page waits for the nomination's first step, in milliseconds of real time. */
const PATIENCE = 5_000;

/** Where an address is confirmed: the link shows a page, however often it is opened; its button begins the nomination. */
export function confirmPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(PATH, async (request) => {
    const start = await startOf(context, request);
    request.header('Referrer-Policy', 'no-referrer');
    if (start === null) return request.html(<NoStart context={context} />, 404);
    if (start.kind === 'suggestion') {
      const page = { context, action: request.req.path, start };
      return request.html(start.usedAt === null ? <ConfirmSuggestionPage {...page} /> : <SuggestedPage {...page} />);
    }
    if (start.reference !== null) return request.html(<ConfirmedPage context={context} reference={start.reference} />);
    return request.html(<ConfirmPage context={context} action={request.req.path} start={start} />);
  });
  app.post(PATH, async (request) => {
    const start = await startOf(context, request);
    request.header('Referrer-Policy', 'no-referrer');
    if (start === null) return request.html(<NoStart context={context} />, 404);
    if (start.kind !== 'suggestion') return confirm(context, request, start);
    await confirmSuggestion(context.database, start);
    return request.html(<SuggestedPage context={context} />);
  });
  return app;
}

/** Only the first press opens the form by itself: from then on the owner's own link counts, and may be taken away. */
async function confirm(context: WebContext, request: Context, start: NominationStart): Promise<Response> {
  const { database, standards } = context;
  const { reference, row, isNew } = await beginNomination(database, start);
  const outcome = isNew ? await awaitOutcome(database, { submissionId: row, milliseconds: PATIENCE }) : null;
  const record = outcome === null ? null : await readForm(database, reference, standards);
  const [holder] = record === null ? [] : await linkHolders(database, reference);
  if (record === null || holder === undefined) {
    return request.html(<ConfirmedPage context={context} reference={reference} />);
  }
  await beginSession(context, request, { recipientId: holder.recipientId, record });
  return request.redirect(pathOf(reference), 303);
}

async function startOf({ database, links }: WebContext, request: Context): Promise<NominationStart | null> {
  const start = await readStart(database, request.req.param('start') ?? '');
  const owner = startOwner(start ?? { id: '', address: 'nobody@decoy.invalid' });
  return links.verify(request.req.param('token') ?? '', [owner]) === null ? null : start;
}
