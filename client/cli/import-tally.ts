/** Counts what an import meets, in memory that does not grow with the number of records. */
import type { FieldLeft, Found, FoundListing, FoundRefused, Place } from '../../adapters/registry-stream.js';
import type { Day } from '../../domain/calendar.js';
import type { FormerKind } from '../../domain/former-record.js';
import { reportOf, type RegistryReport } from '../../domain/listing-record.js';
import type { SyncPlan } from '../../domain/sync.js';
import type { FormerTaken } from '../../prisma/import-former.js';
import type { ListingsTaken } from '../../prisma/import-listings.js';

/** What a line of the table is about; `other`: nothing says what. */
export type TableRow = 'listing' | FormerKind | 'other';

/** A line of the table: of the records read, what became of how many. */
export interface RowCounts {
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  setAside: number;
  refused: number;
}

/** Where a record stands, and what it calls itself. */
export interface Example extends Place {
  readonly name?: string;
  readonly dpgId?: string;
}

/** Why records were refused or set aside, how many, and the first of them. */
export interface ReasonCount {
  readonly result: 'setAside' | 'refused';
  readonly reason: string;
  records: number;
  readonly examples: Example[];
}

export type Remark = Place & { readonly dpgId: string | null; readonly name: string; readonly text: string };

/** Of one reason, that many examples; of anything else, that many entries. */
const EXAMPLES = 20;
const MOST = 1_000;

export interface ImportTally {
  readonly rows: Map<TableRow, RowCounts>;
  readonly reasons: Map<string, ReasonCount>;
  readonly remarks: Remark[];
  remarkCount: number;
  readonly leftOut: Map<string, FieldLeft & { records: number }>;
  figures: RegistryReport;
  /** Lists of the plans of all parts, each cut at `MOST`. */
  readonly plan: { readonly [List in PlanList]: SyncPlan[List][number][] };
  /** What resembles a product here, for staff to look at. */
  readonly setAside: { readonly dpgId: string; readonly reason: string }[];
  /** Records of products that were read before, which had something that the first lacked. */
  filled: number;
}

type PlanList = 'elsewhereListed' | 'older' | 'kept' | 'forStaff';

export function newTally(): ImportTally {
  return {
    ...{ rows: new Map(), reasons: new Map(), remarks: [], remarkCount: 0, leftOut: new Map(), filled: 0 },
    figures: { listed: 0, overdue: 0, personalData: 0, lastReviewUnknown: 0 },
    plan: { elsewhereListed: [], older: [], kept: [], forStaff: [] },
    setAside: [],
  };
}

/** The counts of a line; the line is there from then on. */
export function countsOf({ rows }: ImportTally, row: TableRow): RowCounts {
  const known = rows.get(row);
  if (known !== undefined) return known;
  const counts = { read: 0, new: 0, changed: 0, unchanged: 0, setAside: 0, refused: 0 };
  rows.set(row, counts);
  return counts;
}

/** Where in the files something is, in words. */
export function placeInWords({ source, position }: Place): string {
  return position === null ? source : `${source}, record ${position}`;
}

/** Counts a record, or a file that could not be read, before anything is done with it. */
export function countFound(tally: ImportTally, found: Found): void {
  const counts = countsOf(tally, rowOf(found));
  if (found.position !== null) counts.read += 1;
  if (found.what === 'refused') return countRefused(tally, found);
  const { source, position, remarks, leftOut, record } = found;
  const dpgId = record.dpgId;
  tally.remarkCount += remarks.length;
  const room = MOST - tally.remarks.length;
  tally.remarks.push(...remarks.slice(0, room).map((text) => ({ source, position, dpgId, name: record.name, text })));
  for (const { field, why } of leftOut) {
    const known = tally.leftOut.get(field);
    if (known !== undefined) known.records += 1;
    else if (tally.leftOut.size < MOST) tally.leftOut.set(field, { field, why, records: 1 });
  }
}

function rowOf(found: Found): TableRow {
  if (found.what === 'listing') return 'listing';
  if (found.what === 'former') return found.record.kind;
  return found.form === 'facts' || found.form === 'feed' ? 'listing' : (found.form ?? 'other');
}

function countRefused(tally: ImportTally, { what: _what, form, reason, ...place }: FoundRefused): void {
  if (place.position !== null) countsOf(tally, rowOf({ what: 'refused', form, reason, ...place })).refused += 1;
  addReason(tally, { result: 'refused', reason: reason.replace(place.source, 'the file'), ...place });
}

function addReason(tally: ImportTally, given: Example & Pick<ReasonCount, 'result' | 'reason'>): void {
  const { result, reason, ...example } = given;
  const shown = tally.reasons.size < MOST ? reason : 'another reason';
  const key = `${result} ${shown}`;
  const known = tally.reasons.get(key) ?? { result, reason: shown, records: 0, examples: [] };
  tally.reasons.set(key, known);
  known.records += 1;
  if (known.examples.length < EXAMPLES) known.examples.push(example);
}

/** Counts what became of some listings. */
export function countListings(
  tally: ImportTally,
  { found, taken: { plan, again }, asOf }: { found: readonly FoundListing[]; taken: ListingsTaken; asOf: Day },
): void {
  const counts = countsOf(tally, 'listing');
  counts.new += plan.create.length;
  counts.changed += plan.update.length;
  counts.unchanged += plan.unchanged.length;
  counts.setAside += plan.setAside.length + plan.older.length + plan.elsewhereListed.length + again.length;
  const later = new Map(again.map((one) => [one.place, one]));
  const first: FoundListing[] = [];
  for (const one of found) {
    const { source, position, record } = one;
    const { filled = false } = later.get(placeInWords(one)) ?? {};
    if (filled) tally.filled += 1;
    if (!later.has(placeInWords(one))) first.push(one);
    else addReason(tally, { result: 'setAside', reason: readBefore, ...{ source, position, dpgId: record.dpgId } });
  }
  const figures = reportOf({ records: first.map(({ record }) => record), asOf });
  const { listed, overdue, personalData, lastReviewUnknown } = tally.figures;
  tally.figures = {
    listed: listed + figures.listed,
    overdue: overdue + figures.overdue,
    personalData: personalData + figures.personalData,
    lastReviewUnknown: lastReviewUnknown + figures.lastReviewUnknown,
  };
  addTo(tally.plan.elsewhereListed, plan.elsewhereListed);
  addTo(tally.plan.older, plan.older);
  addTo(tally.plan.kept, plan.kept);
  addTo(tally.plan.forStaff, plan.forStaff);
  addTo(
    tally.setAside,
    plan.setAside.map(({ record: { dpgId }, reason }) => ({ dpgId, reason })),
  );
}

const readBefore = 'of a product that was read before in these files; it filled gaps only';

function addTo<Entry>(kept: Entry[], more: readonly Entry[]): void {
  kept.push(...more.slice(0, MOST - kept.length));
}

/** Counts what became of one record of the past. */
export function countFormer(
  tally: ImportTally,
  { kind, place, taken: { result, first } }: { kind: FormerKind; place: Place; taken: FormerTaken },
): void {
  const counts = countsOf(tally, kind);
  if (result !== 'again') counts[result] += 1;
  else {
    counts.setAside += 1;
    const reason = first?.startsWith(`${place.source}, `) === true ? 'the same record twice in one file' : sameRecord;
    addReason(tally, { result: 'setAside', reason, source: place.source, position: place.position });
  }
}

const sameRecord = 'the same record was read before, from another file';
