import { readDatabaseUrl } from '../../adapters/config.js';
import { openDatabase, type Database } from '../../prisma/database.js';

/**
 * Does something with the database of this installation and closes it. What the database client says may quote
 * what was written, so its errors become a sentence of ours; the cause is kept.
 */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(readDatabaseUrl());
  try {
    return await work(database);
  } catch (cause) {
    throw isOfClient(cause) ? new Error(sentenceOf(cause), { cause }) : cause;
  } finally {
    await database.$disconnect();
  }
}

interface ClientError extends Error {
  readonly code?: unknown;
}

function isOfClient(error: unknown): error is ClientError {
  return error instanceof Error && (error.name.startsWith('Prisma') || error.name === 'DriverAdapterError');
}

function sentenceOf({ code }: ClientError): string {
  const known = typeof code === 'string' ? code : 'no code';
  if (known === 'P2021' || known === 'P2022') {
    return 'The database lacks tables that this version needs. Run: perennial migrate';
  }
  return `The database did not do it (${known}); nothing of it was written. Run "perennial doctor" to see what is wrong.`;
}
