import type { Answers } from '../domain/answers.js';
import type { HandlingFacts } from '../domain/listing-record.js';
import type { ExistingListing } from '../domain/sync.js';
import type { Transaction } from './database.js';
import { dayOfColumn } from './day-column.js';

/** A listing as an import compares it with a file. */
export interface KnownListing extends ExistingListing {
  /** Ids of the questions that an owner answered or confirmed here, once decided. */
  readonly confirmed: ReadonlySet<string>;
}

/** Listings as they are recorded here, removed ones included, by slug. */
export async function knownListings(
  transaction: Transaction,
  which: { readonly slug: string } | { readonly dpgIds: readonly string[] },
): Promise<readonly KnownListing[]> {
  const found = await transaction.listing.findMany({
    where: { nominated: null, ...('slug' in which ? { slug: which.slug } : { dpgId: { in: [...which.dpgIds] } }) },
    orderBy: { slug: 'asc' },
    include: {
      answerSets: { where: { publishedAt: { not: null } }, orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }] },
    },
  });
  return found.map(({ answerSets, closedComponents, ...listing }) => ({
    slug: listing.slug,
    dpgId: listing.dpgId,
    applicationId: listing.applicationId,
    name: listing.name,
    description: listing.description,
    website: listing.website,
    repositories: listing.repositories,
    licences: listing.licences,
    sdgs: listing.sdgs,
    types: listing.types,
    firstListedOn: dayOfColumn(listing.firstListedOn),
    approvedOn: dayOfColumn(listing.approvedOn),
    validUntil: dayOfColumn(listing.validUntil),
    // Only an import writes these columns, from the same words.
    facts: {
      piiHandling: listing.piiHandling,
      contentHandling: listing.contentHandling,
      userInteraction: listing.userInteraction,
      collectsNonPii: listing.collectsNonPii,
      usesClosedComponents: closedComponents,
    } as HandlingFacts,
    // Parsed before they were written.
    answers: Object.assign({}, ...answerSets.map(({ answers }) => answers)) as Answers,
    confirmed: new Set(answerSets.flatMap(({ confirmed }) => confirmed)),
    decidedHereOn: dayOfColumn(listing.decidedHereAt),
    removed: listing.removedOn !== null,
  }));
}
