import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PARTS = ['migrate.ts', 'schema-engine.ts', 'schema.prisma', 'migrations'];

/**
 * Brings a database to the migrations of a release that has one more than today's, by that release's own command.
 * @returns what the command said; rejects with it when the command fails.
 */
export async function migrateToNext(databaseUrl: string, sql: string): Promise<string> {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  // Inside the project, so that the copy finds its packages.
  const copy = mkdtempSync(join(cache, 'release-'));
  try {
    const prisma = join(copy, 'prisma');
    for (const part of PARTS) cpSync(join(ROOT, 'prisma', part), join(prisma, part), { recursive: true });
    const next = join(prisma, 'migrations', '29990101000000_next_release');
    mkdirSync(next);
    writeFileSync(join(next, 'migration.sql'), sql);
    return await run(join(prisma, 'migrate.ts'), databaseUrl);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(program: string, databaseUrl: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said.join('')) : reject(new Error(said.join('')))));
  });
}
