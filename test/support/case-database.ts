import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/ports.js';
import { startPostgres } from '../../dev/postgres.js';
import { openDatabase, type Database } from '../../prisma/database.js';
import { deploy } from '../../prisma/migrate.js';

/** A PostgreSQL of its own with all migrations and a clock that starts at an instant of case time. */
export interface CaseDatabase {
  readonly database: Database;
  /** Moves case time on: from now on it is this instant. */
  readonly setClock: (caseAt: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts one; end it with `stop`. */
export async function startCaseDatabase(caseAt: string): Promise<CaseDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'perennial-test-'));
  const server = await startPostgres({ folder: join(home, 'postgres'), port: await freePort(), throwAway: true });
  await deploy(server.url);
  const database = openDatabase(server.url);
  const setClock = async (at: string): Promise<void> => {
    await database.clockSegment.create({ data: { realAt: new Date(Date.now() - 1), caseAt: at, dayMs: 86_400_000 } });
  };
  await setClock(caseAt);
  return {
    database,
    setClock,
    stop: async () => {
      await database.$disconnect();
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
