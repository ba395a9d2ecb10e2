import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { staffListOf } from '../../prisma/staff-list.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { head } from '../support/post.js';

const now = '2026-07-10T09:00:00.000Z';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase(now);
}, 120_000);
afterAll(() => home.stop());

async function listToday() {
  return home.database.$transaction(async (transaction) => {
    const content = await staffListOf(transaction, { head, now });
    return content === null ? null : renderEmail(content);
  });
}

test('a concern waits since it came to staff, not since the last review', async () => {
  const caseId = await listProduct(home.database, 'seed-ledger');
  const sections = ['2'];
  const times = { createdAt: new Date(now), stageAt: new Date('2026-07-03T08:00:00.000Z') };
  const said = { text: 'There is no licence.', address: 'zola@reader.example', stage: 'waiting' };
  await home.database.concern.create({ data: { id: 'one', slug: 'seed-ledger', sections, ...said, ...times } });
  await home.database.case.update({ where: { id: caseId }, data: { attention: ['concern'] } });
  expect((await listToday())?.subject).toBe('1 case waits for staff, the oldest since 3 July 2026');
});
