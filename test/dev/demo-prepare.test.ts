import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { prepareDemo } from '../../dev/demo/prepare.js';
import { planCampaign } from '../../prisma/campaign.js';
import { openDatabase, type Database } from '../../prisma/database.js';
import { createDatabase } from '../support/run-database.js';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const made = await createDatabase();
  database = openDatabase(made.url);
  drop = made.drop;
});
afterAll(async () => {
  await database.$disconnect();
  await drop();
});

test('the whole registry: 187 products in the default scope, a few hand-picked ones as privacy cases, a contact each', async () => {
  const registry = 'dev/registry-2026-07-10.json';
  const start = await prepareDemo(database, { take: 1_000, seed: 1, registry, once: false, nominations: 0 });
  expect(start.world.products).toHaveLength(245);
  const plain = await planCampaign(database, {});
  expect(plain).toMatchObject({ members: { length: 187 } });
  const plan = await planCampaign(database, { include: start.handPicked });
  if ('problems' in plan) throw new Error(plan.problems.join('\n'));
  expect(plan.members.filter(({ kind, handPicked }) => kind === 'privacy' && handPicked)).toHaveLength(
    start.handPicked.length,
  );
  expect(plan.members.filter(({ hasContact }) => !hasContact)).toEqual([]);
  expect(start.visitor).not.toBeNull();
}, 60_000);
