import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { RUN, templateDatabaseUrl } from './run.js';

/** A database of one test file. */
export interface RunDatabase {
  readonly url: string;
  /** Ends it, whoever is still connected. The server of the run goes anyway, so this is a courtesy. */
  readonly drop: () => Promise<void>;
}

async function onServer(statement: string): Promise<void> {
  const url = new URL(templateDatabaseUrl());
  // Whoever is connected to the template keeps it from being copied.
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A new database with all migrations and no rows: a copy of the run's template, in well under a second. */
export async function createDatabase(): Promise<RunDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${RUN.templateDatabase}`);
  const url = new URL(templateDatabaseUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** A new database with no tables at all. */
export async function createEmptyDatabase(): Promise<RunDatabase> {
  const name = `empty_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(templateDatabaseUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}
