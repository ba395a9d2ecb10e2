// `npm run migration -- create NAME` writes the next migration from prisma/schema.prisma; `npm run migration -- check`
// fails when the schema has what no migration brings. Both need a PostgreSQL: DATABASE_URL, else one in a temporary
// folder that is gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { create, drift } from '../prisma/migrate.js';
import { freePort } from './ports.js';
import { startPostgres } from './postgres.js';

const USAGE = 'Usage: npm run migration -- create NAME (small letters, digits and "_"), or: npm run migration -- check';

async function withDatabase<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return work(given);
  const home = mkdtempSync(join(tmpdir(), 'perennial-migration-'));
  try {
    const server = await startPostgres({
      folder: join(home, 'postgres'),
      port: await freePort(),
      throwAway: true,
    });
    return await work(server.url).finally(() => server.stop());
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function createOne(name: string): Promise<number> {
  const folder = await withDatabase((url) => create(url, name));
  console.log(
    folder === undefined
      ? 'Nothing to write: the migrations already bring what prisma/schema.prisma has.'
      : `Wrote ${relative(process.cwd(), join(folder, 'migration.sql'))}: read it, then commit it.`,
  );
  return 0;
}

async function check(): Promise<number> {
  const missing = await withDatabase((url) => drift(url));
  if (missing === undefined) {
    console.log('The migrations bring exactly what prisma/schema.prisma has.');
    return 0;
  }
  console.error(`No migration brings this. Run: npm run migration -- create NAME\n\n${missing}`);
  return 1;
}

async function main(args: readonly string[]): Promise<number> {
  const [command, name] = args;
  if (command === 'create' && name !== undefined) return createOne(name);
  if (command === 'check') return check();
  console.error(USAGE);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
