import { dayOf, type Day } from '../domain/calendar.js';
import { findAlike } from '../domain/same-product.js';
import type { Database, Transaction } from './database.js';
import { dayOfColumn } from './day-column.js';
import { publicName, readNominated, readSent } from './read-nominations.js';
import { decisionColumns, decisionOf, type PublicDecision } from './read-published.js';
import { atOneInstant } from './read-registry.js';

/** A product that an older file of the registry excludes. */
export interface FormerExclusion {
  readonly source: string;
  readonly name: string;
  /** Null: the files do not say. */
  readonly on: Day | null;
  readonly reason: string | null;
  /** The product here that it is, if that is certain; whether it is listed now says its own page. */
  readonly slug: string | null;
}

/** A nomination that did not lead to the list. */
export interface RefusedNomination {
  readonly reference: string;
  /** Null: it is not public, and stays so. */
  readonly name: string | null;
  readonly on: Day;
  /** The listed product that it is by now, by its name and an address; null: none, or it is not named. */
  readonly slug: string | null;
  /** Its last decision, with public reasons; null: none is on record. */
  readonly decision: PublicDecision | null;
}

export interface Excluded {
  readonly nominations: readonly RefusedNomination[];
  readonly former: readonly FormerExclusion[];
}

/** What was not taken into the list, here (the newest first) and before this website (by name). */
export async function readExcluded(database: Database): Promise<Excluded> {
  return atOneInstant(database, async (transaction) => ({
    nominations: await readRefused(transaction),
    former: await readFormerExclusions(transaction),
  }));
}

async function readRefused(transaction: Transaction): Promise<readonly RefusedNomination[]> {
  const found = await transaction.application.findMany({
    where: { kind: 'nomination', open: false, state: { in: ['ineligible', 'removed'] } },
    select: {
      ...{ id: true, kind: true, slug: true, state: true, endedAt: true },
      decisions: { select: decisionColumns, orderBy: { id: 'desc' }, take: 1 },
    },
    orderBy: [{ endedAt: 'desc' }, { id: 'asc' }],
  });
  const bySlug = await readNominated(transaction, found);
  const sent = await readSent(
    transaction,
    found.map(({ id }) => id),
  );
  const listed = findAlike(
    await transaction.listing.findMany({
      where: { nominated: null, removedOn: null },
      select: { slug: true, name: true, website: true, repositories: true },
    }),
  );
  return found.flatMap(({ decisions: [decision], endedAt, ...one }): readonly RefusedNomination[] => {
    const listing = bySlug.get(one.slug) ?? null;
    // One that was listed in between left the list: the registry says so, with the reasons.
    if (endedAt === null || !sent.has(one.id) || listing?.nominated === null) return [];
    const on = dayOf(endedAt.toISOString());
    const last = decision === undefined ? null : decisionOf(one, decision);
    const name = publicName(listing, one.state);
    const same = listing === null || name === null ? undefined : listed(listing).find(({ by }) => by.length > 1);
    return [{ reference: one.id, name, on, slug: same?.of.slug ?? null, decision: last }];
  });
}

async function readFormerExclusions(transaction: Transaction): Promise<readonly FormerExclusion[]> {
  const rows = await transaction.formerRecord.findMany({
    where: { kind: { in: ['excluded', 'exclusion'] } },
    select: { source: true, name: true, on: true, reason: true, slug: true },
    orderBy: { id: 'asc' },
  });
  const found = new Map<string, FormerExclusion>();
  for (const row of rows) {
    const known = found.get(row.source);
    found.set(row.source, {
      source: row.source,
      name: known?.name ?? row.name,
      on: known?.on ?? dayOfColumn(row.on),
      reason: known?.reason ?? row.reason,
      slug: known?.slug ?? row.slug,
    });
  }
  const key = ({ name, source }: FormerExclusion) => `${name.toLowerCase()} ${source}`;
  return [...found.values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
