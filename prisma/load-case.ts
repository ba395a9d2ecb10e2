import { missing, type Answers } from '../domain/answers.js';
import { hasEnded } from '../domain/agenda.js';
import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { CaseRecord, Facts, Review } from '../domain/case.js';
import type { Clock } from '../domain/clock.js';
import type { ConcernFacts } from '../domain/concern.js';
import { policies } from '../domain/policy.js';
import { FIRST_EMAILS } from '../domain/effect.js';
import { GATE_ID, type Standard } from '../domain/standard.js';
import { formOf, newestBinding, STANDARDS, type Standards } from '../domain/standards.js';
import { readClock } from './case-time.js';
import { concernFacts, waitingIn } from './concern-facts.js';
import type { Transaction } from './database.js';
import { dayOfColumn } from './day-column.js';
import { reviewerOfRow, type StoredRow } from './event-of-row.js';
import { lostEmails } from './lost-emails.js';
import { readPolicies } from './policies.js';
import { readStandIn } from './read-absence.js';
import { COLLEAGUE, readColleagueFacts } from './colleagues.js';
import { readExperts } from './read-experts.js';
import { countHearers, readReviewer, readTakers } from './read-reviewer.js';
import { reviewedSince } from './reviewed-since.js';
import { recordOf } from './record-of-case.js';

/** A case as the rules see it, with the facts beside it. */
export interface Loaded {
  readonly record: CaseRecord;
  readonly facts: Facts;
  readonly slug: string;
  /** All answers on file, the newest of each question. */
  readonly onFile: Answers;
  /** What the open review asks; with none open, what one would ask that opens now. */
  readonly standard: Standard;
  readonly standards: Standards;
}

/**
 * Reads a locked case of a product. Who can be reached is said of the recipients of an open application; of the
 * product's contacts while there is none. When the `row` that is to be taken says that they changed, or that the
 * application is opened again, its recipients are about to be they: all but those whose address it knows as refused.
 * Throws if there is no such case.
 */
export async function loadCase(
  transaction: Transaction,
  {
    caseId,
    row = null,
    standards = STANDARDS,
  }: { caseId: string; row?: StoredRow | null; standards?: Standards | undefined },
): Promise<Loaded> {
  const taken = row?.kind ?? null;
  const found = await transaction.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { applications: { orderBy: { openedAt: 'asc' }, include: { recipients: true } } },
  });
  const slug = found.slug ?? '';
  const listing = await transaction.listing.findUniqueOrThrow({ where: { slug }, include: { contacts: true } });
  const newest = found.applications.at(-1);
  const record = recordOf({ found, listing, ...(await waitingIn(transaction, { caseId, slug })) });
  const onFile = await answersOnFile(transaction, slug);
  const recipients = newest?.recipients.filter(writable) ?? [];
  const people: readonly Person[] =
    taken === 'contact_changed' || taken === 'reopen'
      ? listing.contacts.filter((contact) => !isRefused(contact, newest?.recipients ?? []))
      : newest?.open === true
        ? recipients
        : listing.contacts;
  const { review } = record;
  const time = await readClock(transaction);
  const on = dayOf(time.now);
  const version = newest?.open === true ? newest.standard : newestBinding(standards, on).version;
  const standard = formOf({ standards, version, on });
  const about = { slug, reference: review?.reference ?? null, state: review?.state ?? null, today: on };
  const facts = await factsOf(transaction, {
    ...time,
    concerns: await concernFacts(transaction, { row, slug, record }),
    standard,
    review,
    onFile,
    recipients,
    reachable: inOrder(people).map(({ id }) => id),
    reviewer: await readReviewer(transaction, { reviewer: row === null ? null : reviewerOfRow(row), ...about }),
    standIn: await readStandIn(transaction, { review, slug, today: on }),
    hearers: await hearersOf(transaction, { review, slug, taken }),
    takers: tells(record, { taken, now: time.now }) ? await readTakers(transaction, { review, slug, today: on }) : [],
    reviewedSince: taken === 'reconsider' && (await reviewedSince(transaction, { review, slug })),
    experts: await readExperts(transaction, { row, review, slug }),
    colleagues: await readColleagueFacts(transaction, { row, review }),
    taken,
  });
  return { record, facts, slug, onFile: onFile.answers, standard, standards };
}

/** Whether those who may take the case may have to be told of it: no row is taken, and its watch is due. */
function tells({ agenda }: CaseRecord, { taken, now }: { taken: string | null; now: Instant }): boolean {
  return taken === null && agenda.some(({ what, due }) => what === 'watch' && due <= now);
}

/** The newest answer to each question: imported ones, and those of decided reviews. */
export interface OnFile {
  readonly answers: Answers;
  readonly privacyConfirmed: boolean;
}

async function answersOnFile(transaction: Transaction, slug: string): Promise<OnFile> {
  const sets = await transaction.answerSet.findMany({
    where: { slug, publishedAt: { not: null } },
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
  });
  return onFileOf(sets);
}

/** Lays public answers over each other, oldest first. */
export function onFileOf(
  sets: readonly { readonly answers: unknown; readonly confirmed: readonly string[] }[],
): OnFile {
  // Parsed by domain/questionnaire.ts before they were written.
  const answers = Object.assign({}, ...sets.map((set) => set.answers)) as Answers;
  return { answers, privacyConfirmed: sets.some(({ confirmed }) => confirmed.includes(GATE_ID)) };
}

