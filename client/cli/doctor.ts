import type { Command } from 'commander';
import { checkSmtp } from '../../adapters/check-smtp.js';
import {
  ConfigError,
  environment,
  namesNoInstallation,
  readConfig,
  readDatabaseUrl,
  type Config,
  type Variables,
} from '../../adapters/config.js';
import { dayOfHeads, LedgerError, newestHeads, publicKeyOf, readHeads } from '../../adapters/ledger-heads.js';
import { connectTemporal } from '../../adapters/temporal.js';
import { DAY, dayOf } from '../../domain/calendar.js';
import { readClock } from '../../prisma/case-time.js';
import { casesLost } from '../../prisma/check-ledger.js';
import { openDatabase } from '../../prisma/database.js';
import { MigrationError, pending } from '../../prisma/migrate.js';
import { attributes, POST, REVIEWS } from '../../workflows/contract.js';
import { counted, shortInstant } from './words.js';

/** temporal.api.enums.v1.TaskQueueType */
const ACTIVITY_QUEUE = 2;

/** What was looked at, whether it is well, and if not what to do. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

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
    return [await look('installation', () => Promise.resolve(configurationOf(given)))];
  }
  const config = look('configuration', () => Promise.resolve(configurationOf(given)));
  const database = look('database', () => databaseOf(given));
  const clock = look('clock', () => clockOf(given));
  const known = configOrNull(given);
  const parts: readonly Promise<Finding>[] =
    known === null
      ? []
      : [
          look('link key', () => Promise.resolve(`${known.linkKey.length} bytes, kept outside the database`)),
          look('ledger', () => ledgerOf(known)),
          look('hand-over journal', () => Promise.resolve(journalOf(known))),
          look('Temporal', () => temporalOf(known)),
          look('mail server', () => mailOf(known)),
        ];
  return Promise.all([config, database, clock, ...parts]);
}

/** Something that is not well, in words that say what to do. */
class NotWell extends Error {}

async function look(what: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, says: await at() };
  } catch (error) {
    const spoken = [NotWell, ConfigError, MigrationError, LedgerError].some((one) => error instanceof one);
    return {
      what,
      ok: false,
      says: spoken && error instanceof Error ? error.message : 'it failed in a way that nobody foresaw.',
    };
  }
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

async function databaseOf(given: Variables): Promise<string> {
  const missing = await pending(readDatabaseUrl(given));
  if (missing.length === 0) return 'reachable, all migrations applied';
  throw new NotWell(
    `${counted(missing.length, 'migration is', 'migrations are')} not applied. Run: npx tsx prisma/migrate.ts`,
  );
}

async function clockOf(given: Variables): Promise<string> {
  const database = openDatabase(readDatabaseUrl(given));
  try {
    const { clock, now } = await database.$transaction(readClock);
    const dayMs = clock.at(-1)?.dayMs ?? DAY;
    const pace = dayMs === DAY ? 'in real time' : `a day lasts ${dayMs / 1_000} s, as in the demo`;
    return `it is ${shortInstant(now)} UTC, ${pace}`;
  } catch (cause) {
    throw new NotWell('cannot be read. Start the installation, or run "perennial import", which starts it.', { cause });
  } finally {
    await database.$disconnect();
  }
}

/**
 * What is to be said of the ledger: its chains are computed by "ledger verify"; here it is enough that what was exported
 * is still there. Throws with a sentence if not.
 */
export async function ledgerOf({ ledger, databaseUrl }: Pick<Config, 'ledger' | 'databaseUrl'>): Promise<string> {
  if (ledger === null) return 'its heads are exported nowhere: set PERENNIAL_LEDGER_KEY and PERENNIAL_LEDGER_FOLDER';
  const newest = newestHeads(ledger.folder);
  const day = newest === null ? null : dayOfHeads(newest);
  if (newest === null || day === null || day < dayOf(new Date(Date.now() - 2 * DAY).toISOString())) {
    throw new NotWell(`no heads of the last two days are in ${ledger.folder}: see the log of the worker for why.`);
  }
  const { heads } = readHeads(newest, publicKeyOf(ledger.key));
  const database = openDatabase(databaseUrl);
  try {
    const lost = await casesLost(database, heads);
    if (lost.length === 0) return `all that was exported on ${day} is there; "perennial ledger verify" looks closer`;
  } catch (cause) {
    throw new NotWell('cannot be read. Is the database there, with all migrations?', { cause });
  } finally {
    await database.$disconnect();
  }
  throw new NotWell(`what was exported on ${day} is no longer there. Run: perennial ledger verify`);
}

async function temporalOf(config: Config): Promise<string> {
  const { temporalAddress, temporalNamespace: namespace } = config;
  const temporal = await connectTemporal(config).catch((cause: unknown) => {
    throw new NotWell(`no answer from ${temporalAddress}. Is Temporal running, and is TEMPORAL_ADDRESS right?`, {
      cause,
    });
  });
  try {
    const { connection } = temporal;
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(attributes).filter(({ name }) => (customAttributes?.[name] ?? null) === null);
    if (missing.length > 0) {
      throw new NotWell(
        `reachable, but it lacks ${counted(missing.length, 'search attribute')}: start the worker, which adds what is missing.`,
      );
    }
    const queues = await Promise.all(
      [REVIEWS, POST].map(async (name) => {
        const { pollers } = await connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name },
          taskQueueType: ACTIVITY_QUEUE,
        });
        return (pollers ?? []).length === 0 ? [name] : [];
      }),
    );
    if (queues.flat().length > 0) {
      throw new NotWell(`reachable, but no worker takes ${queues.flat().join(' and ')}: start the worker.`);
    }
    return `reachable at ${temporalAddress}, namespace ${namespace}, a worker is there`;
  } finally {
    await temporal.close();
  }
}

async function mailOf({ smtpUrl }: Config): Promise<string> {
  const { host } = new URL(smtpUrl);
  try {
    await checkSmtp(smtpUrl);
  } catch (cause) {
    throw new NotWell(`${host} does not talk to us. Is it running, and is SMTP_URL right? Emails wait until then.`, {
      cause,
    });
  }
  return `${host} takes emails`;
}
