import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publicKeyOf } from '../../adapters/ledger-heads.js';
import { ledgerOf } from '../../client/cli/doctor-ledger.js';
import { startDailyHeads } from '../../worker/daily-heads.js';
import { perennial } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview } from '../support/demo-review.js';
import { unguarded } from '../support/unguarded.js';

const KEY = '5a'.repeat(32);
const folder = mkdtempSync(join(tmpdir(), 'perennial-heads-'));
const place = { folder, key: Buffer.from(KEY, 'hex') };
let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  process.env['PERENNIAL_LEDGER_KEY'] = KEY;
  process.env['PERENNIAL_LEDGER_FOLDER'] = folder;
  const { at, deliver } = await openDemoReview(home, { slug: 'seed-ledger', caught: [] });
  await at('2026-07-10T09:00:01.000Z');
  await deliver();
}, 60_000);
afterAll(async () => {
  delete process.env['PERENNIAL_LEDGER_KEY'];
  delete process.env['PERENNIAL_LEDGER_FOLDER'];
  rmSync(folder, { recursive: true });
  await home.stop();
});

const doctor = () => ledgerOf({ ledger: place, databaseUrl: home.url });
const ledger = (...args: string[]) => perennial(home.url, 'ledger', ...args);

test('without exported heads a check says what it cannot see; the worker exports once a day, and it holds', async () => {
  expect(await ledger('verify')).toContain('There are no exported heads');
  const heard: unknown[] = [];
  for (let start = 1; start <= 2; start += 1) {
    await startDailyHeads({ place, database: home.database, log: (line) => heard.push(line) }).stop();
  }
  expect(heard).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(await ledger('verify')).toMatch(/Looked at \d+ lines of 1 case\. Compared with .*\nEvery chain holds\./u);
});

test('whoever has the public key checks a file that was taken elsewhere; a changed one is refused', async () => {
  const printed = await ledger('export');
  const file = /Wrote (.+\.txt)\./u.exec(printed)?.[1] ?? '';
  const key = publicKeyOf(Buffer.from(KEY, 'hex'));
  expect(printed).toContain(key);
  expect(await ledger('verify', '--heads', file, '--public-key', key)).toContain('Every chain holds.');
  const other = publicKeyOf(Buffer.alloc(32, 7));
  await expect(ledger('verify', '--heads', file, '--public-key', other)).rejects.toThrow('signed by another key');
  const copy = join(folder, 'copy.txt');
  writeFileSync(copy, readFileSync(file, 'utf8').replace(/(dpg\/seed-ledger) \d+/u, '$1 1'));
  await expect(ledger('verify', '--heads', copy)).rejects.toThrow('was changed');
});

test('a cut end is named, and no new file hides it unless somebody says that a restore did it', async () => {
  const last = await home.database.ledgerEntry.findFirstOrThrow({ orderBy: { seq: 'desc' } });
  await unguarded(home.database, ({ ledgerEntry }) => ledgerEntry.delete({ where: { id: last.id } }));
  const before = readdirSync(folder).length;
  await expect(ledger('verify')).rejects.toThrow('The ledger does not hold.');
  await expect(ledger('export')).rejects.toThrow('The ledger of dpg/seed-ledger lacks what');
  expect(readdirSync(folder)).toHaveLength(before);
  await expect(doctor()).rejects.toThrow('is no longer there');
  await ledger('export', '--after-restore');
  expect(await doctor()).toContain('all that was exported on');
  expect(await ledger('verify')).toContain('Every chain holds.');
});

test('a name is erased by command', async () => {
  expect(await ledger('erase-actor', 'fatou', '--by', 'omar')).toMatch(/^Erased from [1-9]/u);
  expect(await ledger('verify')).toContain('is erased from');
});
