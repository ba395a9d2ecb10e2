import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startCaseWorld, type CaseWorld, type LivingCase } from '../support/case-world.js';
import { answers, asks, grants, mailbox, refuses, results, verdict, wake } from '../support/wishes.js';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld();
}, 60_000);
afterEach(() => world.clear());
afterAll(() => world.stop());

// A review that is woken at START has its deadline on 2026-09-08, which ends at noon UTC of the 9th.
const AFTER_DEADLINE = '2026-09-09T13:00:00.000Z';

/** A review that is open, its prompt taken by the mail server. */
async function asked(slug: string, some: Parameters<CaseWorld['begin']>[1] = {}): Promise<LivingCase> {
  const one = await world.begin(slug, some);
  await one.says(wake());
  return one;
}

describe('silence', () => {
  test("where last year's answers are complete it submits them, and reviewers decide on them", async () => {
    const one = await asked('complete');
    await one.until(AFTER_DEADLINE);
    expect(await one.shown()).toMatchObject({ state: 'l1', waitingOn: 'l1', attention: null });
    expect(one.kept.filed).toEqual(['machine']);
  });

  test('where answers are missing it asks for them, and silence there waits for the secretariat, who may end it', async () => {
    const one = await asked('partial', { missingOnFile: ['pii_level'] });
    await one.until(AFTER_DEADLINE);
    expect(await one.shown()).toMatchObject({ state: 'clarification', waitingOn: 'owner' });
    await one.until('2026-10-12T00:00:00.000Z');
    expect(await one.shown()).toMatchObject({
      state: 'clarification',
      waitingOn: 'secretariat',
      attention: ['silence'],
    });
    // Nobody but a person takes it from the list, however long they take.
    await one.until('2027-01-12T00:00:00.000Z');
    expect(one.kept.record.listing.removedOn).toBeNull();
    expect(await one.says({ is: 'expire' })).toMatchObject({ result: 'accepted' });
    expect(await one.shown()).toMatchObject({ state: 'expired', outcome: 'unanswered', waitingOn: 'nobody' });
    const reminders = Array(4).fill('clarification_reminder to 1') as string[];
    expect(mailbox(one.kept).slice(-6)).toEqual(['clarification to 1', ...reminders, 'closed to 1']);
    // It can be reopened for 210 days; then its workflow has done its work.
    await one.until('2027-08-10T11:00:00.000Z');
    expect(await one.status()).toBe('RUNNING');
    await one.until('2027-08-11T13:00:00.000Z');
    expect(await one.status()).toBe('COMPLETED');
  });

  test('ends a privacy case by itself, and the product stays on the list', async () => {
    const one = await asked('privacy', { listing: { validUntil: '2027-05-01' } });
    expect(await one.shown()).toMatchObject({ kind: 'privacy' });
    await one.until(AFTER_DEADLINE);
    expect(await one.shown()).toMatchObject({ state: 'asleep', outcome: 'unanswered', waitingOn: 'nobody' });
    expect(one.kept.record.listing).toMatchObject({ removedOn: null, validUntil: '2027-05-01' });
  });

  test('counts for nothing while the mail server took no email: staff are told, and nothing ends', async () => {
    const one = await asked('unheard', { takesMail: false });
    expect(await one.shown()).toMatchObject({ state: 'owner', waitingOn: 'mail' });
    await one.until('2026-07-13T10:00:00.000Z');
    expect(await one.shown()).toMatchObject({ waitingOn: 'secretariat', attention: ['undeliverable'] });
    await one.until('2027-07-13T10:00:00.000Z');
    expect(await one.shown()).toMatchObject({ state: 'owner', waitingOn: 'secretariat' });
    expect(mailbox(one.kept)).toEqual(['prompt to 1']);
    await one.says(answers);
    expect(await one.shown()).toMatchObject({ state: 'l1' });
  });

  test('counts for nothing where somebody had begun to type: staff decide, and answers still come in', async () => {
    const one = await asked('typing');
    await one.until('2026-09-01T10:00:00.000Z');
    one.kept.draftSaved = true;
    await one.until(AFTER_DEADLINE);
    expect(await one.shown()).toMatchObject({ waitingOn: 'secretariat', attention: ['silence'] });
    expect(await one.says({ is: 'expire' })).toMatchObject({ result: 'refused' });
    await one.says(answers);
    expect(await one.shown()).toMatchObject({ state: 'l1', attention: null });
    expect(one.kept.filed).toEqual(['owner']);
  });
});

