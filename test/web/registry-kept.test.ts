import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Database } from '../../prisma/database.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { PUBLIC_URL, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
let reads = 0;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await listProduct(home.database, 'seed-ledger');
  web = webOver(counting(home.database));
}, 120_000);
afterAll(() => home.stop());

/** The same database, counting how often something is read of its tables at one instant. */
function counting(database: Database): Database {
  return new Proxy(database, {
    get: (target, name) => {
      if (name === '$transaction') reads += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
}

const ask = (path: string, some: RequestInit = {}) => web.app.request(`${PUBLIC_URL}${path}`, some);
const get = async (path: string) => (await ask(path)).text();
const rename = (database: Pick<Database, 'listing'>, name: string) =>
  database.listing.update({ where: { slug: 'seed-ledger' }, data: { name } });

test('a page that nothing has changed is not read from the records again, each address for itself', async () => {
  const paths = ['/', '/r/seed-ledger', '/registry.csv'];
  const first = await Promise.all(paths.map(get));
  for (const [index, path] of paths.entries()) {
    // Other databases of this server are written to meanwhile, which counts as a change: one quiet moment is enough.
    for (let tries = 0; tries < 500; tries += 1) {
      reads = 0;
      expect(await get(path)).toBe(first[index]);
      if (reads === 0) break;
    }
    expect(reads).toBe(0);
  }
  expect(await get('/?q=nothing-of-that-name')).toContain('No product found');
});

test.each(['the tag of an earlier answer', '*'])(
  'whoever has a copy brings a page to be kept too: %s',
  async (word) => {
    const tag = word === '*' ? word : ((await ask('/')).headers.get('ETag') ?? '');
    expect(tag).not.toBe('');
    await rename(home.database, `Seed Ledger ${word}`);
    await rename(home.database, 'seed-ledger');
    for (let tries = 0; tries < 500; tries += 1) {
      reads = 0;
      expect((await ask('/', { headers: { 'If-None-Match': tag } })).status).toBe(304);
      if (reads === 0) break;
    }
    expect(reads).toBe(0);
  },
);

test('the head of a page has the tag of the page', async () => {
  const tag = (await ask('/')).headers.get('ETag');
  expect((await ask('/', { method: 'HEAD' })).headers.get('ETag')).toBe(tag);
  await rename(home.database, 'Ledger of Seeds');
  const head = await ask('/', { method: 'HEAD' });
  expect(head.headers.get('ETag')).not.toBe(tag);
  expect((await ask('/')).headers.get('ETag')).toBe(head.headers.get('ETag'));
});

test('whatever is written shows on the next request, what is not committed yet does not', async () => {
  await get('/');
  await rename(home.database, 'Renamed Ledger');
  expect(await get('/')).toContain('Renamed Ledger');
  const other = openDatabase(home.url);
  try {
    await other.$transaction(async (transaction) => {
      await rename(transaction, 'Half Written Ledger');
      expect(await get('/')).toContain('Renamed Ledger');
      expect(await get('/')).toContain('Renamed Ledger');
    });
    expect(await get('/')).toContain('Half Written Ledger');
  } finally {
    await other.$disconnect();
  }
});

test('a new day shows although nothing was written', async () => {
  await home.setClock('2026-07-10T23:59:58.500Z');
  expect(await get('/')).toContain('10 July 2026');
  await pause(2_000);
  expect(await get('/')).toContain('11 July 2026');
});
