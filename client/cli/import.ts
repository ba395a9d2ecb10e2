import type { Command } from 'commander';
import { dayOf, type Day } from '../../domain/calendar.js';
import { reportOf } from '../../domain/listing-record.js';
import { planSync } from '../../domain/sync.js';
import { readRegistryFiles, type RegistryFiles } from '../../adapters/registry-files.js';
import { UsageError } from './usage.js';

interface ImportOptions {
  readonly asOf?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What `perennial import` found, as `--json` prints it. */
interface ImportReport {
  readonly asOf: Day;
  readonly dryRun: true;
  readonly read: number;
  readonly listed: number;
  readonly overdue: number;
  readonly personalData: number;
  readonly lastReviewUnknown: number;
  readonly new: number;
  readonly setAside: readonly { readonly dpgId: string; readonly reason: string }[];
  readonly refused: RegistryFiles['refused'];
  readonly leftOut: RegistryFiles['leftOut'];
}

/** Adds `import PATH`: for now it reads and reports, and writes nothing. */
export function addImport(program: Command, print: (text: string) => void): void {
  program
    .command('import')
    .summary('read listings of the registry from files and report')
    .argument('<path>', 'a JSON file, or a folder of them: registry facts, or records of the public feed')
    .option('--as-of <date>', 'count what is overdue as of this day, YYYY-MM-DD (default: today)')
    .option('-n, --dry-run', 'read and report only; needs no server and no database')
    .option('--json', 'print one JSON object')
    .action(async (path: string, options: ImportOptions) => {
      if (options.dryRun === undefined) {
        throw new UsageError('Writing an import is not there yet. Add --dry-run to read the files and see the report.');
      }
      const report = await importReport({ path, asOf: dayAsked(options.asOf) });
      print(options.json === true ? JSON.stringify(report) : inWords(report));
    });
}

async function importReport({ path, asOf }: { path: string; asOf: Day }): Promise<ImportReport> {
  const files = await readRegistryFiles(path);
  const plan = planSync({ records: files.records, existing: [], today: asOf });
  return {
    asOf,
    dryRun: true,
    read: files.read,
    ...reportOf({ records: files.records, asOf }),
    new: plan.create.length,
    setAside: plan.setAside.map(({ record, reason }) => ({ dpgId: record.dpgId, reason })),
    refused: files.refused,
    leftOut: files.leftOut,
  };
}

function dayAsked(asOf: string | undefined): Day {
  if (asOf === undefined) return dayOf(new Date(Date.now()).toISOString());
  const read = new Date(`${asOf}T00:00:00.000Z`);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(asOf) && !Number.isNaN(read.getTime()) && dayOf(read.toISOString()) === asOf) {
    return asOf;
  }
  throw new UsageError(`"${asOf}" is not a day. Give --as-of as YYYY-MM-DD, such as 2026-07-10.`);
}

function inWords(report: ImportReport): string {
  const lines = [
    `Read ${report.read} records as of ${report.asOf}. Nothing was written.`,
    `  ${report.listed} listed, ${report.overdue} overdue, ${report.personalData} with personal data, ` +
      `${report.lastReviewUnknown} with an unknown last review`,
    `  ${report.new} new, ${report.setAside.length} set aside for staff, ${report.refused.length} refused`,
  ];
  for (const { source, position, name, reason } of report.refused) {
    const place = position === null ? source : `${source}, record ${position}`;
    lines.push(`  refused: ${place}${name === undefined ? '' : ` (${name})`}: ${reason}`);
  }
  for (const { dpgId, reason } of report.setAside) lines.push(`  set aside: ${dpgId}: ${reason}`);
  for (const { field, records, why } of report.leftOut) {
    const because = { contact: 'names people', no_place: 'not asked by the form', unknown: 'not a known field' }[why];
    lines.push(`  left out: ${field} of ${records} records (${because})`);
  }
  return lines.join('\n');
}
