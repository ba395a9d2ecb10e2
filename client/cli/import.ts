import type { Command } from 'commander';
import { dayOf, type Day } from '../../domain/calendar.js';
import { withImport } from '../../prisma/import-run.js';
import { dayGiven } from '../given.js';
import { importFiles, type Imported } from './import-files.js';
import { rehearseImport } from './import-rehearsal.js';
import { reportFrom, reportInWords } from './import-report.js';
import { withDatabase } from './with-database.js';

interface ImportOptions {
  readonly asOf?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly asNew?: readonly string[];
}

/** Adds `import PATH`. */
export function addImport(program: Command, print: (text: string) => void): void {
  program
    .command('import')
    .summary('bring listings and their history up to files of the registry, and report')
    .argument(
      '<path>',
      'a JSON file, or a folder of them and of folders: registry facts, records of the public feed, and what older ' +
        'repositories and the portal had (nominees, archive, excluded-nominees, digitalpublicgoods, reviews, applications)',
    )
    .option(
      '--as-of <date>',
      'count what is overdue as of this day, YYYY-MM-DD (default: today); changes the report only',
    )
    .option('-n, --dry-run', 'read and report only; needs no server and no database')
    .option('--as-new <dpgId...>', 'take these records as new products although they resemble one that is here')
    .option('--json', 'print one JSON object')
    .action(async (path: string, options: ImportOptions) => {
      const asOf = options.asOf === undefined ? today() : dayGiven('--as-of', options.asOf);
      const dryRun = options.dryRun === true;
      const imported = dryRun
        ? await importFiles(rehearseImport(today()), { path, asOf })
        : await carryOut({ path, asOf, takenAsNew: options.asNew ?? [] });
      const report = reportFrom({ imported, asOf, dryRun });
      print(options.json === true ? JSON.stringify(report) : reportInWords(report));
    });
}

function carryOut({
  path,
  asOf,
  takenAsNew,
}: {
  path: string;
  asOf: Day;
  takenAsNew: readonly string[];
}): Promise<Imported> {
  return withDatabase((database) => withImport(database, { takenAsNew }, (run) => importFiles(run, { path, asOf })));
}

function today(): Day {
  return dayOf(new Date(Date.now()).toISOString());
}
