import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dev/ports.js';
import { startPostgres } from '../../dev/postgres.js';
import { stopInReverse } from '../../dev/processes.js';
import { findTemporal } from '../../dev/temporal-server.js';
import { findTestServer } from '../../dev/test-server.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { RUN } from './run.js';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

/** The database client must be there before anything is imported that uses it. */
function generate(): void {
  const run = spawnSync(process.execPath, [join(ROOT, 'prisma', 'generate.mjs')], { stdio: 'inherit' });
  if (run.status !== 0) throw new Error('The database client could not be generated.');
}

/** One PostgreSQL for the run, with a migrated database to copy for each test file. */
async function prepareDatabase(): Promise<{ url: string; end: () => Promise<void> }> {
  const { deploy } = await import('../../prisma/migrate.js');
  const home = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  const stops = [() => Promise.resolve(rmSync(home, { recursive: true, force: true }))];
  const end = () => stopInReverse(stops);
  try {
    const plan = { folder: join(home, 'postgres'), port: await freePort(), database: RUN.templateDatabase };
    const server = await startPostgres({ ...plan, throwAway: true });
    stops.push(server.stop);
    await deploy(server.url);
    return { url: server.url, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Prepares what all test files of a run share, and tells them through the environment (see run.ts).
 * @returns what ends it.
 */
export async function prepareRun(): Promise<() => Promise<void>> {
  generate();
  // The servers may have to be fetched or built, which takes minutes: only when there is something to run on them.
  if (existsSync(join(ROOT, 'workflows', 'index.ts'))) {
    Object.assign(process.env, {
      [RUN.testServer]: await findTestServer(say),
      [RUN.temporal]: await findTemporal(say),
      [RUN.bundle]: await bundleWorkflows(),
    });
  }
  const database = await prepareDatabase();
  process.env[RUN.database] = database.url;
  return database.end;
}
