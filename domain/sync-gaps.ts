/** A second record of the same product within one import: the first one counts, this one only fills its gaps. */
import type { HandlingFacts, ListingRecord } from './listing-record.js';
import { changesOf, onlyAbsent } from './sync-changes.js';
import type { ExistingListing, ListingChanges } from './sync.js';

/** What a listing lacks and the record has; nothing for a product that left the list. Dates of approvals are no gap. */
export function gapsOf({ record, listing }: { record: ListingRecord; listing: ExistingListing }): ListingChanges {
  if (listing.removed) return {};
  const wanted = changesOf({ record, listing });
  const { applicationId: _number, ...fields } = onlyAbsent(wanted, listing);
  // Nobody fills in beside what was decided here.
  if (listing.decidedHereOn !== null) return fields;
  const facts = Object.fromEntries(
    Object.entries(wanted.facts ?? {}).filter(([name]) => listing.facts[name as keyof HandlingFacts] === null),
  );
  const answers = Object.fromEntries(
    Object.entries(wanted.answers ?? {}).filter(([id]) => listing.answers[id] === undefined),
  );
  return {
    ...fields,
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  };
}
