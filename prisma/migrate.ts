import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SCHEMA_FOLDER, schemaFile, withSchemaEngine } from './schema-engine.js';

const MIGRATIONS = join(SCHEMA_FOLDER, 'migrations');
const OLDEST_SERVER = 150_000;
const FILTERS = { externalTables: [], externalEnums: [] };
const LOCK_FILE = 'migration_lock.toml';
const LOCK_TEXT =
  '# Written by the migration runner: which database the migrations are for.\nprovider = "postgresql"\n';

/** A migration that cannot be applied or written, in words that say what to do. The cause is kept. */
export class MigrationError extends Error {}

/** All migrations of the folder, oldest first, as the engine takes them. */
function migrationsList() {
  const lock = join(MIGRATIONS, LOCK_FILE);
  const folders = existsSync(MIGRATIONS) ? readdirSync(MIGRATIONS, { withFileTypes: true }) : [];
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: MIGRATIONS,
    shadowDbInitScript: '',
    lockfile: { path: LOCK_FILE, content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    migrationDirectories: names.sort().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(MIGRATIONS, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** Host, port and database of an address: never its user or password. */
function placeOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'an address that is not a URL';
  const url = new URL(databaseUrl);
  return `${url.host}${url.pathname}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}

/** What to do about a code of PostgreSQL, of TLS or of the network. */
function adviceFor(reason: string): string {
  if (reason === '28P01') return 'It does not take this user with this password: mend its address.';
  if (reason === '28000') {
    return 'It does not let this user in from here (its pg_hba.conf), or over encrypted lines only: add sslmode=verify-full to its address.';
  }
  if (reason === '3D000') return 'It has no such database: create it, or mend the name in its address.';
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/u.test(reason)) {
    return 'Nobody whom this machine trusts vouches for its certificate: add sslrootcert=PATH of its authority to its address.';
  }
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Its certificate is for another name than that in its address.';
  if (/does not support SSL/u.test(reason))
    return 'It does not encrypt: let it, or set sslmode=disable in its address.';
  return 'Is PostgreSQL running, and is DATABASE_URL right?';
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
    await client.connect();
    return client;
  } catch (error) {
    const reason =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : reasonOf(error);
    throw new MigrationError(
      `The database at ${placeOf(databaseUrl)} cannot be opened (${reason}). ${adviceFor(reason)}`,
      { cause: error },
    );
  }
}

async function checkServer(databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query<{ server_version_num: string; server_version: string }>(
      "select current_setting('server_version_num') as server_version_num, current_setting('server_version') as server_version",
    );
    const found = rows[0];
    if (found === undefined || Number(found.server_version_num) < OLDEST_SERVER) {
      throw new MigrationError(
        `The database at ${placeOf(databaseUrl)} is PostgreSQL ${found?.server_version ?? 'of unknown version'}; 15 or newer is needed.`,
      );
    }
  } finally {
    await client.end();
  }
}

function applyAll(databaseUrl: string): Promise<string[]> {
  return withSchemaEngine(databaseUrl, async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList: migrationsList(), filters: FILTERS });
    return applied.appliedMigrationNames;
  });
}

/**
 * Brings the database to the newest migration. Safe to run from several processes at once (the engine holds an
 * advisory lock) and again (nothing is left to do).
 * @returns the names of the migrations that it applied, oldest first; empty when there was nothing to do.
 * @throws MigrationError when the database cannot be opened, is too old, or a migration fails.
 */
export async function deploy(databaseUrl: string): Promise<readonly string[]> {
  await checkServer(databaseUrl);
  try {
    return await applyAll(databaseUrl);
  } catch (error) {
    throw new MigrationError(
      `The migrations could not be applied to ${placeOf(databaseUrl)}. What the database or Prisma said:\n${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/**
 * The names of the migrations that a database has not got yet, oldest first; reads only.
 * @throws MigrationError when the database cannot be opened, or is too old.
 */
export async function pending(databaseUrl: string): Promise<readonly string[]> {
  await checkServer(databaseUrl);
  const client = await connect(databaseUrl);
  try {
    const { rows: tables } = await client.query("select to_regclass('_prisma_migrations') is not null as there");
    const { rows } = isThere(tables)
      ? await client.query<{ name: string }>(
          'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
        )
      : { rows: [] };
    const applied = new Set(rows.map(({ name }) => name));
    return migrationsList()
      .migrationDirectories.map(({ path }) => path)
      .filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}

function isThere(rows: readonly { readonly there?: unknown }[]): boolean {
  return rows[0]?.there === true;
}

/**
 * What is missing in the migrations: the SQL that leads from all of them to schema.prisma.
 * Works in a scratch database beside the given one, which it creates and drops; so the user must be allowed to.
 * @returns undefined when the migrations and the schema agree.
 */
export async function drift(databaseUrl: string): Promise<string | undefined> {
  await checkServer(databaseUrl);
  const scratch = `scratch_${process.pid}_${Date.now()}`;
  const admin = await connect(databaseUrl);
  try {
    await admin.query(`create database ${scratch}`);
    const url = new URL(databaseUrl);
    url.pathname = `/${scratch}`;
    return await difference(url.href);
  } catch (error) {
    throw new MigrationError(
      `The migrations could not be compared with prisma/schema.prisma. What the database or Prisma said:\n${reasonOf(error)}`,
      { cause: error },
    );
  } finally {
    await admin.query(`drop database if exists ${scratch} with (force)`);
    await admin.end();
  }
}

async function difference(scratchUrl: string): Promise<string | undefined> {
  await applyAll(scratchUrl);
  const client = await connect(scratchUrl);
  // The engine's own table is not of the schema.
  await client.query('drop table if exists _prisma_migrations').finally(() => client.end());
  return withSchemaEngine(scratchUrl, async (engine) => {
    const files = [schemaFile()];
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', configDir: SCHEMA_FOLDER, files },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: FILTERS,
    });
    return result.exitCode === 0 ? undefined : (result.stdout ?? '');
  });
}

/**
 * Writes the next migration: what {@link drift} finds, as a SQL file to read and commit.
 * @param name - words joined by `_`, such as `add_campaigns`.
 * @param at - the instant that the folder's name begins with; now by default.
 * @returns the new folder, or undefined when there is nothing to write.
 */
export async function create(databaseUrl: string, name: string, at: Date = new Date()): Promise<string | undefined> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
    throw new MigrationError(
      `"${name}" cannot name a migration: use small letters, digits and "_", as in add_campaigns.`,
    );
  }
  const sql = await drift(databaseUrl);
  if (sql === undefined) return undefined;
  const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(MIGRATIONS, LOCK_FILE), LOCK_TEXT);
  return folder;
}

/** `node prisma/migrate.js`: brings the database of DATABASE_URL to the newest migration. Returns the exit code. */
async function command(args: readonly string[]): Promise<number> {
  const databaseUrl = process.env['DATABASE_URL'] ?? '';
  if (args.length > 0) {
    console.error('This takes no arguments: it applies migrations. To write one: npm run migration -- create NAME');
    return 2;
  }
  if (databaseUrl === '') {
    console.error('Set DATABASE_URL to the PostgreSQL whose migrations should be applied.');
    return 2;
  }
  try {
    const applied = await deploy(databaseUrl);
    console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`);
    return 0;
  } catch (error) {
    console.error(reasonOf(error));
    return 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await command(process.argv.slice(2));
