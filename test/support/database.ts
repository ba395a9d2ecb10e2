import { openDatabase, type Database } from '../../prisma/database.js';
import { writeChoices } from '../../prisma/policies.js';
import { AT_ONCE } from './at-once.js';
import { createDatabase } from './run-database.js';

/** A database of its own with all migrations and a clock that starts at an instant of case time. */
export interface TestDatabase {
  readonly database: Database;
  /** Its address, for processes and pools of their own. */
  readonly url: string;
  /** Moves case time on: from now on it is this instant. */
  readonly setClock: (caseAt: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Creates one in the PostgreSQL of the run, in which decisions take effect at once; end it with `stop`. */
export async function startTestDatabase(caseAt: string): Promise<TestDatabase> {
  const { url, drop } = await createDatabase();
  const database = openDatabase(url);
  const setClock = async (at: string): Promise<void> => {
    await database.clockSegment.create({ data: { realAt: new Date(Date.now() - 1), caseAt: at, dayMs: 86_400_000 } });
  };
  await setClock(caseAt);
  await writeChoices(database, AT_ONCE);
  return {
    database,
    url,
    setClock,
    stop: async () => {
      await database.$disconnect();
      await drop();
    },
  };
}
