import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lookAtScanners } from '../../dev/demo/checks/scanners.js';
import { lostRows } from '../../dev/demo/checks/lost.js';
import { startOwners, type Owners } from '../../dev/demo/owners.js';
import { HABITS } from '../../dev/demo/types.js';
import { startFastDays } from '../support/fast-days.js';

let days: Awaited<ReturnType<typeof startFastDays>>;
let owners: Owners;
beforeAll(async () => {
  days = await startFastDays({ take: 14, seed: 1, dayMs: 300 });
  owners = startOwners(days);
  await days.untilClosed(145);
  days.pace.stop();
  await owners.stop();
}, 120_000);
afterAll(() => days.stop());

test('people of every habit go through their reviews by emails and pages alone, and nothing unexpected happens', async () => {
  expect(owners.problems).toEqual([]);
  expect(days.pageFailures).toEqual([]);
  const open = await days.database.application.count({ where: { open: true } });
  expect(open).toBe(0);
  // Whether somebody who is late still finds it open depends on how fast the reviewers are.
  const shown = HABITS.filter((habit) => habit !== 'silent' && habit !== 'late');
  for (const habit of shown) expect([habit, owners.tried[habit] ?? 0]).not.toEqual([habit, 0]);
});

test('what they were told was received is there as they typed it', async () => {
  expect(owners.told.length).toBeGreaterThan(10);
  expect(await lostRows(days.database, owners.told)).toEqual([]);
});

test('link scanners changed nothing', async () => {
  expect(await lookAtScanners({ database: days.database, tried: owners.tried })).toMatchObject({ problems: [] });
});
