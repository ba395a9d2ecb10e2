import { dayOf, daysBetween, type Day, type Instant } from '../domain/calendar.js';
import type { ReviewState } from '../domain/case.js';
import { durationsOf, type Durations } from '../domain/nomination-progress.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import { readPublicStates } from './public-state.js';
import { atOneInstant } from './read-registry.js';

/** A nomination that was sent and has not ended, without its people. */
export interface PublicNomination {
  readonly reference: string;
  /** Null before it passed the first level. */
  readonly name: string | null;
  readonly status: 'nominee' | 'candidate';
  readonly state: ReviewState;
  readonly sentOn: Day;
}

/** The ends after which a product is not named, although it had passed the first level. */
const UNNAMED: readonly string[] = ['withdrawn', 'removed', 'unanswered', 'abandoned'];

/** The name of a nominated product, if everybody may read it. */
export function publicName(
  listing: { readonly name: string; readonly nominated: string | null } | null,
  state: string,
): string | null {
  if (listing === null || listing.nominated === 'nominee' || UNNAMED.includes(state)) return null;
  return listing.name;
}

/** The nominations that wait for a decision, those that were sent first at the front. */
export async function readNominees(database: Database): Promise<{
  readonly today: Day;
  readonly nominations: readonly PublicNomination[];
  readonly durations: Durations | null;
}> {
  return atOneInstant(database, async (transaction) => {
    const { now } = await readClock(transaction);
    const found = await transaction.application.findMany({
      where: { kind: 'nomination', open: true, NOT: { state: 'draft' } },
      select: { id: true, slug: true, state: true },
    });
    const bySlug = await readNominated(transaction, found);
    const sent = await readSent(
      transaction,
      found.map(({ id }) => id),
    );
    const shown = await readPublicStates(transaction);
    const nominations = found.flatMap(({ id, slug, state }): readonly PublicNomination[] => {
      const at = sent.get(id);
      const listing = bySlug.get(slug) ?? null;
      const name = publicName(listing, state);
      // One whose approval is looked at again is on the list.
      if (at === undefined || listing?.nominated === null) return [];
      // Written by steps from the domain's own words.
      const status = name === null ? 'nominee' : 'candidate';
      return [{ reference: id, name, status, state: shown.get(id) ?? (state as ReviewState), sentOn: dayOf(at) }];
    });
    nominations.sort((one, other) => (one.sentOn + one.reference < other.sentOn + other.reference ? -1 : 1));
    return { today: dayOf(now), nominations, durations: await readDurations(transaction) };
  });
}

/** What is known of the products of some nominations, by slug. */
export async function readNominated(transaction: Transaction, nominations: readonly { readonly slug: string }[]) {
  const listings = await transaction.listing.findMany({
    where: { slug: { in: nominations.map(({ slug }) => slug) } },
    select: { slug: true, name: true, website: true, repositories: true, nominated: true },
  });
  return new Map(listings.map((listing) => [listing.slug, listing]));
}

/** When nominations were first sent, by reference. */
export async function readSent(
  transaction: Transaction,
  references: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await transaction.ledgerEntry.groupBy({
    by: ['applicationId'],
    where: { what: 'answered', applicationId: { in: [...references] } },
    _min: { at: true },
  });
  return new Map(
    rows.flatMap(({ applicationId, _min }) =>
      applicationId === null || _min.at === null ? [] : [[applicationId, _min.at.toISOString()] as const],
    ),
  );
}

/** How long decided nominations took; null below ten of them. */
export async function readDurations(transaction: Transaction): Promise<Durations | null> {
  const ended = await transaction.application.findMany({
    where: { kind: 'nomination', open: false, state: { in: ['approved', 'ineligible'] } },
    select: { id: true, endedAt: true },
  });
  const sent = await readSent(
    transaction,
    ended.map(({ id }) => id),
  );
  const days = ended.flatMap(({ id, endedAt }) => {
    const at = sent.get(id);
    return at === undefined || endedAt === null ? [] : [daysBetween(dayOf(at), dayOf(endedAt.toISOString()))];
  });
  return durationsOf(days);
}
