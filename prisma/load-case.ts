import { missing, type Answers } from '../domain/answers.js';
import { dayOf, type Day } from '../domain/calendar.js';
import type { CaseRecord, Ended, Entry, Facts, Review } from '../domain/case.js';
import { GATE_ID } from '../domain/standard.js';
import { readClock } from './case-time.js';
import type { Transaction } from './database.js';

/** A case as the rules see it, with the facts beside it. */
export interface Loaded {
  readonly record: CaseRecord;
  readonly facts: Facts;
  readonly slug: string;
  /** All answers on file, the newest of each question. */
  readonly onFile: Answers;
}

/**
 * Reads a locked case of a product. Who can be reached is said of the recipients of an open application; of the
 * product's contacts while there is none, and when `contactsChanged`, since they are about to be its recipients.
 * Throws if there is no such case.
 */
export async function loadCase(
  transaction: Transaction,
  { caseId, contactsChanged = false }: { caseId: string; contactsChanged?: boolean },
): Promise<Loaded> {
  const found = await transaction.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { applications: { orderBy: { openedAt: 'asc' }, include: { recipients: true } } },
  });
  const slug = found.slug ?? '';
  const listing = await transaction.listing.findUniqueOrThrow({ where: { slug }, include: { contacts: true } });
  const newest = found.applications.at(-1);
  const stuck = await transaction.submission.count({ where: { caseId, aside: true, outcome: null } });
  // JSON columns hold what save-case.ts wrote: the domain's own types.
  const agenda = found.agenda as unknown as readonly Entry[];
  const review = newest === undefined ? null : (newest.review as unknown as Review);
  const record: CaseRecord = {
    id: caseId,
    listing: {
      slug,
      dpgId: listing.dpgId,
      validUntil: day(listing.validUntil),
      approvedOn: day(listing.approvedOn),
      removedOn: day(listing.removedOn),
      removedBecause: listing.removedBecause as Ended | null,
      opensByItself: listing.opensByItself,
      decidedHereAt: listing.decidedHereAt?.toISOString() ?? null,
    },
    review,
    agenda,
    causes: found.applications.map(({ cause }) => cause),
    ended: found.ended,
    stuck: stuck > 0 || agenda.some(({ aside }) => aside === true),
  };
  const onFile = await answersOnFile(transaction, slug);
  const asked = newest?.open === true && !contactsChanged ? newest.recipients.filter(writable) : null;
  const people: readonly Person[] = asked ?? listing.contacts;
  const facts = await factsOf(transaction, { review, onFile, reachable: inOrder(people).map(({ id }) => id) });
  return { record, facts, slug, onFile: onFile.answers };
}

interface OnFile {
  readonly answers: Answers;
  readonly privacyConfirmed: boolean;
}

/** The newest answer to each question: imported ones, and those of decided reviews. */
async function answersOnFile(transaction: Transaction, slug: string): Promise<OnFile> {
  const sets = await transaction.answerSet.findMany({
    where: { slug, publishedAt: { not: null } },
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
  });
  // Parsed by domain/questionnaire.ts before they were written.
  const answers = Object.assign({}, ...sets.map((set) => set.answers)) as Answers;
  return { answers, privacyConfirmed: sets.some(({ confirmed }) => confirmed.includes(GATE_ID)) };
}

async function factsOf(
  transaction: Transaction,
  { review, onFile, reachable }: { review: Review | null; onFile: OnFile; reachable: readonly number[] },
): Promise<Facts> {
  const { clock, now } = await readClock(transaction);
  const turn = review?.turn ?? null;
  const emails =
    review === null || turn === null
      ? []
      : await transaction.email.findMany({ where: { applicationId: review.reference, turn: turn.number } });
  const firsts = emails.filter(({ kind }) => kind === 'prompt' || kind === 'clarification');
  const reminders = emails.filter(({ kind }) => kind.includes('reminder'));
  const sent = (list: typeof emails) => list.filter(({ state }) => state === 'sent');
  const drafts =
    review === null || turn === null
      ? 0
      : await transaction.draft.count({ where: { applicationId: review.reference, turn: turn.number } });
  const refused = emails.filter(({ state }) => state === 'refused').map(({ recipientId }) => recipientId);
  const waiting = firsts.find(({ state }) => state !== 'sent' && state !== 'skipped');
  return {
    now,
    clock,
    reachable,
    firstTaken: sent(firsts).length > 0,
    remindersTaken: new Set(sent(reminders).map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`)).size,
    cameBack: sent(emails).some(({ recipientId }) => refused.includes(recipientId)),
    firstWaits: waiting === undefined ? null : whyItWaits(waiting),
    stated: emails.reduce<Day | null>((latest, { deadline }) => {
      const stated = day(deadline);
      return stated !== null && (latest === null || stated > latest) ? stated : latest;
    }, null),
    draftSaved: drafts > 0,
    missingOnFile: missing({ scope: 'all', answers: onFile.answers }),
    privacyOnFile: onFile.privacyConfirmed && missing({ scope: 'privacy', answers: onFile.answers }).length === 0,
  };
}

function whyItWaits({ state, reason }: { state: string; reason: string | null }): Facts['firstWaits'] {
  if (reason === 'mail_mode') return 'mail_mode';
  return state === 'unknown' || state === 'refused' ? state : 'waits';
}

interface Person {
  readonly id: number;
  readonly rank: string;
  readonly position: number;
}

/** Primary first, then the alternates in their order. */
export function inOrder<P extends Person>(people: readonly P[]): readonly P[] {
  const weight = ({ rank }: P) => (rank === 'primary' ? 0 : 1);
  return [...people].sort((one, other) => weight(one) - weight(other) || one.position - other.position);
}

function writable({ revokedAt, refusedAt }: { revokedAt: Date | null; refusedAt: Date | null }): boolean {
  return revokedAt === null && refusedAt === null;
}

function day(date: Date | null): Day | null {
  return date === null ? null : dayOf(date.toISOString());
}
