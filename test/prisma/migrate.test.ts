import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { deploy, drift, MigrationError, pending } from '../../prisma/migrate.js';
import { createEmptyDatabase, type RunDatabase } from '../support/run-database.js';

let database: RunDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

async function rows(statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('three at once apply each migration once, and a second time there is nothing to do', async () => {
  const before = await pending(database.url);
  const applied = await Promise.all([deploy(database.url), deploy(database.url), deploy(database.url)]);
  const names = applied.flat();
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names).size).toBe(names.length);
  expect(await rows('select migration_name from _prisma_migrations where finished_at is not null')).toHaveLength(
    names.length,
  );
  expect(before).toEqual([...names].sort());
  expect(await pending(database.url)).toEqual([]);
  expect(await deploy(database.url)).toEqual([]);
});

test('the migrations bring exactly what the schema has', async () => {
  expect(await drift(database.url)).toBeUndefined();
  expect(await rows("select datname from pg_database where datname like 'scratch%'")).toEqual([]);
});

test('a migration that stopped half way is said in words', async () => {
  await rows("update _prisma_migrations set finished_at = null, logs = 'stopped half way'");
  expect(await pending(database.url)).not.toEqual([]);
  await expect(deploy(database.url)).rejects.toThrow(/could not be applied[\s\S]*failed/i);
});

test('a database that is not there is named without its password', async () => {
  const failure: unknown = await deploy('postgresql://someone:hunter2@127.0.0.1:1/reviews').catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(MigrationError);
  const { message } = failure as MigrationError;
  expect(message).toContain('127.0.0.1:1/reviews');
  expect(message).toContain('ECONNREFUSED');
  expect(message).not.toContain('hunter2');
});
