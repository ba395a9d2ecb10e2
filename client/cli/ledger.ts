import type { Command } from 'commander';
import { readDatabaseUrl, readLedgerPlace } from '../../adapters/config.js';
import { exportHeads, newestHeads, publicKeyOf, readHeads, type ExportedHeads } from '../../adapters/ledger-heads.js';
import {
  casesLost,
  checkLedger,
  ledgerHeads,
  type LedgerCheck,
  type LedgerProblem,
} from '../../prisma/check-ledger.js';
import { eraseActor } from '../../prisma/erase-actor.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted } from '../words/words.js';

/** So many problems are printed; --json has all. */
const SHOWN = 20;

/** Adds `ledger verify`, `ledger export` and `ledger erase-actor`. */
export function addLedger(program: Command, print: (text: string) => void): void {
  const ledger = program.command('ledger').summary('the record of everything that happened, which nobody can change');
  ledger
    .command('verify')
    .summary('compute every chain anew and compare it with the newest exported heads')
    .option('--heads <file>', 'compare with these instead of the newest of PERENNIAL_LEDGER_FOLDER')
    .option('--public-key <hex>', 'whose signature they must bear (default: that of PERENNIAL_LEDGER_KEY)')
    .option('--json', 'print one JSON object')
    .action(async ({ json, ...options }: VerifyOptions & { json?: true }) => {
      const databaseUrl = readDatabaseUrl();
      const known = knownHeads(options);
      const check = await checkLedger(databaseUrl, { heads: known?.heads ?? [] });
      print(json === true ? JSON.stringify({ heads: known?.file ?? null, ...check }) : inWords(check, known));
      if (check.problems.length > 0) throw new Error('The ledger does not hold.');
    });
  ledger
    .command('export')
    .summary('write the heads of all chains, signed, to a new file; the worker does so each day')
    .option('--after-restore', 'although what was exported is gone: an older copy of the database was put back')
    .action(async ({ afterRestore = false }: { afterRestore?: boolean }) => {
      readDatabaseUrl();
      const place = readLedgerPlace();
      if (place === null) throw new UsageError('Set PERENNIAL_LEDGER_KEY and PERENNIAL_LEDGER_FOLDER first.');
      const file = await withDatabase((database) => {
        const source = { heads: () => ledgerHeads(database), lost: casesLost.bind(null, database) };
        return exportHeads(place, { source, at: new Date().toISOString(), despiteLoss: afterRestore });
      });
      print(`Wrote ${file}. Keep a copy elsewhere. Its signature is checked with ${publicKeyOf(place.key)}.`);
    });
  ledger
    .command('erase-actor')
    .summary('take the name of a member of staff out of the ledger, with DATABASE_URL of the owner of its tables')
    .argument('<name>', 'as the ledger has it')
    .option('--by <person>', 'who does this', 'ledger erase-actor')
    .action(async (actor: string, { by }: { by: string }) => {
      const lines = await withDatabase((database) => eraseActor(database, { actor, by: personOf(by) }));
      print(`Erased from ${counted(lines, 'line')} of the ledger. Verdicts, decisions and rows still bear the name.`);
    });
}

interface VerifyOptions {
  readonly heads?: string;
  readonly publicKey?: string;
}

type KnownHeads = ExportedHeads & { readonly file: string };

/** The heads to compare with, once their signature holds; null: there are none. */
function knownHeads({ heads, publicKey }: VerifyOptions): KnownHeads | null {
  const place = readLedgerPlace();
  const file = heads ?? (place === null ? null : newestHeads(place.folder));
  if (file === null) return null;
  const key = publicKey ?? (place === null ? null : publicKeyOf(place.key));
  if (key === null || !/^[0-9a-f]{64}$/iu.test(key)) {
    throw new UsageError('Give --public-key, the 64 hexadecimal digits that "ledger export" prints.');
  }
  return { file, ...readHeads(file, key) };
}

function inWords({ cases, lines, erased, problems }: LedgerCheck, known: KnownHeads | null): string {
  const against =
    known === null
      ? 'There are no exported heads to compare with: a chain whose end was cut, or that was written anew, looks whole.'
      : `Compared with the heads of ${known.at} (${known.file}).`;
  return [
    `Looked at ${counted(lines, 'line')} of ${counted(cases, 'case')}. ${against}`,
    ...(erased === 0 ? [] : [`Whose act it was is erased from ${counted(erased, 'line')}, as the ledger says.`]),
    problems.length === 0 ? 'Every chain holds.' : `${counted(problems.length, 'thing does', 'things do')} not hold:`,
    ...problems.slice(0, SHOWN).map((problem) => `  ${problemInWords(problem)}`),
    ...(problems.length > SHOWN ? [`  and ${problems.length - SHOWN} more: see --json`] : []),
  ].join('\n');
}

function problemInWords({ caseId, seq, is }: LedgerProblem): string {
  const sentences: Readonly<Record<LedgerProblem['is'], string>> = {
    changed: `line ${seq} was changed, or is not the one that stood there`,
    missing: `line ${seq} is gone`,
    extra: `line ${seq} stands there twice`,
    rewritten: `line ${seq} is not the one that was exported: the chain was written anew`,
    cut: `line ${seq} and what came after it are gone`,
    erased: `whose act line ${seq} was is erased, and no line says so`,
  };
  return `${caseId}: ${sentences[is]}`;
}
