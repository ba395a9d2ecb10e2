import { randomUUID } from 'node:crypto';
import type { Answers } from '../domain/answers.js';
import { dayOf, type Instant } from '../domain/calendar.js';
import type { ListingRecord } from '../domain/listing-record.js';
import type { ListingsHere } from '../domain/listings-here.js';
import { gapsOf } from '../domain/sync-gaps.js';
import { planSync, type ListingUpdate, type SyncPlan } from '../domain/sync.js';
import { appendRow } from './append.js';
import { readClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import type { RowBody } from './event-of-row.js';
import { firstPlaces, listingId, type Again, type Placed } from './import-run.js';
import { knownListings, type KnownListing } from './known-listings.js';
import { addAnswers, createListings, writeFacts } from './write-listings.js';

export interface ListingsTaken {
  /** Of the records that are the first of their product. */
  readonly plan: SyncPlan;
  readonly again: readonly Again[];
}

/** What a part of an import is taken with. */
export interface Taking {
  readonly database: Database;
  /** Of the whole import. */
  readonly transaction: Transaction;
  readonly here: ListingsHere;
  readonly takenAsNew: readonly string[];
  readonly now: Instant;
}

type PlacedListing = Placed<ListingRecord>;

/** Takes some listings; the second record of a product fills the gaps of the first. */
export async function takeListings(taking: Taking, placed: readonly PlacedListing[]): Promise<ListingsTaken> {
  const { transaction, here, takenAsNew, now } = taking;
  const first = await firstPlaces(
    transaction,
    placed.map(({ record, place }) => ({ id: listingId(record.dpgId), place })),
  );
  const isFirst = ({ record, place }: PlacedListing) => first.get(listingId(record.dpgId)) === place;
  const given = placed.filter(isFirst).map(({ record }) => record);
  const existing = await knownListings(transaction, { dpgIds: given.map(({ dpgId }) => dpgId) });
  const records = withoutConfirmed(given, existing);
  const plan = planSync({ records, existing, here, takenAsNew, today: dayOf(now) });
  await createListings(transaction, plan.create, now);
  const made = plan.create.map(({ record }) => listingId(record.dpgId));
  await transaction.$executeRaw`update import_seen set made = true where id = any(${made}::text[])`;
  await updateListings(taking, { slugs: plan.update.map(({ slug }) => slug), given });
  const again: Again[] = [];
  for (const one of placed.filter((other) => !isFirst(other))) {
    const at = first.get(listingId(one.record.dpgId)) ?? '';
    again.push({ place: one.place, id: one.record.dpgId, first: at, filled: await fillGaps(taking, one.record) });
  }
  return { plan, again };
}

/** What an owner answered or confirmed here stands against a file. */
function withoutConfirmed(
  given: readonly ListingRecord[],
  existing: readonly KnownListing[],
): readonly ListingRecord[] {
  const confirmed = new Map(existing.map((listing) => [listing.dpgId, listing.confirmed]));
  return given.map((record) => {
    const theirs = confirmed.get(record.dpgId);
    if (theirs === undefined || theirs.size === 0) return record;
    const answers: Answers = Object.fromEntries(Object.entries(record.answers).filter(([id]) => !theirs.has(id)));
    return { ...record, answers };
  });
}

async function updateListings(
  { database }: Taking,
  { slugs, given }: { slugs: readonly string[]; given: readonly ListingRecord[] },
): Promise<void> {
  const byId = new Map(given.map((record) => [record.dpgId, record]));
  for (const slug of slugs) {
    await inCase(database, slug, ({ listing, now }) => {
      const record = byId.get(listing.dpgId ?? '');
      const records = record === undefined ? [] : withoutConfirmed([record], [listing]);
      return planSync({ records, existing: [listing], today: dayOf(now) }).update[0];
    });
  }
}

/** Whether there were any. */
async function fillGaps({ database, transaction, now }: Taking, record: ListingRecord): Promise<boolean> {
  const [listing] = await knownListings(transaction, { dpgIds: [record.dpgId] });
  if (listing === undefined) return false;
  const { slug } = listing;
  const changes = gapsOf({ record, listing });
  if (Object.keys(changes).length === 0) return false;
  const [row] = await transaction.$queryRaw<{ made: boolean }[]>`
    select made from import_seen where id = ${listingId(record.dpgId)}`;
  if (row?.made !== true) {
    await inCase(database, slug, (as) => ({ slug, changes: gapsOf({ record, listing: as.listing }), validity: null }));
    return true;
  }
  // Nobody else sees it yet: there is no case to tell.
  await writeFacts(transaction, { slug, changes });
  await addAnswers(transaction, { slug, changes }, new Date(now));
  return true;
}

/** Plans one product again under its case's lock, since a decision may have come in between, and carries it out. */
async function inCase(
  database: Database,
  slug: string,
  plan: (as: { readonly listing: KnownListing; readonly now: Instant }) => ListingUpdate | undefined,
): Promise<void> {
  await database.$transaction(async (transaction) => {
    const caseId = `dpg/${slug}`;
    await lockCase(transaction, caseId);
    const { now } = await readClock(transaction);
    const [listing] = await knownListings(transaction, { slug });
    const update = listing === undefined ? undefined : plan({ listing, now });
    if (update === undefined) return;
    await writeFacts(transaction, update);
    await addAnswers(transaction, update, new Date(now));
    const row = { caseId, applicationId: null, round: null, role: 'import', actor: 'import' } as const;
    const key = `import:${randomUUID()}:${slug}`;
    await appendRow(transaction, { ...row, key, kind: 'listing_changed', body: bodyOf(update) });
  });
}

function bodyOf({ validity }: ListingUpdate): RowBody<'listing_changed'> {
  if (validity === null) return { approvedElsewhereOn: null, validity: null };
  const { laterApproval, approvedOn, validUntil } = validity;
  return { approvedElsewhereOn: laterApproval ? approvedOn : null, validity: { approvedOn, validUntil } };
}
