/** Records of registry-facts.json and registry-current.json: bare facts with dates; `id` is the DPG id. */
import type { ListingRecord } from '../domain/listing-record.js';
import { goalsAt, licencesAt, recordOf, typesAt } from './registry-record.js';
import type { RecordReader } from './registry-record.js';

/** What such records carry and a listing does not keep: derived from other fields, or always the same. */
export const factsWithoutPlace: readonly string[] = [
  'stage',
  'recognisedYear',
  'overdueOnSnapshotDay',
  'collectsPii',
  'id',
];

/** Reads the facts of one record whose id and name were checked. */
export function readFacts({
  reader,
  dpgId,
  name,
}: {
  reader: RecordReader;
  dpgId: string;
  name: string;
}): ListingRecord {
  return recordOf({
    dpgId,
    name,
    applicationId: reader.line('applicationId'),
    description: reader.text('description'),
    websites: reader.links('website'),
    repositories: reader.links('repositories'),
    licences: licencesAt(reader, 'licenses'),
    sdgs: goalsAt(reader, 'sdgs'),
    types: typesAt(reader, 'types'),
    firstListedOn: reader.day('firstListedOn'),
    approvedOn: reader.day('currentApprovalFirstSeenOn'),
    validUntil: reader.day('nominalExpiryOn'),
    facts: {
      piiHandling: reader.level('piiHandling'),
      contentHandling: reader.level('contentHandling'),
      userInteraction: reader.yesNo('userInteraction'),
      collectsNonPii: reader.yesNo('collectsNonPii'),
      usesClosedComponents: reader.yesNo('usesClosedComponents'),
    },
    answers: {},
  });
}
