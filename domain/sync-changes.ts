/** What differs between a record and the listing here. */
import { equalAnswer } from './answers.js';
import type { HandlingFacts, ListingRecord } from './listing-record.js';
import type { ExistingListing, ListingChanges } from './sync.js';

interface Pair {
  readonly record: ListingRecord;
  readonly listing: ExistingListing;
}

/** What differs, as far as the file says anything. */
export function changesOf({ record, listing }: Pair): ListingChanges {
  const facts = Object.fromEntries(
    Object.entries(record.facts).filter(
      ([name, value]) => value !== null && value !== listing.facts[name as keyof HandlingFacts],
    ),
  );
  const answers = Object.fromEntries(
    Object.entries(record.answers).filter(([id, value]) => !equalAnswer(value, listing.answers[id])),
  );
  return {
    ...only('applicationId', record.applicationId, listing.applicationId),
    ...only('name', record.name, listing.name),
    ...only('description', record.description, listing.description),
    ...only('website', record.website, listing.website),
    ...only('repositories', record.repositories, listing.repositories),
    ...only('licences', record.licences, listing.licences),
    ...only('sdgs', record.sdgs, listing.sdgs),
    ...only('types', record.types, listing.types),
    ...only('firstListedOn', record.firstListedOn, listing.firstListedOn),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  };
}

/** A field with its new value, or nothing when the file has none or the same. */
function only<Name extends string, Value>(
  name: Name,
  given: Value | null,
  here: Value | null,
): Partial<Record<Name, Value>> {
  if (isAbsent(given) || JSON.stringify(given) === JSON.stringify(here)) return {};
  // The computed key of a generic name is typed as any string.
  return { [name]: given } as Partial<Record<Name, Value>>;
}

/** Of the changes, those that fill a gap: nobody decided about what was not there. */
export function onlyAbsent(changes: ListingChanges, listing: ExistingListing): ListingChanges {
  const { facts: _facts, answers: _answers, ...fields } = changes;
  const here: Readonly<Record<string, unknown>> = { ...listing };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isAbsent(here[name])));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
