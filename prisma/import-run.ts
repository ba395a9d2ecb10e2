import { setTimeout as pause } from 'node:timers/promises';
import type { FormerRecord } from '../domain/former-record.js';
import type { ListingRecord } from '../domain/listing-record.js';
import { listingsHere } from '../domain/listings-here.js';
import { OURS } from '../domain/nomination.js';
import type { SyncPlan } from '../domain/sync.js';
import { readClock, startClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import { takeFormer, type FormerTaken } from './import-former.js';
import { takeListings, type ListingsTaken } from './import-listings.js';
import { keepUnknown, type UnknownOf } from './import-unknown.js';
import { linkFormer } from './link-former.js';

/** A record and where it stands in the files: no two have the same place. */
export interface Placed<Record> {
  readonly record: Record;
  readonly place: string;
}

/** A record of what an earlier record of the same import was about. */
export interface Again {
  readonly place: string;
  readonly id: string;
  /** Where the earlier one stands. */
  readonly first: string;
  /** It had something that the earlier one lacked. */
  readonly filled: boolean;
}

/** One import, in as many parts as it takes: none of them is kept in memory after it was taken. */
export interface ImportRun {
  readonly listings: (records: readonly Placed<ListingRecord>[]) => Promise<ListingsTaken>;
  readonly former: (records: readonly Placed<FormerRecord>[]) => Promise<readonly FormerTaken[]>;
  readonly unknown: (fields: readonly UnknownOf[]) => Promise<void>;
  /** DPG ids of records that could not be used: they are in the files, so their listings are not missing. */
  readonly refused: (dpgIds: readonly string[]) => Promise<void>;
  /** `whole`: the files hold the registry as it is, so that what they do not name is missing. */
  readonly end: (given: {
    readonly whole: boolean;
  }) => Promise<Pick<SyncPlan, 'missing'> & { readonly linked: number }>;
}

/** Two imports at once would give one product two slugs. */
const ONE_IMPORT = 4_182_001;
const WAIT_FOR_OTHER_MS = 30_000;
/** Nobody waits for an import but another import. */
const LIMITS = { maxWait: 5_000, timeout: 4 * 3_600_000 } as const;

/**
 * Runs an import. New listings and records of the past are written together, when `work` is done, or not at all;
 * changes of listings that were here are each their case's own transaction. Waits half a minute for another import.
 */
export async function withImport<Result>(
  database: Database,
  { takenAsNew }: { readonly takenAsNew: readonly string[] },
  work: (run: ImportRun) => Promise<Result>,
): Promise<Result> {
  await startClock(database);
  return database.$transaction(async (transaction) => {
    await waitForOthers(transaction);
    await transaction.$executeRaw`create temp table import_seen
      (id text primary key, place text not null, made boolean not null default false) on commit drop`;
    const { now } = await readClock(transaction);
    const known = await transaction.listing.findMany({
      select: { slug: true, name: true, website: true, repositories: true },
      orderBy: { slug: 'asc' },
    });
    const here = listingsHere(known);
    return work({
      listings: (records) => takeListings({ database, transaction, here, takenAsNew, now }, records),
      former: (records) => takeFormer({ transaction, now }, records),
      unknown: (fields) => keepUnknown({ transaction, now }, fields),
      refused: async (dpgIds) => {
        await firstPlaces(
          transaction,
          dpgIds.map((id) => ({ id: listingId(id), place: '' })),
        );
      },
      end: async ({ whole }) => ({
        missing: whole ? await markMissing(transaction, now) : [],
        linked: await linkFormer(transaction),
      }),
    });
  }, LIMITS);
}

async function waitForOthers(transaction: Transaction): Promise<void> {
  const end = performance.now() + WAIT_FOR_OTHER_MS;
  for (;;) {
    const [row] = await transaction.$queryRaw<
      { mine: boolean }[]
    >`select pg_try_advisory_xact_lock(${ONE_IMPORT}) as mine`;
    if (row?.mine === true) return;
    if (performance.now() > end) throw new Error('Another import is under way. Wait until it has ended.');
    await pause(100);
  }
}

/** Under what a listing is remembered during an import. */
export function listingId(dpgId: string): string {
  return `listing:${dpgId}`;
}

/** Remembers records, and says for each id where it stood first. */
export async function firstPlaces(
  transaction: Transaction,
  records: readonly { readonly id: string; readonly place: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = records.map(({ id }) => id);
  const places = records.map(({ place }) => place);
  await transaction.$executeRaw`insert into import_seen (id, place)
    select * from unnest(${ids}::text[], ${places}::text[]) on conflict do nothing`;
  const rows = await transaction.$queryRaw<{ id: string; place: string }[]>`
    select id, place from import_seen where id = any(${ids}::text[])`;
  return new Map(rows.map(({ id, place }) => [id, place]));
}

/** Missing is what the newest files do not have; what is back in them is not. Slugs of what is missing. */
async function markMissing(transaction: Transaction, now: string): Promise<readonly string[]> {
  const rows = await transaction.$queryRaw<{ slug: string }[]>`
    select slug from "Listing" l where l."dpgId" is not null and l."dpgId" not like ${`${OURS}%`} and l."removedOn" is null
      and not exists (select 1 from import_seen where id = 'listing:' || l."dpgId") order by slug`;
  const slugs = rows.map(({ slug }) => slug);
  await transaction.$executeRaw`update "Listing" set "missingSince" = null
    where "missingSince" is not null and not slug = any(${slugs}::text[])`;
  await transaction.$executeRaw`update "Listing" set "missingSince" = ${new Date(now)}
    where "missingSince" is null and slug = any(${slugs}::text[])`;
  return slugs;
}
