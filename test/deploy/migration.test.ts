import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { appendSubmission } from '../../prisma/append.js';
import { eventually } from '../support/case-world.js';
import { listProduct } from '../support/listed-product.js';
import { createDatabase } from '../support/run-database.js';
import { wake } from '../support/post.js';
import { startTestWorkers, type TestWorkers } from '../support/workers.js';
import { migrateToNext } from './next-release.js';

let workers: TestWorkers;
beforeAll(async () => {
  workers = await startTestWorkers('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => workers.stop(), 60_000);

/** As migrations should be: columns that may be absent, or with a default; a table; an index; old rows filled. */
const ADDITIVE = `
alter table "Case" add column "nextRelease" text;
alter table "Application" add column "nextRelease" text;
alter table "Submission" add column "nextRelease" boolean not null default false;
alter table "Listing" add column "nextRelease" integer not null default 0;
create table "NextRelease" (id serial primary key, slug text not null references "Listing" (slug));
create index "Email_nextRelease" on "Email" ("kind", "state");
update "Listing" set "nextRelease" = length(name);
insert into "NextRelease" (slug) select slug from "Listing";
create function "nextRelease"() returns trigger language plpgsql as $$ begin perform 1; return new; end $$;
create trigger "nextRelease" before update on "Listing" for each row execute function "nextRelease"();
`;
const LISTINGS = 20_000;

/** Listings as a registry of many years has them. */
async function fill(): Promise<void> {
  await workers.home.database.$executeRaw`
    insert into "Listing" (slug, name, "opensByItself", "createdAt")
    select 'old-' || nth, 'Old ' || nth, false, now() from generate_series(1, ${LISTINGS}) as nth`;
}

test('a release whose migration comes while the workers of this one work: every row is taken, none fails', async () => {
  const errors = jest.spyOn(console, 'error');
  const { database, url } = workers.home;
  await fill();
  const outcomes = () => database.outcome.findMany({ where: { submission: { kind: 'wake' } } });
  const appended = { all: 0 };
  const appendNext = async (): Promise<void> => {
    appended.all += 1;
    const slug = `product-${appended.all}`;
    const caseId = await listProduct(database, slug);
    const row = { key: `wake:${slug}`, caseId, applicationId: null, round: null, actor: 'fatou', ...wake };
    const one = await appendSubmission(database, { ...row, role: 'secretariat' });
    if (!('id' in one)) throw new Error(one.problem);
  };
  const taken = (count: number) =>
    eventually(`${count} outcomes`, async () => ((await outcomes()).length >= count ? true : null));

  for (let nth = 1; nth <= 10; nth += 1) await appendNext();
  await taken(5);
  let migrated: string | null = null;
  const migrating = migrateToNext(url, ADDITIVE).then((said) => {
    migrated = said;
  });
  const before = appended.all;
  while (migrated === null) await Promise.race([appendNext(), migrating]);
  await migrating;
  const during = appended.all - before;
  for (let nth = 1; nth <= 10; nth += 1) await appendNext();
  await taken(appended.all);

  expect(migrated).toContain('29990101000000_next_release');
  expect(during).toBeGreaterThan(0);
  expect((await outcomes()).map(({ result }) => result)).toEqual(Array(appended.all).fill('accepted'));
  expect(await database.application.count({ where: { open: true } })).toBe(appended.all);
  const filled = await database.$queryRaw<{ rows: number }[]>`
    select count(*)::int as rows from "Listing" where "nextRelease" > 0`;
  expect(filled[0]?.rows).toBeGreaterThanOrEqual(LISTINGS);
  expect(errors.mock.calls).toEqual([]);
}, 120_000);

test('a migration that fails half way leaves nothing but its note, says why, and is applied once it is mended', async () => {
  const { url, drop } = await createDatabase();
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await expect(migrateToNext(url, 'create table "Half" (); select 1 / 0;')).rejects.toThrow('division by zero');
    const { rows } = await client.query(`select to_regclass('"Half"') as half`);
    expect(rows).toEqual([{ half: null }]);
    await client.query('delete from _prisma_migrations where finished_at is null');
    expect(await migrateToNext(url, 'create table "Whole" ();')).toContain('29990101000000_next_release');
  } finally {
    await client.end();
    await drop();
  }
}, 60_000);
