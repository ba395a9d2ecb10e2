import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { setMorning } from './records.js';
import { loadNow } from './report.js';
import { median, shown } from './statistics.js';
import { freePort } from '../ports.js';
import { startPostgres } from '../postgres.js';
import { openDatabase } from '../../prisma/database.js';
import { deploy } from '../../prisma/migrate.js';
import { createOutbox } from '../../prisma/outbox.js';
import { waitingRows } from '../../prisma/waiting.js';

// What relay and sender pay for looking whether there is something to do, when so many cases sleep that have had so many
// rows each: npx tsx dev/bench/looks.ts 100000 8
const [cases, rows] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 8)];
const TIMES = 7;

/** Cases that sleep, with rows and emails of reviews that are over. Not through the client, whose statements are limited. */
async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into "Case" (id, slug, workflow, revision, agenda, "nextDueAt")
     select 'dpg/product-' || n, 'product-' || n, 'certification', 9, '[]', now() + interval '300 days'
     from generate_series(1, $1::int) n`,
    [cases],
  );
  await client.query(
    `insert into "Submission" (key, "caseId", "applicationId", round, kind, role, actor, body, at)
     select n || ':' || r, 'dpg/product-' || n, 'R-' || n, 1, 'answers', case when r % 2 = 0 then 'owner' else 'mail' end,
       '1', '{"answers": {}}', now()
     from generate_series(1, $1::int) n, generate_series(1, $2::int) r`,
    [cases, rows],
  );
  await client.query(
    `insert into "Outcome" ("submissionId", result, sentence, at) select id, 'accepted', 'Taken.', at from "Submission"`,
  );
  await client.query(
    `insert into "Email" (key, "caseId", kind, round, facts, "dueAt", state, "stateAt")
     select n || ':' || r, 'dpg/product-' || n, 'receipt', 1, '{}', now(), 'sent', now()
     from generate_series(1, $1::int) n, generate_series(1, 5) r`,
    [cases],
  );
  await client.query('vacuum analyze');
  await client.end();
}

async function told(what: string, look: () => Promise<unknown>): Promise<void> {
  const all: number[] = [];
  for (let times = 0; times < TIMES; times += 1) {
    const start = performance.now();
    await look();
    all.push(performance.now() - start);
  }
  console.log(`${what}: ${shown(median(all))} ms (load ${loadNow()})`);
}

const home = mkdtempSync(join(tmpdir(), 'perennial-looks-'));
const server = await startPostgres({ folder: join(home, 'postgres'), port: await freePort(), throwAway: true });
try {
  await deploy(server.url);
  const database = openDatabase(server.url);
  await setMorning(database);
  await fill(server.url);
  const head = { organisation: '', senderName: '', replyTo: '', checkUrl: '', link: '', invented: true };
  const outbox = createOutbox({ database, databaseUrl: server.url, head });
  const relay = waitingRows(database, server.url);
  console.log(`${cases} cases asleep, ${cases * rows} rows taken, ${cases * 5} emails sent:`);
  await told('relay, which rows wait', () => relay.waiting());
  await told('relay, which cases live', () => relay.living());
  await told('sender, which emails are due', () => outbox.due({ real: Date.now(), limit: 500 }));
  await told('sender, how much waits', () => outbox.counts());
  await database.$disconnect();
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
