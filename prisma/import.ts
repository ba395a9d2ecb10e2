import type { ListingRecord } from '../domain/listing-record.js';
import type { SyncPlan } from '../domain/sync.js';
import type { Database } from './database.js';
import { withImport } from './import-run.js';

/** What the reader of the files found. */
export interface ImportInput {
  /** One for each DPG id. */
  readonly records: readonly ListingRecord[];
  /** DPG ids of records that the reader refused: their listings are not missing. */
  readonly refusedIds?: readonly string[];
  /** DPG ids that staff looked at and take as new products although they resemble one here. */
  readonly takenAsNew?: readonly string[];
}

/**
 * Brings the listings here up to a file of the registry, and says what that was: new products with their cases and
 * carried-over answers, changed facts with a row `listing_changed` in the product's case, and what is missing. Dates
 * of approvals are the case's own step to take. Run again with the same file it changes nothing. Starts the clock of
 * a new installation. Contacts are never touched.
 */
export async function importListings(
  database: Database,
  { records, refusedIds = [], takenAsNew = [] }: ImportInput,
): Promise<SyncPlan> {
  return withImport(database, { takenAsNew }, async (run) => {
    await run.refused(refusedIds);
    const { plan } = await run.listings(records.map((record) => ({ record, place: record.dpgId })));
    const { missing } = await run.end({ whole: true });
    return { ...plan, missing };
  });
}
