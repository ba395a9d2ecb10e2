import type { FormFields } from '../domain/answer-form.js';
import { equalAnswer, type Answers } from '../domain/answers.js';
import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import { repliesLate } from '../domain/agenda.js';
import type { Entry, Review, WaitingOn } from '../domain/case.js';
import type { EarlierAnswer } from '../domain/form-stand.js';
import type { Standard } from '../domain/standard.js';
import { formOf, STANDARDS, type Standards } from '../domain/standards.js';
import { readClock } from './case-time.js';
import { COLLEAGUE } from './colleagues.js';
import { wordsToOwners } from './concerns.js';
import type { Database, Transaction } from './database.js';
import { dayOfColumn } from './day-column.js';
import { storedReview } from './stored-review.js';

export type { EarlierAnswer } from '../domain/form-stand.js';

/** What an owner typed and did not send, as one box of the form saves it. */
export interface SavedDraft {
  readonly form: FormFields;
  readonly version: number;
  readonly at: Instant;
  /** Who saved it; absent: none of the people of the product. */
  readonly by?: 'contact' | 'colleague';
}

/** A row of the owner, with what became of it. */
export interface OwnersRow {
  readonly id: number;
  readonly kind: string;
  readonly round: number | null;
  readonly at: Instant;
  readonly body: unknown;
  readonly outcome: { readonly result: string; readonly sentence: string; readonly at: Instant } | null;
}

/** The newest decision of a review. */
export interface Decided {
  readonly result: string;
  /** By section; one without a section, if staff closed the review. */
  readonly reasons: readonly { readonly section?: string; readonly verdict?: string; readonly publicReason: string }[];
  readonly validUntil: Day | null;
  readonly at: Instant;
}

/** A review as its owner's pages show it. */
export interface FormRecord {
  readonly caseId: string;
  readonly reference: string;
  readonly slug: string;
  readonly product: string;
  readonly validUntil: Day | null;
  readonly removedOn: Day | null;
  readonly review: Review;
  readonly waitingOn: WaitingOn;
  readonly agenda: readonly Entry[];
  readonly now: Instant;
  /** What the review asks: its own version of the Standard, with what may be answered early. */
  readonly standard: Standard;
  /** By question. */
  readonly earlier: Readonly<Record<string, EarlierAnswer>>;
  /** What this review's newest version of the answers has for reviewers only, by question. */
  readonly forReviewers: Readonly<Record<string, string>>;
  /** By box: a question's id, `<id>:reviewers`, or `declaration`. */
  readonly drafts: Readonly<Record<string, SavedDraft>>;
  /** Answers, requests and the appeal of the owner, oldest first. */
  readonly rows: readonly OwnersRow[];
  readonly decision: Decided | null;
  /** What staff ask about concerns, in their words; empty for every other review. */
  readonly asked: readonly string[];
}

/**
 * Whether answers can be sent now: it is the owner's turn, or the machine answered and nobody gave a verdict yet, or
 * the time to reply to a notice is over and nobody decided yet.
 */
export function takesAnswers(review: Review): boolean {
  const { state, answersBy, verdicts } = review;
  if (state === 'draft') return true;
  const replaceable = (state === 'l1' || state === 'consultation') && answersBy === 'machine' && verdicts.length === 0;
  return state === 'owner' || state === 'clarification' || state === 'notice' || replaceable || repliesLate(review);
}

/** The row of answers that waits for its outcome, if there is one. */
export function waitingAnswers({ rows }: FormRecord): OwnersRow | null {
  return rows.findLast(({ kind, outcome }) => kind === 'answers' && outcome === null) ?? null;
}

/** Reads a review for its owner's pages; null if there is none of this reference. */
export async function readForm(
  database: Database,
  reference: string,
  standards: Standards = STANDARDS,
): Promise<FormRecord | null> {
  return database.$transaction(async (transaction) => {
    const found = await transaction.application.findUnique({
      where: { id: reference },
      include: { case: true, drafts: true, recipients: true, decisions: { orderBy: { id: 'desc' }, take: 1 } },
    });
    if (found === null) return null;
    const listing = await transaction.listing.findUniqueOrThrow({ where: { slug: found.slug } });
    const answers = await readAnswers(transaction, { slug: found.slug, reference });
    const { now } = await readClock(transaction);
    return {
      caseId: found.caseId,
      reference,
      slug: found.slug,
      product: listing.name,
      validUntil: dayOfColumn(listing.validUntil),
      removedOn: dayOfColumn(listing.removedOn),
      // JSON columns hold what steps wrote: the domain's own types.
      review: storedReview(found.review),
      waitingOn: found.waitingOn as WaitingOn,
      agenda: found.case.agenda as unknown as readonly Entry[],
      now,
      standard: formOf({ standards, version: found.standard, on: dayOf(now) }),
      ...answers,
      drafts: Object.fromEntries(
        // Written by save-draft.ts and by steps from parsed answers.
        found.drafts.map(({ field, form, version, savedAt, recipientId }) => {
          const by = found.recipients.find(({ id }) => id === recipientId)?.rank;
          const who = by === undefined ? {} : ({ by: by === COLLEAGUE ? 'colleague' : 'contact' } as const);
          return [field, { form: form as FormFields, version, at: savedAt.toISOString(), ...who }];
        }),
      ),
      rows: await readRows(transaction, reference),
      decision: decided(found.decisions[0]),
      asked: await wordsToOwners(transaction, reference),
    };
  });
}

/** All public answers of the product and those of this review, the newest of each question. */
export async function readAnswers(
  transaction: Transaction,
  { slug, reference }: { slug: string; reference: string },
): Promise<Pick<FormRecord, 'earlier' | 'forReviewers'>> {
  const sets = await transaction.answerSet.findMany({
    where: { slug, OR: [{ publishedAt: { not: null } }, { applicationId: reference }] },
    orderBy: [{ publishedAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  });
  const earlier: Record<string, EarlierAnswer> = {};
  for (const set of sets) {
    const here = set.applicationId === reference && set.publishedAt === null;
    // Parsed by domain/questionnaire.ts before they were written.
    for (const [id, value] of Object.entries(set.answers as Answers)) {
      const known = earlier[id];
      const confirmed = set.confirmed.includes(id);
      if (known !== undefined && !confirmed && equalAnswer(known.value, value)) continue;
      earlier[id] = { value, on: dayOf(set.at.toISOString()), confirmed, here };
    }
  }
  const own = sets.findLast(({ applicationId }) => applicationId === reference);
  return { earlier, forReviewers: (own?.forReviewers ?? {}) as FormRecord['forReviewers'] };
}

async function readRows(transaction: Transaction, reference: string): Promise<readonly OwnersRow[]> {
  const rows = await transaction.submission.findMany({
    where: { applicationId: reference, role: 'owner', kind: { in: ['answers', 'request', 'appeal'] } },
    include: { outcome: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, kind, round, at, body, outcome }) => ({
    id,
    kind,
    round,
    at: at.toISOString(),
    body,
    outcome:
      outcome === null ? null : { result: outcome.result, sentence: outcome.sentence, at: outcome.at.toISOString() },
  }));
}

function decided(
  row: { result: string; reasons: unknown; validUntil: Date | null; at: Date } | undefined,
): Decided | null {
  if (row === undefined) return null;
  const reasons = Array.isArray(row.reasons) ? (row.reasons as Decided['reasons']) : [];
  return { result: row.result, reasons, validUntil: dayOfColumn(row.validUntil), at: row.at.toISOString() };
}
