/** An import without a database: what it would make of the files in an empty installation. */
import type { Day } from '../../domain/calendar.js';
import { listingsHere } from '../../domain/listings-here.js';
import { planSync } from '../../domain/sync.js';
import { formerId } from '../../prisma/import-former.js';
import { listingId, type ImportRun } from '../../prisma/import-run.js';

/** Takes everything as new, and remembers nothing but which records there were. */
export function rehearseImport(today: Day): ImportRun {
  const seen = new Map<string, string>();
  const firstPlace = (id: string, place: string): string => {
    const first = seen.get(id) ?? place;
    seen.set(id, first);
    return first;
  };
  const here = listingsHere([]);
  return {
    listings: (placed) => {
      const told = placed.map((one) => ({ ...one, first: firstPlace(listingId(one.record.dpgId), one.place) }));
      const records = told.filter(({ place, first }) => place === first).map(({ record }) => record);
      const again = told.flatMap(({ record, place, first }) =>
        place === first ? [] : [{ place, first, id: record.dpgId, filled: false }],
      );
      return Promise.resolve({ plan: planSync({ records, existing: [], here, today }), again });
    },
    former: (placed) =>
      Promise.resolve(
        placed.map(({ record, place }) => {
          const first = firstPlace(formerId(record), place);
          return first === place ? { result: 'new', first: null } : { result: 'again', first };
        }),
      ),
    unknown: () => Promise.resolve(),
    refused: () => Promise.resolve(),
    end: () => Promise.resolve({ missing: [], linked: 0 }),
  };
}