/** What is known of a case when its facts are read. */
interface Known {
  readonly now: Instant;
  readonly clock: Clock;
  readonly standard: Standard;
  readonly review: Review | null;
  readonly onFile: OnFile;
  /** Of the newest application, those who can be written to. Contacts have numbers of their own. */
  readonly recipients: readonly Person[];
  readonly reachable: readonly number[];
  readonly reviewer: Facts['reviewer'];
  readonly standIn: Facts['standIn'];
  readonly hearers: number;
  readonly takers: readonly string[];
  readonly reviewedSince: boolean;
  readonly experts: Facts['experts'];
  readonly colleagues: Facts['colleagues'];
  readonly concerns: ConcernFacts;
  /** The kind of the row that is to be taken. */
  readonly taken: string | null;
}

async function factsOf(transaction: Transaction, known: Known): Promise<Facts> {
  const { now, standard, review, onFile, recipients, taken } = known;
  const turn = review?.turn ?? null;
  const emails =
    review === null || turn === null
      ? []
      : await transaction.email.findMany({
          where: { applicationId: review.reference, turn: turn.number },
          orderBy: { id: 'asc' },
        });
  const firsts = emails.filter(({ kind }) => FIRST.includes(kind));
  const reminders = emails.filter(({ kind }) => kind.includes('reminder'));
  const sent = (list: typeof emails) => list.filter(({ state }) => state === 'sent');
  const savedAt = await draftSavedAt(transaction, review);
  const refused = emails.filter(({ state }) => state === 'refused').map(({ recipientId }) => recipientId);
  // Of several, the one that was queued last: where an address was refused, the turn waits on the next one's.
  const waiting = firsts.findLast(({ state }) => state !== 'sent' && state !== 'skipped');
  return {
    now,
    clock: known.clock,
    reachable: known.reachable,
    reviewer: known.reviewer,
    standIn: known.standIn,
    hearers: known.hearers,
    takers: known.takers,
    reviewedSince: known.reviewedSince,
    policies: mayOpen(review) ? await readPolicies(transaction) : policies,
    ...{ experts: known.experts, colleagues: known.colleagues },
    ...known.concerns,
    asked: firsts.some(
      ({ state, recipientId }) =>
        state !== 'refused' && state !== 'skipped' && recipients.some(({ id }) => id === recipientId),
    ),
    firstTaken: sent(firsts).length > 0,
    remindersTaken: new Set(sent(reminders).map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`)).size,
    cameBack: sent(emails).some(({ recipientId }) => refused.includes(recipientId)),
    firstWaits: waiting === undefined ? null : whyItWaits(waiting),
    stated: emails.reduce<Day | null>((latest, { deadline }) => {
      const stated = dayOfColumn(deadline);
      return stated !== null && (latest === null || stated > latest) ? stated : latest;
    }, null),
    draftSaved: savedAt !== null,
    draftSavedOn: savedAt === null || review?.kind !== 'nomination' ? null : dayOf(savedAt.toISOString()),
    missingOnFile: missing({ standard, scope: 'all', answers: onFile.answers }),
    privacyOnFile: hasPrivacyOnFile(standard, onFile),
    lost: review === null || taken !== 'resend' ? [] : await lostEmails(transaction, { review, now }),
  };
}

/** When a draft of this turn was saved last; null: none was. */
async function draftSavedAt(transaction: Transaction, review: Review | null): Promise<Date | null> {
  if (review === null || review.turn === null) return null;
  const where = { applicationId: review.reference, turn: review.turn.number };
  return (await transaction.draft.aggregate({ where, _max: { savedAt: true } }))._max.savedAt;
}

/** Whether another review may open now: while one is open, only an annual one in the place of a privacy case. */
function mayOpen(review: Review | null): boolean {
  return review === null || hasEnded(review) || review.kind === 'privacy';
}

function hearersOf(
  transaction: Transaction,
  { review, slug, taken }: { review: Review | null; slug: string; taken: string | null },
): Promise<number> {
  const wanted = review !== null && (taken === 'appeal' || review.appeal !== null);
  return wanted ? countHearers(transaction, { slug, reference: review.reference }) : Promise.resolve(0);
}

/** Whether an owner confirmed the gate here, and no privacy question that applies lacks an answer. */
export function hasPrivacyOnFile(standard: Standard, { answers, privacyConfirmed }: OnFile): boolean {
  return privacyConfirmed && missing({ standard, scope: 'privacy', answers }).length === 0;
}

const FIRST: readonly string[] = FIRST_EMAILS;

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

/** Whether a contact stays a recipient that the mail server refused. */
function isRefused({ address }: { address: string }, recipients: readonly KnownRecipient[]): boolean {
  return recipients.some(
    (one) => one.revokedAt === null && one.refusedAt !== null && one.address.toLowerCase() === address.toLowerCase(),
  );
}

interface Stand {
  readonly revokedAt: Date | null;
  readonly refusedAt: Date | null;
}

interface KnownRecipient extends Stand {
  readonly address: string;
}

/** Whether a recipient can be asked. Whoever may only draft is asked nothing. */
export function writable({ rank, revokedAt, refusedAt }: Stand & Pick<Person, 'rank'>): boolean {
  return rank !== COLLEAGUE && revokedAt === null && refusedAt === null;
}
