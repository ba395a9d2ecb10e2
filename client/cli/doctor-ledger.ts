import type { Config } from '../../adapters/config.js';
import { dayOfHeads, newestHeads, publicKeyOf, readHeads } from '../../adapters/ledger-heads.js';
import { DAY, dayOf } from '../../domain/calendar.js';
import { casesLost } from '../../prisma/check-ledger.js';
import { openDatabase } from '../../prisma/database.js';
import { NotWell } from './doctor-finding.js';

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
