import { hasEnded, isOwners } from '../domain/agenda.js';
import { visible, type Answers } from '../domain/answers.js';
import { appealUntil } from '../domain/appealing.js';
import { addDays, dayOf, type Day } from '../domain/calendar.js';
import type { RequestWord, SectionWord } from '../domain/case.js';
import { takesOffList } from '../domain/removing.js';
import { dpgIdOf } from '../domain/nomination.js';
import { OPENS_BEFORE, REOPEN_WITHIN } from '../domain/policy.js';
import type { SectionId } from '../domain/standard.js';
import { reviewersDue } from '../domain/seats.js';
import type {
  ClosedEmail,
  ColleagueInvitedEmail,
  DecisionEmail,
  LinkEmail,
  NotTakenEmail,
  ReceiptEmail,
  RequestAnsweredEmail,
} from '../mail/content.js';
import { deadlineNow, isPassed } from './email-asking.js';
import { printed, printedAnswer } from './email-questions.js';
import { publicReasonOf } from './event-of-row.js';
import { pageAt, askedByOf, caseFrame, type Letter } from './letter.js';
import { dayOfColumn } from './day-column.js';
import { sectionResults } from './section-results.js';

/** A copy of the answers that were received. */
export async function receiptOf(letter: Letter): Promise<ReceiptEmail> {
  const { transaction, reference, facts, review, agenda, standard } = letter;
  const applicationId_version = { applicationId: reference, version: Number(facts['version']) };
  const set = await transaction.answerSet.findUniqueOrThrow({ where: { applicationId_version } });
  // Parsed by domain/questionnaire.ts before they were written.
  const answers = set.answers as Answers;
  const given = visible({ standard, scope: 'all', answers }).filter(({ id }) => set.confirmed.includes(id));
  const boxes = Object.values(set.forReviewers as Record<string, string>).filter((text) => text.trim() !== '');
  const due = review.state === 'l1' || review.state === 'l2' ? reviewersDue(agenda) : null;
  return {
    ...caseFrame(letter),
    kind: 'receipt',
    receivedOn: (await askingRow(letter))?.receivedOn ?? dayOf(set.at.toISOString()),
    answers: given.map((one) => ({ ...printed(standard, one), answer: printedAnswer(one, answers[one.id]) ?? '' })),
    reviewersOnly: boxes.length,
    nextBy: due === null ? null : dayOf(due),
    notMeUrl: null,
  };
}

/** What the reviewers decided, section by section. */
export async function decisionOf(letter: Letter): Promise<DecisionEmail> {
  const { facts, review, listing, standard } = letter;
  const decision = await newestDecision(letter);
  const sections = sectionResults(standard, decision.sections);
  const frame = caseFrame(letter);
  const told = { kind: 'decision', decidedOn: decision.on, reason: null, sections } as const;
  if (facts['result'] !== 'approved') {
    const stays = review.kind === 'privacy' || review.kind === 'nomination';
    const reopenUntil = stays ? null : reopenUntilOf(listing.removedOn ?? decision.on);
    return { ...frame, ...told, variant: 'ineligible', reopenUntil, appealUntil: appealUntil(review) };
  }
  if (frame.review === 'privacy') return { ...frame, ...told, variant: 'approved', review: 'privacy' };
  if (review.about !== undefined) return { ...frame, ...told, variant: 'approved', review: 'concern' };
  const validUntil = decision.validUntil ?? listing.validUntil;
  if (validUntil === null) throw new Error('an approved annual review gives the listing a date');
  const nextReview = addDays(validUntil, -OPENS_BEFORE);
  if (frame.review === 'nomination') {
    const page = pageAt(letter.head, `/r/${letter.slug}`);
    const dpgId = dpgIdOf(letter.reference);
    return { ...frame, review: 'nomination', ...told, variant: 'approved', validUntil, nextReview, dpgId, page };
  }
  return { ...frame, review: frame.review, ...told, variant: 'approved', validUntil, nextReview };
}

/** The review ended without a decision of reviewers. */
export async function closedOf(letter: Letter): Promise<ClosedEmail> {
  const { facts, review, listing } = letter;
  const { on, reason } = await newestDecision(letter);
  const variant = closedVariant(facts['variant']);
  const nominated = review.kind === 'nomination';
  const removed = !nominated && takesOffList({ kind: review.kind, result: variant });
  return {
    ...caseFrame(letter),
    kind: 'closed',
    variant,
    closedOn: on,
    listing: nominated ? 'none' : removed ? 'removed' : 'unchanged',
    validUntil: listing.validUntil,
    reason,
    reopenUntil: removed ? reopenUntilOf(listing.removedOn ?? on) : null,
  };
}

