/** What `perennial import` says of what it found and did. */
import type { FieldLeft } from '../../adapters/registry-stream.js';
import type { Day } from '../../domain/calendar.js';
import { FORMER_KINDS } from '../../domain/former-record.js';
import type { RegistryReport } from '../../domain/listing-record.js';
import type { SyncPlan } from '../../domain/sync.js';
import { counted } from '../words/words.js';
import type { Imported } from './import-files.js';
import { placeInWords, type Example, type Remark, type RowCounts, type TableRow } from './import-tally.js';

/** As `--json` prints it. Lists end after a thousand entries, examples of one reason after twenty. */
export interface ImportReport extends RegistryReport {
  readonly asOf: Day;
  readonly dryRun: boolean;
  readonly read: number;
  /** Of listings; records of the past are in `table`. */
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Slugs. */
  readonly missing: readonly string[];
  readonly missingUnknown: string | null;
  readonly elsewhereListed: readonly string[];
  readonly older: readonly string[];
  readonly kept: SyncPlan['kept'];
  readonly forStaff: SyncPlan['forStaff'];
  readonly setAside: readonly { readonly dpgId: string; readonly reason: string }[];
  readonly refused: readonly (Example & { readonly reason: string })[];
  readonly table: readonly ({ readonly what: TableRow } & RowCounts)[];
  readonly reasons: readonly {
    readonly result: 'setAside' | 'refused';
    readonly reason: string;
    readonly records: number;
    readonly examples: readonly Example[];
  }[];
  readonly remarks: readonly Remark[];
  readonly remarkCount: number;
  readonly leftOut: readonly (FieldLeft & { readonly records: number })[];
  /** Records of products read before, which filled gaps of the first. */
  readonly filled: number;
  /** Records of the past whose product here became known. */
  readonly linked: number;
  /** Files of other kinds, which nobody read. */
  readonly otherFiles: number;
}

const rows: readonly TableRow[] = ['listing', ...FORMER_KINDS, 'other'];

export function reportFrom({
  imported,
  asOf,
  dryRun,
}: {
  imported: Imported;
  asOf: Day;
  dryRun: boolean;
}): ImportReport {
  const { figures, plan, missing, missingUnknown, remarks, remarkCount, filled, linked, others } = imported;
  const table = rows.flatMap((what) => {
    const counts = imported.rows.get(what);
    return counts === undefined ? [] : [{ what, ...counts }];
  });
  const listings = imported.rows.get('listing');
  const reasons = [...imported.reasons.values()];
  return {
    ...{ asOf, dryRun, ...figures, missing, missingUnknown },
    read: table.reduce((sum, { read }) => sum + read, 0),
    new: listings?.new ?? 0,
    changed: listings?.changed ?? 0,
    unchanged: listings?.unchanged ?? 0,
    elsewhereListed: plan.elsewhereListed,
    older: plan.older,
    kept: plan.kept,
    forStaff: plan.forStaff,
    setAside: imported.setAside,
    refused: reasons.flatMap(({ result, reason, examples }) =>
      result === 'refused' ? examples.map((example) => ({ ...example, reason })) : [],
    ),
    ...{ table, reasons, remarks, remarkCount, filled, linked },
    leftOut: [...imported.leftOut.values()],
    otherFiles: others,
  };
}

/** The report for people. */
export function reportInWords(report: ImportReport): string {
  return [
    `Read ${counted(report.read, 'record')} as of ${report.asOf}.${report.dryRun ? ' Nothing was written.' : ''}`,
    ...(report.table.some(({ what }) => what === 'listing') ? listingsInWords(report) : []),
    ...(report.table.some(({ what }) => what !== 'listing') ? ['', ...tableInWords(report), ''] : []),
    ...reasonsInWords(report),
    ...forStaffInWords(report),
    ...leftOutInWords(report),
    ...(report.dryRun ? [] : ['Next: "perennial contacts template" for whom to ask, then "perennial campaign plan".']),
  ].join('\n');
}

