import { randomUUID } from 'node:crypto';
import { nextEntry, openingEntry } from '../domain/agenda.js';
import type { Answers } from '../domain/answers.js';
import { dayOf, type Instant } from '../domain/calendar.js';
import type { HandlingFacts, ListingRecord } from '../domain/listing-record.js';
import { newestBinding, STANDARDS } from '../domain/standards.js';
import { planSync, type ListingUpdate, type NewListing, type SyncPlan } from '../domain/sync.js';
import { appendRow } from './append.js';
import { readClock, startClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import type { RowBody } from './event-of-row.js';
import { json } from './json.js';
import { knownListings, type KnownListing } from './known-listings.js';
import { columnOfDay } from './day-column.js';

/** What the reader of the files found. */
export interface ImportInput {
  /** One for each DPG id. */
  readonly records: readonly ListingRecord[];
  /** DPG ids of records that the reader refused: their listings are not missing. */
  readonly refusedIds?: readonly string[];
  /** DPG ids that staff looked at and take as new products although they resemble one here. */
  readonly takenAsNew?: readonly string[];
}

/** Two imports at once would give one product two slugs. */
const ONE_IMPORT = 4_182_001;

/**
 * Brings the listings here up to a file of the registry, and says what that was: new products with their cases and
 * carried-over answers, changed facts with a row `listing_changed` in the product's case, and what is missing. Dates
 * of approvals are the case's own step to take. Run again with the same file it changes nothing. Starts the clock of
 * a new installation. Contacts are never touched.
 */
export async function importListings(database: Database, input: ImportInput): Promise<SyncPlan> {
  await startClock(database);
  const plan = await database.$transaction(async (transaction) => {
    await transaction.$executeRaw`select pg_advisory_xact_lock(${ONE_IMPORT})`;
    const { now } = await readClock(transaction);
    const existing = await knownListings(transaction);
    const made = planSync({ ...input, existing, records: records(input, existing), today: dayOf(now) });
    await createListings(transaction, made.create, now);
    await markMissing(transaction, made.missing, now);
    return made;
  });
  const id = randomUUID();
  for (const { slug } of plan.update) await updateListing(database, { slug, input, key: `import:${id}:${slug}` });
  return plan;
}

/** What an owner answered or confirmed here stands against a file. */
function records({ records: given }: ImportInput, existing: readonly KnownListing[]): readonly ListingRecord[] {
  const confirmed = new Map(existing.map((listing) => [listing.dpgId, listing.confirmed]));
  return given.map((record) => {
    const theirs = confirmed.get(record.dpgId);
    if (theirs === undefined || theirs.size === 0) return record;
    const answers: Answers = Object.fromEntries(Object.entries(record.answers).filter(([id]) => !theirs.has(id)));
    return { ...record, answers };
  });
}

async function createListings(transaction: Transaction, created: readonly NewListing[], now: Instant): Promise<void> {
  const at = new Date(now);
  await transaction.listing.createMany({
    data: created.map(({ slug, record, opensByItself }) => ({
      slug,
      dpgId: record.dpgId,
      applicationId: record.applicationId,
      name: record.name,
      description: record.description,
      website: record.website,
      repositories: [...record.repositories],
      licences: [...record.licences],
      sdgs: [...record.sdgs],
      types: [...record.types],
      firstListedOn: columnOfDay(record.firstListedOn),
      approvedOn: columnOfDay(record.approvedOn),
      validUntil: columnOfDay(record.validUntil),
      opensByItself,
      ...factColumns(record.facts),
      createdAt: at,
    })),
  });
  await transaction.case.createMany({
    data: created.map(({ slug, record, opensByItself }) => {
      const agenda = [openingEntry(stateOf({ slug, record, opensByItself })) ?? []].flat();
      const next = nextEntry(agenda);
      const nextDueAt = next === null ? null : new Date(next.due);
      return { id: `dpg/${slug}`, slug, workflow: 'certification', revision: 0, agenda: json(agenda), nextDueAt };
    }),
  });
  await transaction.answerSet.createMany({
    data: created.map(({ slug, record }) => answerSet({ slug, version: 0, answers: record.answers, at })),
  });
}

function stateOf({ slug, record, opensByItself }: NewListing) {
  const { dpgId, approvedOn, validUntil } = record;
  return {
    slug,
    dpgId,
    approvedOn,
    validUntil,
    opensByItself,
    removedOn: null,
    removedBecause: null,
    decidedHereAt: null,
  };
}

/** Carried-over answers: on file and public, confirmed by nobody. */
function answerSet({ slug, version, answers, at }: { slug: string; version: number; answers: Answers; at: Date }) {
  return {
    slug,
    version,
    by: 'import',
    standard: newestBinding(STANDARDS, dayOf(at.toISOString())).version,
    answers: json(answers),
    forReviewers: {},
    publishedAt: at,
    at,
  };
}

/** Missing is what the newest file does not have; what is back in it is not. */
async function markMissing(transaction: Transaction, missing: readonly string[], now: Instant): Promise<void> {
  const slugs = [...missing];
  await transaction.listing.updateMany({
    where: { slug: { notIn: slugs }, missingSince: { not: null } },
    data: { missingSince: null },
  });
  await transaction.listing.updateMany({
    where: { slug: { in: slugs }, missingSince: null },
    data: { missingSince: new Date(now) },
  });
}

/** Plans one product again under its case's lock, since a decision may have come in between, and carries it out. */
async function updateListing(
  database: Database,
  { slug, input, key }: { slug: string; input: ImportInput; key: string },
): Promise<void> {
  await database.$transaction(async (transaction) => {
    const caseId = `dpg/${slug}`;
    await lockCase(transaction, caseId);
    const { now } = await readClock(transaction);
    const existing = await knownListings(transaction, slug);
    const dpgId = existing[0]?.dpgId;
    const own = records(input, existing).filter((record) => record.dpgId === dpgId);
    const [update] = planSync({ records: own, existing, today: dayOf(now) }).update;
    if (update === undefined) return;
    await writeFacts(transaction, update);
    await addAnswers(transaction, update, new Date(now));
    const row = { key, caseId, applicationId: null, round: null, role: 'import', actor: 'import' } as const;
    await appendRow(transaction, { ...row, kind: 'listing_changed', body: bodyOf(update) });
  });
}

function bodyOf({ validity }: ListingUpdate): RowBody<'listing_changed'> {
  if (validity === null) return { approvedElsewhereOn: null, validity: null };
  const { laterApproval, approvedOn, validUntil } = validity;
  return { approvedElsewhereOn: laterApproval ? approvedOn : null, validity: { approvedOn, validUntil } };
}

async function writeFacts(transaction: Transaction, { slug, changes }: ListingUpdate): Promise<void> {
  const { facts, answers: _answers, firstListedOn, repositories, licences, sdgs, types, ...plain } = changes;
  await transaction.listing.update({
    where: { slug },
    data: {
      ...plain,
      ...(repositories === undefined ? {} : { repositories: [...repositories] }),
      ...(licences === undefined ? {} : { licences: [...licences] }),
      ...(sdgs === undefined ? {} : { sdgs: [...sdgs] }),
      ...(types === undefined ? {} : { types: [...types] }),
      ...(firstListedOn === undefined ? {} : { firstListedOn: columnOfDay(firstListedOn) }),
      ...factColumns(facts ?? {}),
    },
  });
}

async function addAnswers(transaction: Transaction, { slug, changes }: ListingUpdate, at: Date): Promise<void> {
  if (changes.answers === undefined) return;
  const version = await transaction.answerSet.count({ where: { slug, by: 'import' } });
  await transaction.answerSet.create({ data: answerSet({ slug, version, answers: changes.answers, at }) });
}

/** The column of a listing is named shorter than the fact; absent facts stay absent. */
function factColumns({ usesClosedComponents, ...facts }: Partial<HandlingFacts>) {
  return { ...facts, ...(usesClosedComponents === undefined ? {} : { closedComponents: usesClosedComponents }) };
}
