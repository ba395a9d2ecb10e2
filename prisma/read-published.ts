import type { Answers } from '../domain/answers.js';
import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { Ended, ReviewState, SectionWord } from '../domain/case.js';
import type { FormerLine } from '../domain/former-history.js';
import type { Kind } from '../domain/policy.js';
import type { PublishedSet } from '../domain/published-answers.js';
import { OPENING_WORDS, timelineOf, type TimelineEntry } from '../domain/public-words.js';
import type { SectionId } from '../domain/standard.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import { atOneInstant, readProducts, type Registry, type RegistryProduct } from './read-registry.js';
import { dayOfColumn } from './day-column.js';
import { readFormerLines } from './read-former.js';
import { readPublicStates } from './public-state.js';
import { storedReview } from './stored-review.js';
import { productOf, progressOf, type NominationProgress } from './public-nomination.js';

/** A public reason; of a section, or of the decision as a whole. */
export interface PublicReason {
  readonly section: SectionId | null;
  readonly verdict: SectionWord | null;
  /** May be empty where a section meets the Standard. */
  readonly reason: string;
}

/** A decision without who made it. */
export interface PublicDecision {
  readonly reference: string;
  readonly kind: Kind;
  readonly result: Ended;
  readonly at: Instant;
  readonly validUntil: Day | null;
  readonly reasons: readonly PublicReason[];
}

/** A review without its people. */
export interface PublicReview {
  readonly reference: string;
  readonly kind: Kind;
  readonly state: ReviewState;
  readonly openedAt: Instant;
  /** Null: nobody was asked yet, and no answer came. */
  readonly begunAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** What is public of one product beside its listing: answers oldest first, decisions and reviews newest first. */
export interface Published {
  readonly sets: readonly PublishedSet[];
  readonly decisions: readonly PublicDecision[];
  readonly reviews: readonly PublicReview[];
  /** What older files tell of it. */
  readonly former: readonly FormerLine[];
}

/** A product with all that is public of it; null if there is none of this slug. */
export async function readProduct(
  database: Database,
  slug: string,
): Promise<{ readonly today: Day; readonly product: RegistryProduct; readonly published: Published } | null> {
  return atOneInstant(database, async (transaction) => {
    const { today, products } = await readProducts(transaction, slug);
    const [product] = products;
    if (product === undefined) return null;
    const published = await readPublished(transaction, slug);
    return { today, product, published: published(slug) };
  });
}

/** The whole registry with all that is public: as many queries as for one product. */
export async function readPublication(
  database: Database,
): Promise<Registry & { readonly published: (slug: string) => Published }> {
  return atOneInstant(database, async (transaction) => {
    const registry = await readProducts(transaction);
    return { ...registry, published: await readPublished(transaction) };
  });
}

/** A review with its product and timeline; null if there is none of this reference. */
export interface PublicApplication extends PublicReview {
  readonly today: Day;
  /** Null for a nomination that has not passed the first level. Without a slug where it is not listed. */
  readonly product: { readonly slug: string | null; readonly name: string } | null;
  /** Of an open nomination; null: it is none. */
  readonly progress: NominationProgress | null;
  readonly timeline: readonly TimelineEntry[];
  readonly decisions: readonly PublicDecision[];
}

/** Reads what is public of a review. */
export async function readApplication(database: Database, reference: string): Promise<PublicApplication | null> {
  return atOneInstant(database, async (transaction) => {
    const found = await transaction.application.findUnique({
      where: { id: reference },
      select: {
        ...reviewColumns,
        slug: true,
        review: true,
        decisions: { select: decisionColumns, orderBy: { id: 'desc' } },
      },
    });
    if (found === null) return null;
    const listing = await transaction.listing.findUnique({
      where: { slug: found.slug },
      select: { slug: true, name: true, nominated: true },
    });
    const ledger = await transaction.ledgerEntry.findMany({
      where: { applicationId: reference },
      select: { at: true, what: true, detail: true, after: true },
      orderBy: { id: 'asc' },
    });
    const all = ledger.map(({ at, after, ...line }) => ({ ...line, at: at.toISOString(), state: stateIn(after) }));
    // A nomination is nobody's business before it was sent, and what happened until then is not afterwards.
    const nominated = found.kind === 'nomination';
    const sent = all.findIndex(({ what }) => what === 'answered');
    if (nominated && sent < 0) return null;
    const lines = nominated ? all.slice(sent) : all;
    const begun = lines.find(({ what }) => OPENING_WORDS.some((word) => word === what));
    const shown = await readPublicStates(transaction);
    const review = reviewOf(found, { begunAt: begun?.at ?? null, shown });
    const sentAt = lines[0]?.at ?? '';
    const { policy } = storedReview(found.review);
    const { now } = await readClock(transaction);
    return {
      ...review,
      today: dayOf(now),
      ...(nominated ? { openedAt: sentAt } : {}),
      product: productOf(listing, found),
      progress: nominated
        ? await progressOf(transaction, { state: review.state, policy, sentAt, happened: lines })
        : null,
      timeline: timelineOf(lines, { deciding: found.state === 'decided' }),
      decisions: found.decisions.map((decision) => decisionOf(found, decision)),
    };
  });
}

/** The state of the review after a step, as its line of the ledger says. */
function stateIn(after: unknown): ReviewState {
  // Written by ledger.ts.
  return (after as { readonly state: ReviewState }).state;
}

const reviewColumns = { id: true, kind: true, state: true, openedAt: true, endedAt: true } as const;
/** What `decisionOf` reads. */
export const decisionColumns = { result: true, at: true, validUntil: true, reasons: true } as const;

interface ReviewRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
}