/** A row of the owner ended refused or late. */
export async function notTakenOf(letter: Letter): Promise<NotTakenEmail> {
  const { transaction, reference, review } = letter;
  const row = await askingRow(letter);
  if (row === null) throw new Error('an email about a row names it');
  const isAnswers = row.kind === 'answers';
  const sendAgainBy = isOwners(review) ? await deadlineNow(letter) : null;
  const kept = isAnswers ? await transaction.draft.count({ where: { applicationId: reference } }) : 0;
  return {
    ...caseFrame(letter),
    kind: 'not_taken',
    what: isAnswers ? 'answers' : 'request',
    receivedOn: row.receivedOn,
    sentence: row.sentence,
    draftKept: kept > 0,
    sendAgainBy,
    passed: isPassed(letter, sendAgainBy),
  };
}

/** Staff answered a request of the owner. */
export async function requestAnsweredOf(letter: Letter): Promise<RequestAnsweredEmail> {
  const { facts, review } = letter;
  const request = requestWord(facts['request']);
  const answer = facts['answer'] === 'granted' ? 'granted' : 'refused';
  const isDone = answer === 'granted' && request !== 'more_time';
  const deadline = isDone || !isOwners(review) ? null : await deadlineNow(letter);
  return {
    ...caseFrame(letter),
    kind: 'request_answered',
    request,
    answer,
    reason: (await askingRow(letter))?.publicReason ?? null,
    deadline,
    passed: isPassed(letter, deadline),
  };
}

/** What a colleague may do, and until when it is of use. */
export function colleagueInvitedOf(letter: Letter): Promise<ColleagueInvitedEmail> {
  const { review } = letter;
  const deadline = isOwners(review) ? (review.turn?.deadline ?? null) : null;
  const passed = isPassed(letter, deadline);
  return Promise.resolve({ ...caseFrame(letter), kind: 'colleague_invited', deadline, passed });
}

/** The person's link, once more. */
export function linkOf(letter: Letter): Promise<LinkEmail> {
  const { review, recipient } = letter;
  const deadline = isOwners(review) ? (review.turn?.deadline ?? null) : null;
  return Promise.resolve({
    ...caseFrame(letter),
    kind: 'link',
    turn: hasEnded(review) ? 'ended' : isOwners(review) ? 'owner' : 'other',
    deadline,
    passed: isPassed(letter, deadline),
    replaced: recipient.linkVersion > 1,
  });
}

/** The row that asked for the email, with its outcome; null if an entry of the agenda did. */
export async function askingRow({ transaction, email }: Letter) {
  const [what, number] = askedByOf(email).split(':');
  if (what !== 'row') return null;
  const row = await transaction.submission.findUnique({ where: { id: Number(number) }, include: { outcome: true } });
  if (row === null) return null;
  const { kind, at, body, outcome } = row;
  return {
    kind,
    receivedOn: dayOf(at.toISOString()),
    sentence: outcome?.sentence ?? '',
    publicReason: publicReasonOf(body),
    body,
  };
}

interface StoredReason {
  readonly section?: SectionId;
  readonly verdict?: SectionWord;
  readonly publicReason?: string;
}

async function newestDecision({ transaction, reference, email }: Letter) {
  const where = { applicationId: reference, round: email.round };
  const found =
    (await transaction.decision.findFirst({ where })) ??
    (await transaction.decision.findFirstOrThrow({ where: { applicationId: reference }, orderBy: { id: 'desc' } }));
  // Written by save-effects.ts: sections of a verdict, or the one public reason of a closing.
  const reasons = found.reasons as readonly StoredReason[];
  return {
    on: dayOf(found.at.toISOString()),
    validUntil: dayOfColumn(found.validUntil),
    reason: reasons.find(({ section }) => section === undefined)?.publicReason?.trim() || null,
    sections: reasons.flatMap(({ section, verdict, publicReason = '' }) =>
      section === undefined || verdict === undefined ? [] : [{ section, verdict, publicReason }],
    ),
  };
}

function reopenUntilOf(removedOn: Day): Day {
  return addDays(removedOn, REOPEN_WITHIN);
}

const CLOSED: readonly ClosedEmail['variant'][] = [
  'unanswered',
  'withdrawn',
  'closed_elsewhere',
  'removed',
  'abandoned',
];

function closedVariant(word: unknown): ClosedEmail['variant'] {
  const found = CLOSED.find((variant) => variant === word);
  if (found !== undefined) return found;
  throw new Error('a closing says how the review ended');
}

function requestWord(word: unknown): RequestWord {
  if (word === 'more_time' || word === 'withdrawal' || word === 'not_me' || word === 'answered_elsewhere') return word;
  throw new Error('an answer to a request names the request');
}
