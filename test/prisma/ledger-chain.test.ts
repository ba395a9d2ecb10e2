import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { casesLost, checkLedger, ledgerHeads } from '../../prisma/check-ledger.js';
import { eraseActor } from '../../prisma/erase-actor.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { createEmptyDatabase } from '../support/run-database.js';
import { chanceOf, tamperings } from '../support/tampering.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  home = await startTestDatabase(START);
  client = new pg.Client({ connectionString: home.url });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await home.stop();
});

/** So many cases, each with so many lines, the lines of all cases mixed. */
async function fill(of: string, { cases, lines }: { cases: number; lines: number }): Promise<void> {
  await client.query(
    `insert into "Case" (id, workflow, revision, agenda)
     select $1 || n, 'certification', 0, '[]' from generate_series(1, $2::int) n`,
    [of, cases],
  );
  await client.query(
    `insert into "LedgerEntry"
       ("caseId", "applicationId", at, what, why, role, actor, detail, before, after, "workflowId", "runId")
     select $1 || n, '2026-7Q2MK', $4::timestamp + line * interval '1 hour', 'reminder', 'entry:' || line, 'machine',
       case line % 3 when 0 then null else 'fatou' || line end, jsonb_build_object('nth', line, 'of', 4, 'x', null),
       '{"state": "owner", "round": 1}', '{"state": "l1", "round": 1}', $1 || n, 'a-run'
     from generate_series(1, $3::int) line, generate_series(1, $2::int) n order by line, n`,
    [of, cases, lines, START],
  );
}

/** What does not hold in the cases whose name begins so. */
async function problemsOf(of: string) {
  const { problems } = await checkLedger(home.url);
  return problems.filter(({ caseId }) => caseId.startsWith(of));
}

const names = (cases: readonly string[]) => [...new Set(cases)].sort();

test('1,000 random edits, deletions, reorderings, cut ends and rewritten chains: each is found, and nothing else', async () => {
  const lines = 7;
  await fill('dpg/whole-', { cases: 100, lines });
  await fill('dpg/struck-', { cases: 1_000, lines });
  const heads = await ledgerHeads(home.database);
  expect(await checkLedger(home.url, { heads })).toEqual({ cases: 1_100, lines: 7_700, erased: 0, problems: [] });

  const chance = chanceOf(20_260_710);
  const kinds = Object.values(tamperings);
  const struck: string[] = [];
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  for (let one = 1; one <= 1_000; one += 1) {
    const caseId = `dpg/struck-${one}`;
    await kinds[one % kinds.length]?.({ client, caseId, lines, chance });
    struck.push(caseId);
  }
  await client.query('commit');
  const { problems } = await checkLedger(home.url, { heads });
  // A line that was given to another case is missed in its own, and is the whole chain of the other.
  expect(names(problems.map(({ caseId }) => caseId.replace(/-other$/u, '')))).toEqual(names(struck));
  const known = new Set(await casesLost(home.database, heads));
  const gone = problems.filter(({ is }) => is === 'cut' || is === 'rewritten');
  expect(gone.length).toBeGreaterThan(300);
  expect(gone.filter(({ caseId }) => !known.has(caseId))).toEqual([]);
}, 60_000);

test('a cut end and a chain written anew look whole without exported heads', async () => {
  const { url, database, stop } = await startTestDatabase(START);
  try {
    await database.ledgerEntry.createMany({
      data: [1, 2, 3].map((nth) => ({ caseId: 'dpg/a', at: START, what: 'x', role: 'machine', detail: { nth } })),
    });
    const heads = await ledgerHeads(database);
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query('set session_replication_role = replica');
    await owner.query('delete from "LedgerEntry" where seq = 3');
    await owner.end();
    expect((await checkLedger(url)).problems).toEqual([]);
    expect((await checkLedger(url, { heads })).problems).toEqual([{ caseId: 'dpg/a', seq: 3, is: 'cut' }]);
  } finally {
    await stop();
  }
}, 60_000);

