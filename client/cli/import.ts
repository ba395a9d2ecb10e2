import type { Command } from 'commander';
import { dayOf, type Day } from '../../domain/calendar.js';
import { reportOf } from '../../domain/listing-record.js';
import { planSync, type SyncPlan } from '../../domain/sync.js';
import { readRegistryFiles, type RegistryFiles } from '../../adapters/registry-files.js';
import { importListings } from '../../prisma/import.js';
import { dayGiven } from '../given.js';
import { withDatabase } from './with-database.js';
import { counted } from '../words/words.js';

interface ImportOptions {
  readonly asOf?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly asNew?: readonly string[];
}

/** What `perennial import` found and did, as `--json` prints it. */
interface ImportReport {
  readonly asOf: Day;
  readonly dryRun: boolean;
  readonly read: number;
  readonly listed: number;
  readonly overdue: number;
  readonly personalData: number;
  readonly lastReviewUnknown: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Slugs. */
  readonly missing: readonly string[];
  readonly elsewhereListed: readonly string[];
  readonly older: readonly string[];
  readonly kept: SyncPlan['kept'];
  readonly forStaff: SyncPlan['forStaff'];
  readonly setAside: readonly { readonly dpgId: string; readonly reason: string }[];
  readonly refused: RegistryFiles['refused'];
  readonly remarks: RegistryFiles['remarks'];
  readonly leftOut: RegistryFiles['leftOut'];
}

/** Adds `import PATH`. */
export function addImport(program: Command, print: (text: string) => void): void {
  program
    .command('import')
    .summary('bring the listings up to files of the registry, and report')
    .argument('<path>', 'a JSON file, or a folder of them: registry facts, or records of the public feed')
    .option(
      '--as-of <date>',
      'count what is overdue as of this day, YYYY-MM-DD (default: today); changes the report only',
    )
    .option('-n, --dry-run', 'read and report only; needs no server and no database')
    .option('--as-new <dpgId...>', 'take these records as new products although they resemble one that is here')
    .option('--json', 'print one JSON object')
    .action(async (path: string, options: ImportOptions) => {
      const asOf = options.asOf === undefined ? today() : dayGiven('--as-of', options.asOf);
      const files = await readRegistryFiles(path);
      const dryRun = options.dryRun === true;
      const plan = dryRun ? planAlone(files) : await carryOut(files, options.asNew ?? []);
      const report = reportFrom({ files, plan, asOf, dryRun });
      print(options.json === true ? JSON.stringify(report) : inWords(report));
    });
}

function planAlone(files: RegistryFiles): SyncPlan {
  return planSync({ records: files.records, existing: [], today: today() });
}

function carryOut(files: RegistryFiles, takenAsNew: readonly string[]): Promise<SyncPlan> {
  const refusedIds = files.refused.flatMap(({ dpgId }) => dpgId ?? []);
  return withDatabase((database) => importListings(database, { records: files.records, refusedIds, takenAsNew }));
}

function today(): Day {
  return dayOf(new Date(Date.now()).toISOString());
}

function reportFrom({
  files,
  plan,
  asOf,
  dryRun,
}: {
  files: RegistryFiles;
  plan: SyncPlan;
  asOf: Day;
  dryRun: boolean;
}): ImportReport {
  return {
    asOf,
    dryRun,
    read: files.read,
    ...reportOf({ records: files.records, asOf }),
    new: plan.create.length,
    changed: plan.update.length,
    unchanged: plan.unchanged.length,
    missing: plan.missing,
    elsewhereListed: plan.elsewhereListed,
    older: plan.older,
    kept: plan.kept,
    forStaff: plan.forStaff,
    setAside: plan.setAside.map(({ record, reason }) => ({ dpgId: record.dpgId, reason })),
    refused: files.refused,
    remarks: files.remarks,
    leftOut: files.leftOut,
  };
}

function inWords(report: ImportReport): string {
  const written = report.dryRun ? ' Nothing was written.' : '';
  const rest = report.dryRun
    ? ''
    : `, ${report.changed} changed, ${report.unchanged} unchanged, ${report.missing.length} missing`;
  return [
    `Read ${counted(report.read, 'record')} as of ${report.asOf}.${written}`,
    `  ${report.listed} listed, ${report.overdue} overdue, ${report.personalData} with personal data, ` +
      `${report.lastReviewUnknown} with an unknown last review`,
    `  ${report.new} new${rest}, ${report.setAside.length} set aside for staff, ${report.refused.length} refused`,
    ...report.refused.map(
      ({ source, position, name, reason }) =>
        `  refused: ${position === null ? source : `${source}, record ${position}`}${name === undefined ? '' : ` (${name})`}: ${reason}`,
    ),
    ...report.setAside.map(
      ({ dpgId, reason }) => `  set aside: ${dpgId}: ${reason} (to take it as a new product: --as-new ${dpgId})`,
    ),
    ...report.missing.map((slug) => `  missing: ${slug} is listed here and not in the file; it stays listed`),
    ...report.elsewhereListed.map((slug) => `  listed elsewhere: ${slug} left the list here; it stays off it`),
    ...report.older.map((slug) => `  older: the file has an earlier approval of ${slug}; nothing of it was taken`),
    ...report.kept.map(({ slug, fields }) => `  kept: ${slug}: ${fields.join(', ')} stay as decided here`),
    ...report.forStaff.map(({ slug, reason }) => `  look at: ${slug} ${reason}`),
    ...leftOutInWords(report),
    ...(report.dryRun ? [] : ['Next: "perennial contacts template" for whom to ask, then "perennial campaign plan".']),
  ].join('\n');
}

function leftOutInWords({ leftOut, remarks }: ImportReport): readonly string[] {
  const because = { contact: 'names people', no_place: 'not asked by the form', unknown: 'not a known field' } as const;
  const lines = leftOut.map(
    ({ field, records, why }) => `  left out: ${field} of ${counted(records, 'record')} (${because[why]})`,
  );
  return remarks.length === 0
    ? lines
    : [...lines, `  ${counted(remarks.length, 'remark')} on single records: see --json`];
}
