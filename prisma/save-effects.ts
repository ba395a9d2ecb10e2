import { visibleAnswers, type Answers, type OwnerSubmission } from '../domain/answers.js';
import type { Review } from '../domain/case.js';
import type { Effect } from '../domain/effect.js';
import { formOfAnswer, reviewersField } from '../domain/answer-form.js';
import { questionOf } from '../domain/standard.js';
import { knownForm } from '../domain/standards.js';
import { json } from './json.js';
import { caseInWords, writeLines, type LedgerNote, type LedgerStep } from './ledger.js';
import { saveColleague, takeColleagues } from './colleagues.js';
import { isOfConcerns, saveConcerns } from './save-concerns.js';
import { renewRecipients } from './renew-recipients.js';
import type { Saving } from './save-case.js';
import { forward, queueEmail, resend } from './save-emails.js';
import { isConsulting, saveConsultation } from './save-consultation.js';
import { queuePersonalEmail } from './save-personal-emails.js';
import { saveReviewing } from './save-reviewing.js';

/** Carries out one effect of a step for a review, in the step's transaction. */
export async function carryOut(saving: Saving, review: Review | null, effect: Effect): Promise<void> {
  if (effect.do === 'ledger') return writeLine(saving, review, { detail: {}, ...effect });
  if (effect.do === 'release') return release(saving);
  if (isOfConcerns(effect)) return saveConcerns(saving, review, effect);
  if (review === null) return;
  if (isConsulting(effect)) return saveConsultation(saving, review, effect);
  const applicationId = review.reference;
  switch (effect.do) {
    case 'open':
    case 'ask_sections':
    // Under another slug the rest of the step would not find the product: both are done at its end.
    case 'give_slug':
    case 'list_product':
      return;
    case 'email':
      return queueEmail(saving, review, effect);
    case 'email_person':
      return queuePersonalEmail(saving, review, effect);
    case 'resend':
      return resend(saving, effect);
    case 'skip_queued':
      return skipQueued(saving, applicationId, effect.reason);
    case 'file_answers':
      return fileAnswers(saving, review, effect.by);
    case 'publish_answers':
      return publishAnswers(saving, review);
    case 'record_verdict':
    case 'undo_verdict':
    case 'remember_conflict':
    case 'decision':
      return saveReviewing(saving, review, effect);
    case 'renew_recipients':
      return renewRecipients(saving, review, effect.without);
    case 'invite':
    case 'uninvite':
      return saveColleague(saving, review, effect);
    case 'forward':
      return forward(saving, effect.email);
    case 'keep_as_draft':
      return keepRow(saving, review);
    case 'drop_drafts':
      return dropDrafts(saving, applicationId);
    case 'take_drafts_from':
      await takeColleagues(saving, review, effect.reference);
      return takeDrafts(saving, review, effect.reference);
    default:
      throw unknownEffect(effect);
  }
}

async function publishAnswers({ transaction, before }: Saving, review: Review): Promise<void> {
  const where = { applicationId: review.reference, version: review.answersVersion };
  await transaction.answerSet.updateMany({ where, data: { publishedAt: new Date(before.facts.now) } });
}

async function skipQueued({ transaction, before }: Saving, applicationId: string, reason: string): Promise<void> {
  const where = { applicationId, state: { in: ['queued', 'deferred'] }, turn: { not: null } };
  const stateAt = new Date(before.facts.now);
  await transaction.email.updateMany({ where, data: { state: 'skipped', reason, stateAt } });
}

async function dropDrafts({ transaction }: Saving, applicationId: string): Promise<void> {
  await transaction.draft.deleteMany({ where: { applicationId } });
}

async function release({ transaction, before }: Saving): Promise<void> {
  await transaction.submission.updateMany({
    where: { caseId: before.record.id, aside: true },
    data: { aside: false },
  });
}

function unknownEffect(effect: never): Error {
  return new Error(`an effect that nothing carries out: ${JSON.stringify(effect)}`);
}

