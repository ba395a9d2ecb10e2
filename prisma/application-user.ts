import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { MigrationError } from './migrate.js';
import { SCHEMA_FOLDER } from './schema-engine.js';

/** The user of application-user.sql. */
export const APPLICATION_USER = 'perennial_app';

const CONNECT_MS = 10_000;
/** What PostgreSQL says to whoever may not (`insufficient_privilege`). */
const MAY_NOT = '42501';

/**
 * Makes the database user whom worker, pages and commands act as, or brings its rights up to date; run after migrations.
 * @param password - its password from now on; null leaves it as it is. An owner who may not change it must have the right one.
 * @throws MigrationError when the owner may not make users, or give this one a password; the cause is kept.
 */
export async function makeApplicationUser(ownerUrl: string, password: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_MS });
  await client.connect();
  try {
    await client.query(readFileSync(join(SCHEMA_FOLDER, 'application-user.sql'), 'utf8'));
    if (password !== null) await givePassword(client, { ownerUrl, password });
  } catch (cause) {
    throw new MigrationError(
      mayNot(cause)
        ? `The user ${APPLICATION_USER} could not be made, or be given its password: the owner of the database may ` +
            'not do that. Let somebody who may run prisma/application-user.sql, and give that user its password.'
        : `The user ${APPLICATION_USER} could not be made: see the cause. Run it again when that is mended.`,
      { cause },
    );
  } finally {
    await client.end();
  }
}

async function givePassword(client: pg.Client, given: { ownerUrl: string; password: string }): Promise<void> {
  try {
    // Asks for the same right without the password: the log of a server keeps statements that failed.
    await client.query(`alter role ${APPLICATION_USER} login`);
  } catch (cause) {
    if (mayNot(cause) && (await hasPassword(given))) return;
    throw cause;
  }
  await client.query(`alter role ${APPLICATION_USER} password ${client.escapeLiteral(given.password)}`);
}

function mayNot(cause: unknown): boolean {
  return cause instanceof pg.DatabaseError && cause.code === MAY_NOT;
}

/** Whether the user comes in with a password: one that somebody else gave it needs no right of the owner's. */
async function hasPassword({ ownerUrl, password }: { ownerUrl: string; password: string }): Promise<boolean> {
  const url = new URL(ownerUrl);
  // In the query they count more than anywhere else in an address, and one without a host has no other place for them.
  url.searchParams.set('user', APPLICATION_USER);
  url.searchParams.set('password', password);
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: CONNECT_MS });
  try {
    await client.connect();
    const { rows } = await client.query<{ current_user: string }>('select current_user');
    return rows[0]?.current_user === APPLICATION_USER;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
