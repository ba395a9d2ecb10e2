import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { MigrationError } from './migrate.js';
import { SCHEMA_FOLDER } from './schema-engine.js';

/** The user of application-user.sql. */
export const APPLICATION_USER = 'perennial_app';

/**
 * Makes the database user whom worker, pages and commands act as, or brings its rights up to date; run after migrations.
 * @param password - its password from now on; null leaves it as it is.
 * @throws MigrationError when the owner may not make users; the cause is kept.
 */
export async function makeApplicationUser(ownerUrl: string, password: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(readFileSync(join(SCHEMA_FOLDER, 'application-user.sql'), 'utf8'));
    if (password !== null) {
      await client.query(`alter role ${APPLICATION_USER} password ${client.escapeLiteral(password)}`);
    }
  } catch (cause) {
    throw new MigrationError(
      `The user ${APPLICATION_USER} could not be made: the owner of the database may not make users. Let somebody who ` +
        'may run prisma/application-user.sql, and give that user its password.',
      { cause },
    );
  } finally {
    await client.end();
  }
}
