import { closeSync, openSync, writeSync } from 'node:fs';
import pg from 'pg';
import { TEMPORAL_DATABASES } from './temporal-on-postgres.js';

/**
 * Writes every value of every row that Temporal keeps in PostgreSQL to a file, bytes as they are, so that it can be
 * searched like the file of its dev server: PostgreSQL's own files may be compressed.
 */
export async function dumpTemporal(ownerUrl: string, file: string): Promise<void> {
  const into = openSync(file, 'w', 0o600);
  try {
    for (const database of Object.keys(TEMPORAL_DATABASES)) {
      const url = new URL(ownerUrl);
      url.pathname = `/${database}`;
      await dumpDatabase(url.href, into);
    }
  } finally {
    closeSync(into);
  }
}

async function dumpDatabase(connectionString: string, into: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'",
    );
    for (const { name } of tables) {
      const { rows } = await client.query<unknown[]>({ text: `select * from ${name}`, rowMode: 'array' });
      for (const value of rows.flat()) {
        writeSync(into, Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value) ?? ''));
        writeSync(into, '\n');
      }
    }
  } finally {
    await client.end();
  }
}
