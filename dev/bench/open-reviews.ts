import { readClock } from '../../prisma/case-time.js';
import type { Database } from '../../prisma/database.js';
import { completeAnswers } from '../complete-answers.js';
import { answersRow, sayTo } from './rows.js';

/** Opens a review of each product, up to its first reviewers: that of the first by real steps, the others like it. */
export async function openForReviewers(database: Database, slugs: readonly string[]): Promise<void> {
  const [first = '', ...others] = slugs;
  await openOne(database, first);
  const { id } = await database.application.findFirstOrThrow({ where: { slug: first } });
  await database.$executeRaw`
    insert into "Application" (id, "caseId", slug, kind, cause, campaign, standard, review, state, "waitingOn", round,
      open, "openedAt")
    select left(a.id, 5) || lpad(n::text, 5, '0'), 'dpg/' || s, s, a.kind, a.cause, a.campaign, a.standard,
      jsonb_set(a.review, '{reference}', to_jsonb(left(a.id, 5) || lpad(n::text, 5, '0'))), a.state, a."waitingOn",
      a.round, a.open, a."openedAt"
    from "Application" a, unnest(${[...others]}::text[]) with ordinality as t(s, n) where a.id = ${id}`;
  await database.$executeRaw`
    insert into "AnswerSet" (slug, "applicationId", version, by, standard, answers, "forReviewers", confirmed, at)
    select a.slug, a.id, o.version, o.by, o.standard, o.answers, o."forReviewers", o.confirmed, o.at
    from "AnswerSet" o, "Application" a where o."applicationId" = ${id} and a.id <> ${id}`;
  await database.$executeRaw`
    update "Case" c set agenda = o.agenda, "nextDueAt" = o."nextDueAt"
    from "Case" o where o.id = ${`dpg/${first}`} and c.id <> o.id and c.slug = any(${[...others]}::text[])`;
}

async function openOne(database: Database, slug: string): Promise<void> {
  const caseId = `dpg/${slug}`;
  const { now } = await database.$transaction(readClock);
  const wake = { campaign: null, handPicked: true, cause: 'bench' };
  await sayTo(database, { caseId, kind: 'wake', role: 'secretariat', body: wake });
  await sayTo(database, { caseId, kind: 'email_taken', role: 'mail', body: { turn: 1, takenAt: now } });
  await sayTo(database, { caseId, ...answersRow(completeAnswers) });
}