/** A line of the ledger about a review, or about the case alone. */
export function writeLine(
  saving: Saving,
  review: Review | null,
  { what, detail, of }: Omit<LedgerNote, 'applicationId'>,
): Promise<void> {
  const applicationId = review?.reference ?? null;
  return writeLines(saving.transaction, ledgerStepOf(saving), [
    { what, detail, applicationId, ...(of === undefined ? {} : { of }) },
  ]);
}

function ledgerStepOf({ before, after, event, row, ranBy }: Saving): LedgerStep {
  const entry = event.is === 'due' ? `entry:${event.entry.id}` : 'machine';
  return {
    caseId: before.record.id,
    at: before.facts.now,
    row,
    why: row === null ? entry : `row:${row.id}`,
    before: caseInWords(before.record),
    after: caseInWords(after),
    ranBy,
  };
}

/** What the owner sent, laid over what is on file; or what is on file, as the machine sends it. */
async function fileAnswers(
  { transaction, before, row }: Saving,
  review: Review,
  by: 'owner' | 'machine',
): Promise<void> {
  // A row of answers was parsed by domain/questionnaire.ts before it was appended.
  const sent = by === 'owner' ? (row?.body as OwnerSubmission) : null;
  const answers: Answers = { ...before.onFile, ...sent?.answers };
  await transaction.answerSet.create({
    data: {
      slug: before.slug,
      applicationId: review.reference,
      version: before.record.review === null ? 1 : before.record.review.answersVersion + 1,
      by,
      standard: before.standard.version,
      answers: json(visibleAnswers({ standard: before.standard, scope: 'all', answers })),
      forReviewers: json(sent?.forReviewers ?? {}),
      confirmed: sent === null ? [] : [...new Set([...sent.confirmed, ...Object.keys(sent.answers)])],
      at: new Date(before.facts.now),
    },
  });
}

/** The text of an owner's row that was not taken. */
function keepRow(saving: Saving, review: Review): Promise<void> {
  const sent: Partial<OwnerSubmission> = saving.row?.body ?? {};
  return keepAsDraft(saving, review, { sent, turn: review.turn?.number ?? 0 });
}

/**
 * The text of an owner's row that was not taken, or of a review that yields, kept for the next try. What was typed
 * since then stays.
 */
async function keepAsDraft(
  { transaction, before }: Saving,
  review: Review,
  { sent, turn }: { sent: Partial<OwnerSubmission>; turn: number },
): Promise<void> {
  const known = knownForm(before.standards);
  const answered = Object.entries(sent.answers ?? {}).flatMap(([field, value]) => {
    const question = questionOf(known, field);
    return question === undefined ? [] : [{ field, form: json(formOfAnswer({ question, value })) }];
  });
  const forReviewers = Object.entries(sent.forReviewers ?? {}).flatMap(([field, text]) => {
    const question = questionOf(known, field);
    return question === undefined
      ? []
      : [{ field: `${field}:reviewers`, form: json({ [reviewersField(question)]: text }) }];
  });
  const kept = { applicationId: review.reference, version: 1, turn, savedAt: new Date(before.facts.now) };
  await transaction.draft.createMany({
    data: [...answered, ...forReviewers].map((one) => ({ ...one, ...kept })),
    skipDuplicates: true,
  });
}

/** What was typed, and what was sent, in a review that yields: it pre-fills the one that opens, whose turn it is not of. */
async function takeDrafts(saving: Saving, review: Review, reference: string): Promise<void> {
  const { transaction } = saving;
  const data = { applicationId: review.reference, turn: 0 };
  await transaction.draft.updateMany({ where: { applicationId: reference }, data });
  const rows = await transaction.submission.findMany({
    where: { applicationId: reference, kind: 'answers', outcome: { result: 'accepted' } },
    orderBy: { id: 'desc' },
    take: 1,
    select: { body: true },
  });
  // A row of answers was parsed by domain/questionnaire.ts before it was appended.
  for (const { body } of rows) await keepAsDraft(saving, review, { sent: body as unknown as OwnerSubmission, turn: 0 });
}
