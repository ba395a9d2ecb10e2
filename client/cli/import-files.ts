/** Takes the files of a path into one import, part by part. */
import { openRegistry, type Found, type FoundFormer, type FoundListing } from '../../adapters/registry-stream.js';
import type { Day } from '../../domain/calendar.js';
import { formerId } from '../../prisma/import-former.js';
import { listingId, type ImportRun } from '../../prisma/import-run.js';
import { countFormer, countFound, countListings, newTally, placeInWords, type ImportTally } from './import-tally.js';

/** So few that what a part needs is small beside the program itself. */
const PART = 50;

/** What was read and done. */
export interface Imported extends ImportTally {
  /** Slugs. */
  readonly missing: readonly string[];
  /** Why nobody looked for missing listings; null: it was done. */
  readonly missingUnknown: string | null;
  /** Records of the past whose product became known. */
  readonly linked: number;
  /** Files of other kinds, which nobody read. */
  readonly others: number;
}

/** Reads everything at a path and hands it to the import. See `openRegistry` for when it throws. */
export async function importFiles(run: ImportRun, { path, asOf }: { path: string; asOf: Day }): Promise<Imported> {
  const tally = newTally();
  const { found, others } = await openRegistry(path);
  let cut = false;
  for await (const part of inParts(found)) {
    for (const one of part) countFound(tally, one);
    cut ||= part.some(mayHideListings);
    await takePart({ run, tally, asOf }, part);
  }
  const missingUnknown = whyUnknown({ cut, listings: tally.rows.get('listing')?.read ?? 0 });
  const { missing, linked } = await run.end({ whole: missingUnknown === null });
  return { ...tally, missing, missingUnknown, linked, others };
}

async function* inParts(found: AsyncIterable<Found>): AsyncGenerator<readonly Found[]> {
  let part: Found[] = [];
  for await (const one of found) {
    part.push(one);
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** Whether a file was not read to its end that could hold listings. */
function mayHideListings(found: Found): boolean {
  return found.what === 'refused' && found.position === null && found.form === null;
}

function whyUnknown({ cut, listings }: { cut: boolean; listings: number }): string | null {
  if (listings === 0) return 'the files hold no listings';
  return cut ? 'a file could not be read' : null;
}

interface Taking {
  readonly run: ImportRun;
  readonly tally: ImportTally;
  readonly asOf: Day;
}

async function takePart({ run, tally, asOf }: Taking, part: readonly Found[]): Promise<void> {
  const listings = part.filter((one): one is FoundListing => one.what === 'listing');
  const former = part.filter((one): one is FoundFormer => one.what === 'former');
  const refused = part.flatMap((one) => (one.what === 'refused' ? (one.dpgId ?? []) : []));
  if (listings.length > 0) {
    const taken = await run.listings(listings.map((one) => ({ record: one.record, place: placeInWords(one) })));
    countListings(tally, { found: listings, taken, asOf });
  }
  if (former.length > 0) {
    const taken = await run.former(former.map((one) => ({ record: one.record, place: placeInWords(one) })));
    for (const [index, place] of former.entries()) {
      const what = taken[index];
      if (what !== undefined) countFormer(tally, { kind: place.record.kind, place, taken: what });
    }
  }
  if (refused.length > 0) await run.refused(refused);
  const unknown = [...listings, ...former].flatMap((one) => {
    const id = one.what === 'listing' ? listingId(one.record.dpgId) : formerId(one.record);
    return Object.keys(one.aside).length === 0 ? [] : [{ id, fields: one.aside }];
  });
  if (unknown.length > 0) await run.unknown(unknown);
}
