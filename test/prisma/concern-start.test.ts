import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY } from '../../domain/calendar.js';
import { renderEmail } from '../../mail/render.js';
import { startConcern } from '../../prisma/concerns.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { head } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await listProduct(home.database, 'seed-ledger');
}, 120_000);
afterAll(() => home.stop());

/** Somebody who raised a concern so many days ago, and has not confirmed the address. */
async function raised(address: string, daysAgo: number) {
  const concern = { slug: 'seed-ledger', sections: ['2'], text: 'There is no licence.', address } as const;
  expect(await startConcern(home.database, concern)).toBe('sent');
  await home.database.concern.updateMany({
    where: { address },
    data: { createdAt: new Date(Date.now() - daysAgo * DAY) },
  });
  return home.database.email.findFirstOrThrow({ where: { concern: { address } } });
}

test('an author is not asked to confirm by a link that is good no more', async () => {
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const claim = async (id: number) => {
    const rules = { mode: 'catch', allowlist: [] } as const;
    return (await outbox.claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail })).is;
  };
  const late = await raised('late@reader.example', 2.1);
  expect(await claim(late.id)).toBe('skipped');
  const { state, reason } = await home.database.email.findUniqueOrThrow({ where: { id: late.id } });
  expect([state, reason]).toEqual(['skipped', 'overtaken']);
  expect(await claim((await raised('soon@reader.example', 1.9)).id)).toBe('claimed');
});
