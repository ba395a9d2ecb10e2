import pg from 'pg';
import { openDatabase, type Database } from '../../prisma/database.js';

/** Creates an empty database beside the one of an address, in the same server. The caller ends its client. */
export async function createDatabaseBeside(
  ownerUrl: string,
  name: string,
): Promise<{ readonly url: string; readonly database: Database }> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  return { url: url.href, database: openDatabase(url.href) };
}
