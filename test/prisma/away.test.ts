import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../dev/ports.js';
import { startPostgres } from '../../dev/postgres.js';
import { isDatabaseAway } from '../../prisma/away.js';
import { openDatabase } from '../../prisma/database.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

test('an error that quotes what people typed is no word of a database that is away', async () => {
  const draft = { applicationId: 'x', field: 'y', version: 1, turn: 1, savedAt: new Date('no date') };
  const form = { text: 'The contract was terminated.' };
  const error: unknown = await home.database.draft
    .create({ data: { ...draft, form } })
    .catch((cause: unknown) => cause);
  expect(String(error)).toContain('terminated');
  expect(isDatabaseAway(error)).toBe(false);
});

test('a connection that ends under a query is one', () => {
  expect(isDatabaseAway(new Error('step', { cause: new Error('Connection terminated unexpectedly') }))).toBe(true);
  expect(isDatabaseAway(Object.assign(new Error('x'), { code: '57P01' }))).toBe(true);
  expect(isDatabaseAway(new Error('there is no such request'))).toBe(false);
});

test('so is whatever is heard of a server that was killed and comes back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-'));
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: await freePort() });
  const database = openDatabase(server.url);
  const query = () =>
    database.$queryRaw`select 1`.then(
      () => null,
      (error: unknown) => error,
    );
  const inTransaction = () =>
    database
      .$transaction((transaction) => transaction.$queryRaw`select 1`)
      .then(
        () => null,
        (error: unknown) => error,
      );
  expect(await query()).toBeNull();
  process.kill(server.process.pid, 'SIGKILL');
  const again = startPostgres({ folder: join(folder, 'postgres'), port: Number(new URL(server.url).port) });
  const heard: unknown[] = [];
  for (let served = false; !served; ) {
    const errors = await Promise.all([query(), inTransaction()]);
    heard.push(...errors.filter((error) => error !== null));
    served = heard.length > 0 && errors.every((error) => error === null);
  }
  await database.$disconnect();
  await (await again).stop();
  rmSync(folder, { recursive: true });
  expect(heard.filter((error) => !isDatabaseAway(error))).toEqual([]);
});
