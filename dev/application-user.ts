import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { SCHEMA_FOLDER } from '../prisma/schema-engine.js';

/**
 * Makes the database user that worker, pages and commands act as (prisma/application-user.sql), and gives it a new
 * password, so that nobody has to keep one. Returns its address: for configuration only, never for logs.
 */
export async function makeApplicationUser(ownerUrl: string): Promise<string> {
  const password = randomBytes(24).toString('hex');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(readFileSync(join(SCHEMA_FOLDER, 'application-user.sql'), 'utf8'));
    await client.query(`alter role perennial_app password '${password}'`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = 'perennial_app';
  url.password = password;
  return url.href;
}
