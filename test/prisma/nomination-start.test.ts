import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY } from '../../domain/calendar.js';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startNomination } from '../../prisma/start-nomination.js';
import { waitingRows } from '../../prisma/waiting.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { head } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

/** Somebody who began to nominate a product so many days ago, and has not confirmed the address. */
async function begun(address: string, daysAgo: number) {
  const start = { product: 'Rain Atlas', website: 'https://rain.example.org', name: 'Amina Diallo', address };
  expect(await startNomination(home.database, { kind: 'nomination', ...start })).toBe('sent');
  await home.database.nominationStart.updateMany({
    where: { address },
    data: { createdAt: new Date(Date.now() - daysAgo * DAY) },
  });
  return home.database.email.findFirstOrThrow({ where: { start: { address } } });
}

test('an address is not asked to confirm by a link that is good no more', async () => {
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const claim = async (id: number) => {
    const rules = { mode: 'catch', allowlist: [] } as const;
    return (await outbox.claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail })).is;
  };
  const late = await begun('late@rain.example', 2.1);
  expect(await claim(late.id)).toBe('skipped');
  const { state, reason } = await home.database.email.findUniqueOrThrow({ where: { id: late.id } });
  expect([state, reason]).toEqual(['skipped', 'overtaken']);
  expect(await claim((await begun('soon@rain.example', 1.9)).id)).toBe('claimed');
});

test('what was said before an address was confirmed goes after a week, though nobody else nominates', async () => {
  await begun('old@rain.example', 7.1);
  await begun('new@rain.example', 6.9);
  await waitingRows(home.database, home.url).tidy();
  const kept = await home.database.nominationStart.findMany({ select: { address: true } });
  expect(kept.map(({ address }) => address)).toContain('new@rain.example');
  expect(kept.map(({ address }) => address)).not.toContain('old@rain.example');
  expect(await home.database.email.count({ where: { start: { address: 'old@rain.example' } } })).toBe(0);
});