describe('an answer that races', () => {
  test('a reminder: it came before the timer and no nudge had announced it, and nobody is reminded', async () => {
    const one = await asked('reminder-race');
    await one.until('2026-08-09T08:59:59.000Z');
    const row = await one.appends(answers);
    await one.until('2026-08-09T09:00:01.000Z');
    expect(row.outcome).toMatchObject({ result: 'accepted' });
    expect(await one.shown()).toMatchObject({ state: 'l1' });
    // The late nudge finds nothing more to do.
    await one.nudge(row);
    await one.until('2026-08-09T12:00:00.000Z');
    expect(mailbox(one.kept)).toEqual(['prompt to 1', 'receipt to 1', 'receipt to 2']);
  });

  test('the deadline: it came before the timer, and the machine submits nothing', async () => {
    const one = await asked('deadline-race');
    await one.until('2026-09-09T11:59:59.000Z');
    const row = await one.appends(answers);
    await one.until(AFTER_DEADLINE);
    expect(row.outcome).toMatchObject({ result: 'accepted' });
    expect(one.kept.filed).toEqual(['owner']);
  });

  test('silence, and loses by a moment: until the first verdict it replaces what the machine submitted', async () => {
    const one = await asked('replaced');
    await one.until('2026-09-09T12:00:01.000Z');
    expect(one.kept.filed).toEqual(['machine']);
    await one.says(answers);
    expect(one.kept.filed).toEqual(['machine', 'owner']);
    await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
    expect(await one.says(answers)).toMatchObject({ result: 'refused' });
  });
});

describe('a request', () => {
  test('stops the clock: no reminder and no deadline while it is open, and what was left is left after it', async () => {
    const one = await asked('more-time');
    await one.until('2026-09-01T10:00:00.000Z');
    const before = mailbox(one.kept);
    await one.says(asks('more_time'));
    expect(await one.shown()).toMatchObject({ waitingOn: 'secretariat', attention: ['request'] });
    await one.until('2026-10-20T12:00:00.000Z');
    expect(mailbox(one.kept)).toEqual(before);
    expect(one.kept.filed).toEqual([]);
    await one.says(grants('more_time'));
    // Eight days had been left; the fourteen that staff grant count from the old deadline and are over already.
    expect(one.kept.record.review?.turn?.deadline).toBe('2026-10-28');
    expect(await one.shown()).toMatchObject({ waitingOn: 'owner', attention: null });
    await one.until('2026-10-29T13:00:00.000Z');
    expect(await one.shown()).toMatchObject({ state: 'l1' });
  });

  test('for withdrawal holds a decision: refused, it takes effect; granted, the product leaves the list', async () => {
    for (const [slug, answer] of [
      ['stays', refuses('withdrawal')],
      ['leaves', grants('withdrawal')],
    ] as const) {
      const one = await asked(slug);
      await one.says(answers);
      await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
      await one.says(asks('withdrawal'));
      await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
      expect(await one.shown()).toMatchObject({ state: 'decided', waitingOn: 'secretariat', attention: ['request'] });
      await one.until('2026-08-20T12:00:00.000Z');
      expect(results(one.kept)).toEqual([]);
      await one.says(answer);
      await one.until('2026-08-20T12:05:00.000Z');
      expect(results(one.kept)).toEqual([slug === 'stays' ? 'approved' : 'withdrawn']);
      await world.clear();
    }
  });
});

test('verdicts on hold take effect when the hold is over, not before', async () => {
  const one = await asked('hold');
  const { review } = one.kept.record;
  if (review === null) throw new Error('no review is open');
  // Someone moves the case to a policy with an hour in which to undo.
  one.kept.record = { ...one.kept.record, review: { ...review, policy: { ...review.policy, holdMinutes: 60 } } };
  await one.says(answers);
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  expect(await one.shown()).toMatchObject({ state: 'decided', waitingOn: 'nobody' });
  await one.until('2026-07-10T08:55:00.000Z');
  expect(await one.shown()).toMatchObject({ state: 'decided' });
  await one.until('2026-07-10T09:05:00.000Z');
  expect(await one.shown()).toMatchObject({ state: 'l2', waitingOn: 'l2' });
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
  expect(await one.shown()).toMatchObject({ state: 'decided', waitingOn: 'nobody' });
  await one.until('2026-07-10T10:00:00.000Z');
  expect(mailbox(one.kept)).not.toContain('decision to 1');
  await one.until('2026-07-10T10:10:00.000Z');
  expect(await one.shown()).toMatchObject({ state: 'asleep', outcome: 'approved' });
  expect(mailbox(one.kept)).toContain('decision to 1');
});