interface DecisionRow {
  readonly result: string;
  readonly at: Date;
  readonly validUntil: Date | null;
  readonly reasons: unknown;
}

async function readPublished(
  transaction: Transaction,
  slug: string | null = null,
): Promise<(slug: string) => Published> {
  const where = slug === null ? {} : { slug };
  const sets = await transaction.answerSet.findMany({
    where: { ...where, publishedAt: { not: null } },
    select: { slug: true, publishedAt: true, at: true, answers: true, confirmed: true },
    orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
  });
  const reviews = await transaction.application.findMany({
    where,
    select: { ...reviewColumns, slug: true, decisions: { select: decisionColumns } },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
  });
  const begun = await readBegun(transaction, slug === null ? null : reviews.map(({ id }) => id));
  const formerOf = await readFormerLines(transaction, slug);
  const setsOf = grouped(sets);
  const reviewsOf = grouped(reviews);
  const shown = await readPublicStates(transaction);
  return (of) => {
    const own = reviewsOf.get(of) ?? [];
    const decisions = own.flatMap((review) => review.decisions.map((decision) => decisionOf(review, decision)));
    return {
      sets: (setsOf.get(of) ?? []).map(setOf),
      decisions: decisions.sort((one, other) => (one.at < other.at ? 1 : -1)),
      reviews: own.map((review) => reviewOf(review, { begunAt: begun.get(review.id) ?? null, shown })),
      former: formerOf(of),
    };
  };
}

/** When reviews opened for the public; null: all of them. */
async function readBegun(transaction: Transaction, references: string[] | null): Promise<ReadonlyMap<string, Instant>> {
  const rows = await transaction.ledgerEntry.groupBy({
    by: ['applicationId'],
    where: { what: { in: [...OPENING_WORDS] }, ...(references === null ? {} : { applicationId: { in: references } }) },
    _min: { at: true },
  });
  return new Map(
    rows.flatMap(({ applicationId, _min }) =>
      applicationId === null || _min.at === null ? [] : [[applicationId, _min.at.toISOString()] as const],
    ),
  );
}

function grouped<Row extends { readonly slug: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.slug);
    if (group === undefined) groups.set(row.slug, [row]);
    else group.push(row);
  }
  return groups;
}

function setOf(row: { publishedAt: Date | null; at: Date; answers: unknown; confirmed: string[] }): PublishedSet {
  return {
    publishedAt: (row.publishedAt ?? row.at).toISOString(),
    at: row.at.toISOString(),
    // Parsed by domain/questionnaire.ts before they were written.
    answers: row.answers as Answers,
    confirmed: row.confirmed,
  };
}

function reviewOf(
  { id, kind, state, openedAt, endedAt }: ReviewRow,
  { begunAt, shown }: { readonly begunAt: Instant | null; readonly shown: ReadonlyMap<string, ReviewState> },
): PublicReview {
  return {
    reference: id,
    // Both written by steps from the domain's own words.
    kind: kind as Kind,
    state: shown.get(id) ?? (state as ReviewState),
    openedAt: openedAt.toISOString(),
    begunAt,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** A recorded decision as everybody may read it. */
export function decisionOf(
  { id, kind }: Pick<ReviewRow, 'id' | 'kind'>,
  { result, at, validUntil, reasons }: DecisionRow,
): PublicDecision {
  return {
    reference: id,
    // Both written by steps from the domain's own words.
    kind: kind as Kind,
    result: result as Ended,
    at: at.toISOString(),
    validUntil: dayOfColumn(validUntil),
    reasons: Array.isArray(reasons) ? reasons.flatMap(reasonOf) : [],
  };
}

/** Only what is public of a stored reason, whatever else stands beside it. */
function reasonOf(stored: unknown): readonly PublicReason[] {
  // Written by save-effects.ts.
  const {
    section = null,
    verdict = null,
    publicReason = '',
  } = (stored ?? {}) as {
    readonly section?: SectionId;
    readonly verdict?: SectionWord;
    readonly publicReason?: string;
  };
  return section === null && publicReason === '' ? [] : [{ section, verdict, reason: publicReason }];
}
