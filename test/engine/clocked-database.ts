import type { Database } from '../../prisma/database.js';
import { openDatabase } from '../../prisma/database.js';
import { createDatabase } from '../support/run-database.js';

/** A database of its own whose clock is a test's: it shows the time that it was told last, in real milliseconds. */
export interface ClockedDatabase {
  readonly database: Database;
  readonly url: string;
  /** The clock never goes back. */
  readonly tell: (real: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Creates one in the PostgreSQL of the run: what steps read as the database's time is `told.now`. */
export async function startClockedDatabase(real: number): Promise<ClockedDatabase> {
  const { url, drop } = await createDatabase();
  await putClock(url);
  // The search path of a database holds for connections made from then on.
  const database = openDatabase(url);
  let shown = 0;
  const tell = async (now: number): Promise<void> => {
    if (now <= shown) return;
    shown = now;
    await database.$executeRaw`update told.clock set now = greatest(now, ${new Date(now)})`;
  };
  await tell(real);
  return { database, url, tell, stop: () => database.$disconnect().then(drop) };
}

async function putClock(url: string): Promise<void> {
  const database = openDatabase(url);
  const name = new URL(url).pathname.slice(1);
  const statements = [
    'create schema told',
    'create table told.clock (now timestamptz not null)',
    "insert into told.clock values ('2000-01-01')",
    'create function told.clock_timestamp() returns timestamptz language sql as $$ select now from told.clock $$',
    `alter database "${name}" set search_path = told, public, pg_catalog`,
  ];
  for (const statement of statements) await database.$executeRawUnsafe(statement);
  await database.$disconnect();
}
