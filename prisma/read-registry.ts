import { dayOf, type Day } from '../domain/calendar.js';
import type { Ended, ReviewState } from '../domain/case.js';
import {
  productStatus,
  statusWords,
  type ReviewFacts,
  type StatusSince,
  type StatusWords,
} from '../domain/product-status.js';
import { OPENING_WORDS } from '../domain/public-words.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import { Prisma } from './generated/client.js';
import { dayOfColumn } from './day-column.js';
import { PUBLIC_STATE } from './public-state.js';
import type { ListingRecord } from '../domain/listing-record.js';

type ReadFacts = Omit<ListingRecord, 'dpgId' | 'applicationId' | 'facts' | 'answers'>;

/** A product as everybody may see it. */
export interface RegistryProduct extends StatusSince, ReadFacts {
  readonly slug: string;
  /** GID and seven digits, or one that was given here. */
  readonly dpgId: string | null;
  readonly removedOn: Day | null;
  readonly words: StatusWords;
}

/** The whole registry on a day of case time. */
export interface Registry {
  readonly today: Day;
  /** By name. */
  readonly products: readonly RegistryProduct[];
}

interface ProductRow {
  readonly slug: string;
  readonly dpgId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly website: string | null;
  readonly repositories: string[];
  readonly licences: string[];
  readonly sdgs: number[];
  readonly types: string[];
  readonly firstListedOn: Date | null;
  readonly approvedOn: Date | null;
  readonly validUntil: Date | null;
  readonly removedOn: Date | null;
  readonly removedBecause: string | null;
  readonly state: string | null;
  readonly openedAt: Date | null;
  readonly begunAt: Date | null;
}

/** Reads all products with their status: one query, whatever their number. */
export async function readRegistry(database: Database): Promise<Registry> {
  return atOneInstant(database, readProducts);
}

/** Runs reads that must agree with each other. */
export function atOneInstant<T>(database: Database, read: (transaction: Transaction) => Promise<T>): Promise<T> {
  return database.$transaction(read, { isolationLevel: 'RepeatableRead' });
}

/** The products of the registry, or the one of a slug, within a transaction. */
export async function readProducts(transaction: Transaction, slug: string | null = null): Promise<Registry> {
  const { now } = await readClock(transaction);
  const today = dayOf(now);
  const chosen = slug === null ? Prisma.empty : Prisma.sql`and l.slug = ${slug}`;
  const rows = await transaction.$queryRaw<ProductRow[]>`
    select l.slug, l."dpgId", l.name, l.description, l.website, coalesce(l.repositories, '{}') as repositories,
      coalesce(l.licences, '{}') as licences, coalesce(l.sdgs, '{}') as sdgs, coalesce(l.types, '{}') as types,
      l."firstListedOn", l."approvedOn", l."validUntil", l."removedOn", l."removedBecause",
      a.state, a."openedAt", (
        select min(e.at) from "LedgerEntry" e
        where e."applicationId" = a.id and e.what in (${Prisma.join([...OPENING_WORDS])})
      ) as "begunAt"
    from "Listing" l
    left join lateral (
      select id, "openedAt", ${PUBLIC_STATE} as state
      from "Application"
      where slug = l.slug and open and kind = 'annual_review' order by "openedAt" desc limit 1
    ) a on true
    where l.nominated is null ${chosen}
    order by lower(l.name) collate "C", l.slug`;
  return { today, products: rows.map((row) => productOf(row, today)) };
}

function productOf(row: ProductRow, today: Day): RegistryProduct {
  const { slug, dpgId, name, description, website, repositories, licences, sdgs, types } = row;
  // Written by steps from the domain's own words.
  const because = row.removedBecause as Ended | null;
  const dates = {
    firstListedOn: dayOfColumn(row.firstListedOn),
    approvedOn: dayOfColumn(row.approvedOn),
    validUntil: dayOfColumn(row.validUntil),
    removedOn: dayOfColumn(row.removedOn),
  };
  const status = productStatus({ listing: { ...dates, removedBecause: because }, review: reviewOf(row), today });
  return {
    slug,
    dpgId,
    name,
    description,
    website,
    repositories,
    licences,
    sdgs,
    types,
    ...dates,
    ...status,
    words: statusWords(status.status, because, row.state === 'appeal'),
  };
}

function reviewOf({ state, openedAt, begunAt }: ProductRow): ReviewFacts | null {
  if (state === null || openedAt === null) return null;
  return {
    kind: 'annual_review',
    // Written by steps from the domain's own words.
    state: state as ReviewState,
    since: openedAt.toISOString(),
    begunAt: begunAt?.toISOString() ?? null,
  };
}
