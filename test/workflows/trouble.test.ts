import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRelay } from '../../activities/relay.js';
import { createCases } from '../../client/cases.js';
import { IN_TASK_MS } from '../../workflows/contract.js';
import { eventually, startCaseWorld, type CaseWorld } from '../support/case-world.js';
import { textsOf } from '../support/history.js';
import { answers, mailbox, verdict, wake } from '../support/wishes.js';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld();
}, 60_000);
afterEach(() => world.clear());
afterAll(() => world.stop());

const PLANTED = 'amina@planted.example';

test('a row whose step always fails stops nobody: operators see each try, then the next row is taken', async () => {
  const one = await world.begin('fails');
  one.kept.before = async (row) => {
    if (row?.wish.is === 'link_used') throw new Error(`cannot read what ${PLANTED} wrote`);
  };
  const bad = await one.appends({ is: 'link_used' });
  await one.nudge(bad);
  const good = await one.appends(wake());
  await one.nudge(good);
  await one.until('2026-07-10T08:00:20.000Z');
  const handle = world.temporal.env.client.workflow.getHandle(one.id);
  const { raw } = await handle.describe();
  const [pending] = raw.pendingActivities ?? [];
  expect(pending?.attempt).toBeGreaterThan(2);
  expect(pending?.lastFailure).toMatchObject({
    message: 'This step failed; after ten failures in a row it is set aside as "stuck".',
    applicationFailureInfo: { type: 'STEP_FAILED' },
  });
  await one.until('2026-07-10T08:05:00.000Z');
  expect(bad.outcome).toBeNull();
  expect(good.outcome).toMatchObject({ result: 'accepted' });
  expect(await one.shown()).toMatchObject({ state: 'owner', attention: ['stuck'] });
  // What failed comes in again when somebody releases it.
  one.kept.before = () => Promise.resolve();
  await one.says({ is: 'release' });
  expect(bad.outcome).not.toBeNull();
  expect(await one.shown()).toMatchObject({ attention: null });
  const all = textsOf([raw, await handle.fetchHistory()]).join('\n');
  expect(all).toContain('STEP_FAILED');
  expect(all).not.toContain(PLANTED);
});

test('a step that lasts too long for the task of its workflow is taken by the ordinary one, and once', async () => {
  const one = await world.begin('slow');
  await one.says(wake());
  let begun = 0;
  let over = 0;
  one.kept.before = async () => {
    begun += 1;
    if (begun === 1) await new Promise((resolve) => setTimeout(resolve, IN_TASK_MS + 1_000));
  };
  one.kept.after = async () => void (over += 1);
  expect(await one.says(answers)).toMatchObject({ result: 'accepted' });
  await eventually('the first try to end', async () => (begun >= 2 && over === begun ? true : null));
  const receipts = one.kept.emails.filter(({ kind }) => kind === 'receipt');
  expect(receipts.map(({ to }) => to)).toEqual([1, 2]);
  expect(await one.shown()).toMatchObject({ state: 'l1', attention: null });
});

test('the run of a review ends with it, though the step that ended it could not tell so', async () => {
  const one = await world.begin('untold');
  await one.says(wake());
  await one.says(answers);
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  const { runId } = await world.temporal.env.client.workflow.getHandle(one.id).describe();
  let untold = 0;
  one.kept.after = async () => {
    if (one.kept.decisions.length === 0 || untold > 0) return;
    untold += 1;
    throw new Error('nobody heard what became of it');
  };
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
  expect(await one.shown()).toMatchObject({ state: 'asleep', outcome: 'approved' });
  const { status } = await world.temporal.env.client.workflow.getHandle(one.id, runId).describe();
  expect([untold, status.name]).toEqual([1, 'CONTINUED_AS_NEW']);
});

test('while the database is away nobody is set aside, and everything goes on when it is back', async () => {
  const one = await world.begin('away');
  let away = true;
  one.kept.before = async () => {
    if (away) throw new Error('away');
  };
  world.records.isAway = () => true;
  const row = await one.appends(wake());
  await one.nudge(row);
  await one.until('2026-07-10T08:10:00.000Z');
  expect(row.aside).toBe(false);
  away = false;
  // Tries are ten seconds apart at most, however long it was away.
  await one.until('2026-07-10T08:10:11.000Z');
  expect(row.outcome).toMatchObject({ result: 'accepted' });
  world.records.isAway = () => false;
});

describe('with the relay', () => {
  /** Runs the relay until what is done is done. */
  async function relaying(act: () => Promise<void>): Promise<void> {
    const end = new AbortController();
    const relay = createRelay({
      records: world.records,
      // The test server knows no lists.
      cases: { ...createCases(world.temporal.env.client), running: () => Promise.resolve(new Set()) },
      now: Date.now,
      wordOf: () => 'STEP_FAILED',
      failed: (_caseId, error) => {
        throw error;
      },
    });
    const running = relay({ signal: end.signal, heartbeat: () => undefined });
    await act().finally(() => end.abort());
    await running;
  }

  test('a listing without a workflow gets one, which shows the record as it is', async () => {
    const one = await world.begin('unstarted', { started: false });
    await relaying(() => eventually('a workflow', () => one.status().catch(() => null)).then(() => undefined));
    expect(await one.shown()).toMatchObject({ state: 'asleep', product: 'unstarted' });
  });

  test('a workflow terminated by hand starts again from the record, and loses no row and no deadline', async () => {
    const one = await world.begin('terminated');
    await one.says(wake());
    await relaying(async () => {
      await world.temporal.env.client.workflow.getHandle(one.id).terminate('by hand');
      const row = await one.appends(answers);
      await eventually('an outcome', async () => row.outcome);
    });
    expect(await one.status()).toBe('RUNNING');
    expect(await one.shown()).toMatchObject({ state: 'l1', waitingOn: 'l1' });
    await one.until('2026-07-25T12:00:00.000Z');
    expect(await one.shown()).toMatchObject({ attention: ['reviewer_late'] });
  });

  test('a row for a case that has ended gets its outcome all the same: late, and an email that says so', async () => {
    const one = await world.begin('ended');
    await one.says(wake());
    await one.says(answers);
    await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
    await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word: 'does_not_meet' }));
    await one.until('2027-02-06T13:00:00.000Z');
    expect(await one.status()).toBe('COMPLETED');
    await relaying(async () => {
      const row = await one.appends(answers);
      expect(await eventually('an outcome', async () => row.outcome)).toMatchObject({ result: 'late' });
    });
    expect(mailbox(one.kept).at(-1)).toBe('not_taken to 1');
    expect(await one.status()).toBe('COMPLETED');
  });
});
