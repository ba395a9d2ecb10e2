import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './generated/client.js';

/** The client of the database; end it with `$disconnect()`. */
export type Database = PrismaClient;
/** What runs inside one transaction. */
export type Transaction = Prisma.TransactionClient;

/** Transactions wait this long for a connection and last this long at most: below every activity's own limit. */
const LIMITS = { maxWait: 5_000, timeout: 20_000 } as const;

/** Opens the database at a PostgreSQL address. Connecting and each statement are limited, so that nothing hangs. */
export function openDatabase(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    keepAlive: true,
  });
  // A connection that is cut without a listener ends the process: while it is idle, and in the instant between the
  // pool, which stops to listen when it hands the connection out, and whoever takes it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  return new PrismaClient({ adapter, transactionOptions: LIMITS });
}

/**
 * A transaction that may take so many milliseconds; null: as long as any. What takes longer is rolled back, and throws
 * what isDatabaseAway knows.
 */
export function inTransaction<Done>(
  database: Database,
  withinMs: number | null,
  work: (transaction: Transaction) => Promise<Done>,
): Promise<Done> {
  if (withinMs === null) return database.$transaction(work);
  return database.$transaction(
    async (transaction) => {
      // A statement that waits for a lock would go on after its transaction was given up.
      await transaction.$executeRaw`select set_config('statement_timeout', ${String(withinMs)}, true)`;
      return work(transaction);
    },
    { maxWait: 1_000, timeout: withinMs },
  );
}

/** Takes the lock of one case for the rest of the transaction; false if there is no such case. */
export async function lockCase(transaction: Transaction, caseId: string): Promise<boolean> {
  const found = await transaction.$queryRaw<unknown[]>`select 1 from "Case" where id = ${caseId} for update`;
  return found.length > 0;
}
