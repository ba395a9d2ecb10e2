import type { Command } from 'commander';
import { environment, namesNoInstallation, readConfig, type Config, type Variables } from '../../adapters/config.js';
import { clockOf, databaseOf } from './doctor-database.js';
import { look, type Finding } from './doctor-finding.js';
import { ledgerOf } from './doctor-ledger.js';
import { mailOf } from './doctor-mail.js';
import { pagesOf } from './doctor-pages.js';
import { signInOf } from './doctor-sign-in.js';
import { doorOf, temporalOf } from './doctor-temporal.js';
import { counted } from '../words/words.js';

/** Adds `doctor`. */
export function addDoctor(program: Command, print: (text: string) => void): void {
  program
    .command('doctor')
    .summary('look whether everything that an installation needs is there, and say what to do')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(environment());
      const ill = findings.filter(({ ok }) => !ok).length;
      if (json === true) print(JSON.stringify({ ok: ill === 0, findings }));
      else
        print(
          findings
            .map(({ what, ok, says }) => `${ok ? 'ok  ' : 'NO  '} ${what}: ${says.replaceAll('\n', '\n       ')}`)
            .join('\n'),
        );
      if (ill > 0) throw new Error(`${ill} of ${findings.length} ${ill === 1 ? 'is' : 'are'} not well.`);
    });
}

/** Looks at everything at the same time; each look ends within seconds. */
export async function examine(given: Variables): Promise<readonly Finding[]> {
  if (namesNoInstallation(given)) {
    return [await look('installation', () => configurationOf(given))];
  }
  const config = look('configuration', () => configurationOf(given));
  const database = look('database', () => databaseOf(given));
  const clock = look('clock', () => clockOf(given));
  const known = configOrNull(given);
  const parts: readonly Promise<Finding>[] =
    known === null
      ? []
      : [
          look('link key', () => `${known.linkKey.length} bytes, kept outside the database`),
          look('ledger', () => ledgerOf(known)),
          look('hand-over journal', () => journalOf(known)),
          look('Temporal', () => temporalOf(known)),
          look("Temporal's door", () => doorOf(known)),
          look('mail server', () => mailOf(known)),
          look('pages', () => pagesOf(known)),
          look('sign-in', () => signInOf(known, given)),
        ];
  return Promise.all([config, database, clock, ...parts]);
}

function configOrNull(given: Variables): Config | null {
  try {
    return readConfig(given);
  } catch {
    // The finding "configuration" names every mistake.
    return null;
  }
}

function configurationOf(given: Variables): string {
  const { mailMode, allowlist, publicUrl } = readConfig(given);
  const listed = mailMode === 'allowlist' ? ` (${counted(allowlist.length, 'entry', 'entries')})` : '';
  return `complete; mail mode ${mailMode}${listed}, links begin with ${publicUrl}`;
}

function journalOf({ handOverJournal }: Config): string {
  return handOverJournal === null
    ? 'none: an older copy of the database would mail again what it does not know of. PERENNIAL_HANDOVER_JOURNAL names its file.'
    : 'kept outside the database';
}
