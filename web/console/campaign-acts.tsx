import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { campaignCase } from '../../domain/campaign.js';
import { reasonGiven } from '../../client/given.js';
import { UsageError } from '../../client/usage.js';
import type { Appended } from '../../prisma/append.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { closeCampaign, releaseCampaign } from '../../prisma/campaign.js';
import { campaignStatus } from '../../prisma/campaign-status.js';
import type { Database } from '../../prisma/database.js';
import { rowOfKey } from '../../prisma/owner-rows.js';
import { readCampaignAnswers } from '../../prisma/read-campaign-answers.js';
import type { WebContext } from '../context.js';
import { forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { answersCsv } from './answers-csv.js';
import { CampaignPage, type Became } from './campaign-run.js';
import { fieldOf } from './fields.js';
import { NothingHere } from './frame.js';
import { rowKey } from './one-time.js';

/** So long a page waits for the outcome of an act, in real milliseconds. */
const PATIENCE = 2_000;

interface Asking {
  readonly context: WebContext;
  readonly request: Context;
  readonly staff: Staff;
}

/** The pages of one campaign: how it stands, what staff do to it, and its answers. */
export function campaignRunPages(context: WebContext): Hono {
  const app = new Hono();
  const { database } = context;
  app.get(
    '/console/campaigns/:name',
    forStaff(context, (request, staff) => show({ context, request, staff })),
  );
  app.post(
    '/console/campaigns/:name/act',
    forStaff(context, (request, staff, form) => act({ context, request, staff, form })),
  );
  app.get(
    '/console/campaigns/:name/answers.csv',
    forStaff(context, async (request, staff) => {
      const name = request.req.param('name') ?? '';
      const answers = await readCampaignAnswers(database, name);
      if (answers === null) return noCampaign({ context, request, staff });
      request.header('Content-Disposition', `attachment; filename="${name}-answers.csv"`);
      return request.body(answersCsv(context, answers), 200, { 'Content-Type': 'text/csv; charset=utf-8' });
    }),
  );
  return app;
}

async function show(
  { context, request, staff }: Asking,
  again: { readonly problems: readonly Problem[]; readonly reason: string } = { problems: [], reason: '' },
): Promise<Response> {
  const { database } = context;
  const name = request.req.param('name') ?? '';
  const status = await campaignStatus(database, name);
  if (status === null) return noCampaign({ context, request, staff });
  const newest = await database.submission.aggregate({ where: { caseId: campaignCase(name) }, _max: { id: true } });
  const became = await becameOf(database, request, name);
  const page = { context, staff, status, newest: newest._max.id ?? 0, became, ...again };
  return request.html(<CampaignPage {...page} />, again.problems.length > 0 ? 422 : 200);
}

async function becameOf(database: Database, request: Context, name: string): Promise<Became | null> {
  if (request.req.query('started') !== undefined) {
    const sentence = 'This page says when its waves go, and follows what becomes of it.';
    return { title: `${name} is started`, sentence, done: true, waits: false };
  }
  const id = Number(request.req.query('row') ?? Number.NaN);
  if (!Number.isSafeInteger(id)) return null;
  const row = await database.submission.findFirst({
    where: { id, caseId: campaignCase(name) },
    include: { outcome: true },
  });
  if (row === null) return null;
  if (row.outcome === null) {
    const sentence = 'It is not lost. This page asks again by itself until it says what became of it.';
    return { title: 'Received', sentence, done: false, waits: !row.aside };
  }
  const { result, sentence } = row.outcome;
  const done = result === 'accepted';
  return { title: done ? 'Done' : 'Not done', sentence, done, waits: false };
}

async function act({ form, ...asking }: Asking & { readonly form: FormFields }): Promise<Response> {
  const { context, request, staff } = asking;
  const { database } = context;
  const name = request.req.param('name') ?? '';
  const wrong = (field: string, sentence: string) =>
    show(asking, { problems: [{ field: fieldOf('close', field), sentence }], reason: posted(form, 'reason') });
  const key = rowKey(staff, form);
  if (key === null) return wrong('reason', 'Open the page again: this form is too old.');
  const there = (row: number) => request.redirect(`/console/campaigns/${name}?row=${row}`, 303);
  const known = await rowOfKey(database, key);
  if (known !== null) return there(known);
  const wish = { name, by: staff.person.id, key };
  let appended: Appended;
  if (posted(form, 'act') === 'release') appended = await releaseCampaign(database, wish);
  else {
    const reason = readReason(form);
    if ('sentence' in reason) return wrong('reason', reason.sentence);
    appended = await closeCampaign(database, { ...wish, ...reason });
  }
  if ('problem' in appended) return noCampaign(asking);
  await awaitOutcome(database, { submissionId: appended.id, milliseconds: PATIENCE });
  return there(appended.id);
}

function readReason(form: FormFields): { readonly reason: string } | { readonly sentence: string } {
  try {
    const reason = reasonGiven('reason', posted(form, 'reason'));
    return reason === '' ? { sentence: 'Write why the campaign closes before its work is done.' } : { reason };
  } catch (failure) {
    if (failure instanceof UsageError) return { sentence: failure.message };
    throw failure;
  }
}

function noCampaign({ context, request, staff }: Asking): Response | Promise<Response> {
  return request.html(<NothingHere context={context} staff={staff} what="There is no such campaign" />, 404);
}
