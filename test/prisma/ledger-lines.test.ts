import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { timelineOf } from '../../domain/public-words.js';
import { makeApplicationUser } from '../../dev/application-user.js';
import { checkLedger } from '../../prisma/check-ledger.js';
import { openDatabase } from '../../prisma/database.js';
import { eraseActor } from '../../prisma/erase-actor.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview } from '../support/demo-review.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 60_000);
afterAll(() => home.stop());

test('every row and every entry that a step takes is in the ledger: by whom, why, before and after', async () => {
  const review = await openDemoReview(home, { slug: 'seed-ledger', caught: [] });
  const { caseId } = review;
  await review.at('2026-07-10T09:00:01.000Z');
  await review.deliver();
  await review.at('2026-08-09T09:00:01.000Z');
  await review.deliver();
  // It is not the reviewers' turn.
  await review.verdict({ level: 'l1', by: 'ada' });
  await review.answer();
  await review.verdict({ level: 'l1', by: 'ada' });
  await review.verdict({ level: 'l2', by: 'bo' });

  const rows = await home.database.submission.findMany({ where: { caseId }, include: { outcome: true } });
  const lines = await home.database.ledgerEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
  const results = new Set(rows.map(({ outcome }) => outcome?.result));
  expect([...results].sort()).toEqual(['accepted', 'refused']);
  for (const { id, role, actor, outcome } of rows) {
    const own = lines.filter(({ why }) => why === `row:${id}`);
    expect(own.map((line) => [line.role, line.actor])).toContainEqual([role, actor]);
    if (outcome?.result === 'refused') expect(own.map(({ what }) => what)).toEqual(['refused']);
  }
  expect(lines.filter(({ what }) => what === 'refused').map(({ detail }) => detail)).toEqual([{ row: 'verdict' }]);
  const due = lines.find(({ what }) => what === 'reminder');
  expect(due).toMatchObject({ role: 'machine', actor: null, why: 'entry:reminder:1:2026-09-08:30' });
  expect(lines.find(({ what }) => what === 'answered')).toMatchObject({
    before: { state: 'owner', round: 1, turn: 1, deadline: '2026-09-08', answersVersion: 0 },
    after: { state: 'l1', round: 2, answersVersion: 1 },
  });
  expect(lines.at(-1)).toMatchObject({ after: { state: 'approved', validUntil: '2027-09-01' } });
  expect((await checkLedger(home.url)).problems).toEqual([]);
  // The public is told of none of it that it was not told of before.
  const told = timelineOf(lines.map(({ at, what, detail }) => ({ at: at.toISOString(), what, detail })));
  const untold = lines.filter(({ what }) => !['refused', 'accepted', 'due', 'joined', 'late'].includes(what));
  expect(told).toEqual(timelineOf(untold.map(({ at, what, detail }) => ({ at: at.toISOString(), what, detail }))));
});

test('a line names the run that wrote it', async () => {
  const { caseId, at, deliver } = await openDemoReview(home, { slug: 'rain-atlas', caught: [] });
  await at('2026-08-10T09:00:01.000Z');
  await deliver();
  await home.setClock('2026-09-10T09:00:01.000Z');
  await step(home.database, { caseId, armedFor: null, ranBy: { workflowId: caseId, runId: 'this-run' } });
  const last = await home.database.ledgerEntry.findFirst({ where: { caseId }, orderBy: { seq: 'desc' } });
  expect(last).toMatchObject({ workflowId: caseId, runId: 'this-run' });
});

test('the user of the application takes every step and changes no line, whatever it tries', async () => {
  const owner = await startTestDatabase('2026-07-10T08:00:00.000Z');
  const url = await makeApplicationUser(owner.url);
  const database = openDatabase(url);
  try {
    const { at, deliver, answer, verdict, caseId } = await openDemoReview(
      { ...owner, database },
      { slug: 'a', caught: [] },
    );
    await at('2026-07-10T09:00:01.000Z');
    await deliver();
    await answer();
    await verdict({ level: 'l1', by: 'ada' });
    const before = await database.ledgerEntry.count({ where: { caseId } });
    expect(before).toBeGreaterThan(3);
    for (const statement of [
      `update "LedgerEntry" set what = 'x'`,
      'update "LedgerEntry" set actor = null, salt = null',
      'delete from "LedgerEntry"',
      'truncate "LedgerEntry"',
      `update "StaffChange" set what = 'x'`,
      'delete from "StaffChange"',
      'alter table "LedgerEntry" disable trigger ledger_keep',
      'drop table "LedgerEntry"',
      'set session_replication_role = replica',
      'create or replace function ledger_keep() returns trigger language plpgsql as $$ begin return new; end $$',
    ]) {
      await expect(database.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied|must be owner/u);
    }
    await expect(eraseActor(database, { actor: 'ada', by: 'omar' })).rejects.toThrow('Set DATABASE_URL to the owner');
    expect(await database.ledgerEntry.count({ where: { caseId } })).toBe(before);
    expect((await checkLedger(url)).problems).toEqual([]);
  } finally {
    await database.$disconnect();
    await owner.stop();
  }
}, 60_000);
