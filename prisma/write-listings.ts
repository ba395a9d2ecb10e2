/** Writes what an import found out about listings: new ones with their cases, facts, carried-over answers. */
import { nextEntry, openingEntry } from '../domain/agenda.js';
import type { Answers } from '../domain/answers.js';
import { dayOf, type Instant } from '../domain/calendar.js';
import type { HandlingFacts } from '../domain/listing-record.js';
import { newestBinding, STANDARDS } from '../domain/standards.js';
import type { ListingChanges, NewListing } from '../domain/sync.js';
import type { Transaction } from './database.js';
import { columnOfDay } from './day-column.js';
import { json } from './json.js';

/** Writes new listings, each with its case, the opening of its review and its answers. */
export async function createListings(
  transaction: Transaction,
  created: readonly NewListing[],
  now: Instant,
): Promise<void> {
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

interface Changed {
  readonly slug: string;
  readonly changes: ListingChanges;
}

/** Writes changed facts; what is absent stays. */
export async function writeFacts(transaction: Transaction, { slug, changes }: Changed): Promise<void> {
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

/** Adds changed answers as a version of their own. */
export async function addAnswers(transaction: Transaction, { slug, changes }: Changed, at: Date): Promise<void> {
  if (changes.answers === undefined) return;
  const version = await transaction.answerSet.count({ where: { slug, by: 'import' } });
  await transaction.answerSet.create({ data: answerSet({ slug, version, answers: changes.answers, at }) });
}

/** The column of a listing is named shorter than the fact; absent facts stay absent. */
function factColumns({ usesClosedComponents, ...facts }: Partial<HandlingFacts>) {
  return { ...facts, ...(usesClosedComponents === undefined ? {} : { closedComponents: usesClosedComponents }) };
}