test('steps of one case at once make one chain', async () => {
  await client.query(`insert into "Case" (id, workflow, revision, agenda) values ('dpg/busy', 'x', 0, '[]')`);
  const line = { caseId: 'dpg/busy', at: START, what: 'x', role: 'machine', detail: {} };
  await Promise.all(Array.from({ length: 60 }, () => home.database.ledgerEntry.create({ data: line })));
  const written = await home.database.ledgerEntry.findMany({ where: { caseId: 'dpg/busy' }, orderBy: { seq: 'asc' } });
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(await problemsOf('dpg/busy')).toEqual([]);
});

test('the application cannot change, delete or empty the ledger, nor give a line a place or hash of its own', async () => {
  await fill('dpg/kept-', { cases: 1, lines: 3 });
  const where = { caseId: 'dpg/kept-1' };
  const { ledgerEntry } = home.database;
  await expect(ledgerEntry.updateMany({ where, data: { what: 'x' } })).rejects.toThrow('append-only');
  await expect(ledgerEntry.updateMany({ where, data: { actor: null, salt: null } })).rejects.toThrow('append-only');
  await expect(ledgerEntry.deleteMany({ where })).rejects.toThrow('append-only');
  await expect(client.query('truncate "LedgerEntry"')).rejects.toThrow('append-only');
  await ledgerEntry.create({
    data: { ...where, at: START, what: 'x', role: 'machine', detail: {}, seq: 99, hash: 'x', salt: 'x' },
  });
  expect(await problemsOf(where.caseId)).toEqual([]);
});

test('who acted can be erased, line by line and on the record, and the chain holds', async () => {
  await fill('dpg/person-', { cases: 2, lines: 6 });
  const ours = () => problemsOf('dpg/person-');
  await home.database.ledgerEntry.createMany({
    data: ['dpg/person-1', 'dpg/person-2', 'dpg/person-2'].map((caseId) => {
      return { caseId, at: START, what: 'extended', role: 'secretariat', actor: 'Olga Example', detail: {} };
    }),
  });
  const before = await checkLedger(home.url);
  // Each line would name the person anew.
  await expect(eraseActor(home.database, { actor: 'Olga Example', by: ' olga example' })).rejects.toThrow(
    'Nothing was erased. Give --by another name.',
  );
  expect(await eraseActor(home.database, { actor: 'Olga Example', by: 'fatou' })).toBe(3);
  expect(await eraseActor(home.database, { actor: 'Olga Example', by: 'fatou' })).toBe(0);
  const { rows } = await client.query(`select 1 from "LedgerEntry" line where line::text like '%Olga%'`);
  expect(rows).toEqual([]);
  expect(await ours()).toEqual([]);
  expect((await checkLedger(home.url)).erased).toBe(before.erased + 3);
  // Somebody else cannot be put in the erased one's place.
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query(`update "LedgerEntry" set actor = 'x' where "caseId" = 'dpg/person-1' and salt is null`);
  await client.query('commit');
  expect(await ours()).toEqual([{ caseId: 'dpg/person-1', seq: 7, is: 'changed' }]);
});

test('the lines of a database that is older become chains', async () => {
  const { url, drop } = await createEmptyDatabase();
  const old = new pg.Client({ connectionString: url });
  await old.connect();
  try {
    const folder = 'prisma/migrations';
    const sqlOf = (name: string) => readFileSync(join(folder, name, 'migration.sql'), 'utf8');
    const all = readdirSync(folder)
      .filter((name) => /^\d/u.test(name))
      .sort();
    const chained = all.findIndex((name) => name.endsWith('ledger_chain'));
    for (const name of all.slice(0, chained)) await old.query(sqlOf(name));
    await old.query(
      `insert into "LedgerEntry" ("caseId", at, what, role, actor, detail)
       select 'dpg/' || n % 3, now(), 'x', 'owner', n, '{"n": 1}' from generate_series(1, 30) n`,
    );
    for (const name of all.slice(chained)) await old.query(sqlOf(name));
    await old.query(
      `insert into "LedgerEntry" ("caseId", at, what, role, detail) values ('dpg/1', now(), 'x', 'owner', '{}')`,
    );
    expect(await checkLedger(url)).toEqual({ cases: 3, lines: 31, erased: 0, problems: [] });
  } finally {
    await old.end();
    await drop();
  }
}, 60_000);
