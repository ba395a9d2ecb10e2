import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLinkChecker } from '../../activities/links.js';
import { DAY } from '../../domain/calendar.js';
import type { LinkFound } from '../../domain/link-check.js';
import { linkRecords, readLinkChecks } from '../../prisma/link-checks.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { openReview } from '../support/owner-visit.js';
import { sendAnswers } from '../support/decided-review.js';

const OPEN = 'https://laws.example/open';
const LISTED = 'https://laws.example/listed';
const here: LinkFound = { result: 'reachable', because: null, status: 200, leadsTo: null };
const gone: LinkFound = { result: 'gone', because: 'status', status: 404, leadsTo: null };

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  const review = await openReview(home.database, { slug: 'open', answers: completeAnswers });
  await sendAnswers(home.database, review, { answers: { laws: ['Another law'] } });
  await listProduct(home.database, 'listed');
  const give = (slug: string, laws: readonly string[]) =>
    home.database.answerSet.updateMany({ where: { slug }, data: { answers: { laws } } });
  expect(await give('open', ['A law', OPEN])).toEqual({ count: 2 });
  await give('listed', [LISTED]);
}, 60_000);
afterAll(() => home.stop());

test('links of open reviews come first and each day, those of listed products each month, and few at once', async () => {
  const records = linkRecords(home.database);
  expect(await records.due({ real: 0, mostOfListed: 0 })).toEqual([OPEN]);
  expect(await records.due({ real: 0, mostOfListed: 5 })).toEqual([OPEN, LISTED]);
  for (const address of [OPEN, LISTED]) await records.record({ address, found: here, real: 0 });
  expect(await records.due({ real: DAY - 1, mostOfListed: 5 })).toEqual([]);
  expect(await records.due({ real: DAY, mostOfListed: 5 })).toEqual([OPEN]);
  expect(await records.due({ real: 30 * DAY, mostOfListed: 5 })).toEqual([OPEN, LISTED]);
});

test('a finding keeps the day since when it is so; what no answer names any more is forgotten', async () => {
  const records = linkRecords(home.database);
  await records.record({ address: OPEN, found: gone, real: DAY });
  await home.setClock('2026-07-13T08:00:00.000Z');
  await records.record({ address: OPEN, found: gone, real: 2 * DAY });
  const seen = (await readLinkChecks(home.database, [OPEN, LISTED])).get(OPEN);
  expect([seen?.result, seen?.since.slice(0, 10), seen?.checkedAt.slice(0, 10)]).toEqual([
    'gone',
    '2026-07-10',
    '2026-07-13',
  ]);
  await home.database.answerSet.updateMany({ where: { slug: 'listed' }, data: { answers: { laws: ['A law'] } } });
  await records.due({ real: DAY, mostOfListed: 5 });
  expect([...(await readLinkChecks(home.database, [OPEN, LISTED])).keys()]).toEqual([OPEN]);
});

test('looking goes on until it is told to end, and tells how it stands', async () => {
  const ending = new AbortController();
  const told: object[] = [];
  const asked: string[] = [];
  const check = createLinkChecker({
    records: linkRecords(home.database),
    look: (address) => {
      asked.push(address);
      setImmediate(() => ending.abort());
      return Promise.resolve(here);
    },
    now: () => 60 * DAY,
  });
  await check({ signal: ending.signal, heartbeat: (details) => told.push(details) });
  expect(asked).toEqual([OPEN]);
  expect(told.at(-1)).toEqual({ due: 1, looked: 1 });
  expect((await readLinkChecks(home.database, [OPEN])).get(OPEN)?.result).toBe('reachable');
});
