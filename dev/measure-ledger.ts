import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { checkLedger, ledgerHeads } from '../prisma/check-ledger.js';
import { openDatabase } from '../prisma/database.js';
import { deploy } from '../prisma/migrate.js';
import { freePort } from './ports.js';
import { startPostgres } from './postgres.js';

// How long it takes to write and to check a ledger of 100,000 lines: npx tsx dev/measure-ledger.ts
const CASES = 2_000;
const LINES = 50;
const ROUNDS = 5;

const WORDS = (state: string, round: number) =>
  `{"state": "${state}", "round": ${round}, "turn": 1, "deadline": "2026-09-08", "answersVersion": 0, "requests": 0,
    "validUntil": "2026-09-01", "removedBecause": null, "ended": false}`;

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`);
  return result;
}

async function measure(url: string): Promise<void> {
  await deploy(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await timed(`${CASES * LINES} lines written, without the way to the database`, () =>
    client.query(
      `insert into "LedgerEntry"
         ("caseId", "applicationId", at, what, why, role, actor, detail, before, after, "workflowId", "runId")
       select 'dpg/product-' || n, '2026-7Q2MK', timestamp '2026-07-10' + line * interval '1 hour', 'reminder',
         'entry:reminder:1:2026-09-08:' || line, 'machine', 'sender', '{"nth": 1, "of": 4}', $3, $4,
         'dpg/product-' || n, gen_random_uuid()
       from generate_series(1, $2::int) line, generate_series(1, $1::int) n order by line, n`,
      [CASES, LINES, WORDS('owner', 1), WORDS('l1', 2)],
    ),
  );
  await client.end();
  const database = openDatabase(url);
  const heads = await timed('heads read', () => ledgerHeads(database));
  await database.$disconnect();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { lines, problems } = await timed('checked', () => checkLedger(url, { heads }));
    if (lines !== CASES * LINES || problems.length > 0) throw new Error('the ledger does not hold');
  }
}

const home = mkdtempSync(join(tmpdir(), 'perennial-ledger-'));
const server = await startPostgres({ folder: join(home, 'postgres'), port: await freePort(), throwAway: true });
try {
  await measure(server.url);
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