function listingsInWords(report: ImportReport): readonly string[] {
  const rest = report.dryRun
    ? ''
    : `, ${report.changed} changed, ${report.unchanged} unchanged, ${report.missing.length} missing`;
  const refused = report.table.reduce((sum, row) => sum + row.refused, 0);
  return [
    `  ${report.listed} listed, ${report.overdue} overdue, ${report.personalData} with personal data, ` +
      `${report.lastReviewUnknown} with an unknown last review`,
    `  ${report.new} new${rest}, ${report.setAside.length} set aside for staff, ${refused} refused`,
  ];
}

const rowWords: Readonly<Record<TableRow, string>> = {
  listing: 'listings',
  nominee: 'nominees',
  archived: 'archived nominees',
  excluded: 'excluded nominees',
  exclusion: 'list of exclusions',
  screening: 'answers to the old form',
  opinion: "volunteers' reviews",
  application: 'applications of the portal',
  summary: 'summaries of nominees',
  other: 'of no known form',
};

const columns = ['read', 'new', 'changed', 'unchanged', 'setAside', 'refused'] as const;

function tableInWords({ table, linked }: ImportReport): readonly string[] {
  const line = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  return [
    line('', ['read', 'new', 'changed', 'unchanged', 'set aside', 'refused']),
    ...table.map((row) =>
      line(
        rowWords[row.what],
        columns.map((column) => row[column]),
      ),
    ),
    ...(linked === 0 ? [] : [`  ${counted(linked, 'record')} of the past were found to be of products here`]),
  ];
}

const FEW = 3;

function reasonsInWords({ reasons }: ImportReport): readonly string[] {
  return reasons.flatMap(({ result, reason, records, examples }) => {
    const word = result === 'refused' ? 'refused' : 'set aside';
    const named = ({ name }: Example) => (name === undefined || name === '' ? '' : ` (${name})`);
    if (records <= FEW) return examples.map((one) => `  ${word}: ${placeInWords(one)}${named(one)}: ${reason}`);
    const [first] = examples;
    const from = first === undefined ? '' : `, from ${placeInWords(first)} on`;
    return [`  ${word}: ${counted(records, 'record')}${from}: ${reason}`];
  });
}

function forStaffInWords(report: ImportReport): readonly string[] {
  return [
    ...report.setAside.map(
      ({ dpgId, reason }) => `  set aside: ${dpgId}: ${reason} (to take it as a new product: --as-new ${dpgId})`,
    ),
    ...report.missing.map((slug) => `  missing: ${slug} is listed here and not in the file; it stays listed`),
    ...(report.missingUnknown === null || report.dryRun
      ? []
      : [`  missing: nobody looked for listings that are missing, since ${report.missingUnknown}`]),
    ...report.elsewhereListed.map((slug) => `  listed elsewhere: ${slug} left the list here; it stays off it`),
    ...report.older.map((slug) => `  older: the file has an earlier approval of ${slug}; nothing of it was taken`),
    ...report.kept.map(({ slug, fields }) => `  kept: ${slug}: ${fields.join(', ')} stay as decided here`),
    ...report.forStaff.map(({ slug, reason }) => `  look at: ${slug} ${reason}`),
  ];
}

function leftOutInWords({ leftOut, remarkCount, filled, otherFiles }: ImportReport): readonly string[] {
  const because = {
    contact: 'names people',
    no_place: 'not asked by the form',
    unknown: 'not a known field; kept aside',
  } as const;
  return [
    ...(filled === 0 ? [] : [`  filled: gaps of ${counted(filled, 'product')}, from other records of the same`]),
    ...leftOut.map(
      ({ field, records, why }) => `  left out: ${field} of ${counted(records, 'record')} (${because[why]})`,
    ),
    ...(otherFiles === 0 ? [] : [`  not read: ${counted(otherFiles, 'file')} of other kinds`]),
    ...(remarkCount === 0 ? [] : [`  ${counted(remarkCount, 'remark')} on single records: see --json`]),
  ];
}
