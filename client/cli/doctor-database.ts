import { isLoopback, readDatabaseUrl, type Variables } from '../../adapters/config.js';
import { DAY } from '../../domain/calendar.js';
import { readClock } from '../../prisma/case-time.js';
import { openDatabase } from '../../prisma/database.js';
import { pending } from '../../prisma/migrate.js';
import { readStanding } from '../../prisma/read-standing.js';
import { NotWell } from './doctor-finding.js';
import { counted, shortInstant } from '../words/words.js';

/** What is to be said of the database. Throws with a sentence if it is not well. */
export async function databaseOf(given: Variables): Promise<string> {
  const url = readDatabaseUrl(given);
  const missing = await pending(url);
  if (missing.length > 0) {
    throw new NotWell(
      `${counted(missing.length, 'migration is', 'migrations are')} not applied. Run: perennial migrate`,
    );
  }
  const { encrypted, mayChangeLedger } = await readStanding(url);
  const near = isLoopback(new URL(url).hostname);
  return [
    'reachable, all migrations applied',
    ...(encrypted ? ['encrypted'] : near ? [] : ['not encrypted: add sslmode=verify-full to DATABASE_URL']),
    ...(mayChangeLedger
      ? ['acts as a user who can change the ledger: name perennial_app in DATABASE_URL, whom "perennial migrate" makes']
      : []),
  ].join('; ');
}

/** What is to be said of the clock of cases. Throws with a sentence if it cannot be read. */
export async function clockOf(given: Variables): Promise<string> {
  const database = openDatabase(readDatabaseUrl(given));
  try {
    const { clock, now } = await database.$transaction(readClock);
    const dayMs = clock.at(-1)?.dayMs ?? DAY;
    const pace = dayMs === DAY ? 'in real time' : `a day lasts ${dayMs / 1_000} s, as in the demo`;
    return `it is ${shortInstant(now)} UTC, ${pace}`;
  } catch (cause) {
    throw new NotWell('cannot be read. Run: perennial migrate', { cause });
  } finally {
    await database.$disconnect();
  }
}
