import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, endOfDayAnywhere, HOUR, later, startOfDay } from '../../domain/calendar.js';
import type { MemoryCase } from '../support/memory-case.js';
import { startCaseWorld, type CaseWorld, type LivingCase } from '../support/case-world.js';
import { answers, mailbox, results, verdict, wake } from '../support/wishes.js';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld();
}, 60_000);
afterEach(() => world.clear());
afterAll(() => world.stop());

const stepsSince = ({ steps }: MemoryCase, instant: string) => steps.filter((at) => at >= instant).length;

async function decide(one: LivingCase): Promise<void> {
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
}

test('ten years of one product: every review opens, is answered or not, and is decided; nothing is lost or twice', async () => {
  const one = await world.begin('decade', { listing: { validUntil: '2026-10-01' } });
  const first = await world.temporal.env.client.workflow.getHandle(one.id).describe();
  for (let year = 1; year <= 10; year += 1) {
    const validUntil = one.kept.record.listing.validUntil ?? '';
    const opens = addDays(validUntil, -60);
    await one.until(later(startOfDay(opens), -HOUR));
    expect(await one.shown()).toMatchObject({ state: 'asleep', dueAt: new Date(startOfDay(opens)) });
    await one.until(later(startOfDay(opens), HOUR));
    expect(await one.shown()).toMatchObject({ state: 'owner', waitingOn: 'owner' });
    if (year % 2 === 1) await one.says(answers);
    else await one.until(later(endOfDayAnywhere(validUntil), HOUR));
    expect(await one.shown()).toMatchObject({ state: 'l1' });
    await decide(one);
  }
  expect(one.kept.record.listing).toMatchObject({ validUntil: '2036-10-06', removedOn: null });
  expect(results(one.kept)).toEqual(Array(10).fill('approved'));
  expect(one.kept.filed).toEqual(Array.from({ length: 5 }, () => ['owner', 'machine']).flat());
  const answered = ['prompt to 1', 'receipt to 1', 'receipt to 2', 'decision to 1'];
  const reminders = ['reminder to 1', 'reminder to 1', 'reminder to 1', 'last_reminder to 1', 'last_reminder to 2'];
  const silent = ['prompt to 1', ...reminders, 'decision to 1'];
  expect(mailbox(one.kept)).toEqual(Array.from({ length: 5 }, () => [...answered, ...silent]).flat());
  expect(await one.shown()).toMatchObject({
    state: 'asleep',
    outcome: 'approved',
    waitingOn: 'nobody',
    attention: null,
  });
  // Ten reviews ended, each began a new run: what an operator opens stays short.
  const last = await world.temporal.env.client.workflow.getHandle(one.id).describe();
  expect(last.runId).not.toBe(first.runId);
  expect(last.historyLength).toBeLessThan(10);
}, 60_000);

describe('when the clocks of database and Temporal disagree', () => {
  test('a timer that is early by half a minute waits in growing pauses, and the reminder goes once', async () => {
    const one = await world.begin('early', { ahead: -31_000 });
    await one.says(wake());
    await one.until('2026-08-09T09:05:00.000Z');
    expect(mailbox(one.kept)).toEqual(['prompt to 1', 'reminder to 1']);
    const tries = stepsSince(one.kept, '2026-08-09T08:00:00.000Z');
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThanOrEqual(7);
  });

  test('a database half an hour behind: a step a minute at most, and nothing happens before its own clock says so', async () => {
    const one = await world.begin('behind', { ahead: -1_800_000 });
    await one.says(wake());
    await one.until('2026-08-09T09:29:00.000Z');
    expect(mailbox(one.kept)).toEqual(['prompt to 1']);
    await one.until('2026-08-09T09:32:00.000Z');
    expect(mailbox(one.kept)).toEqual(['prompt to 1', 'reminder to 1']);
    expect(stepsSince(one.kept, '2026-08-09T06:00:00.000Z')).toBeLessThanOrEqual(40);
    await one.until('2026-08-10T11:00:00.000Z');
    expect(stepsSince(one.kept, '2026-08-09T06:00:00.000Z')).toBeLessThanOrEqual(40);
  });

  test('a database two hours ahead: late, but not lost, and one step', async () => {
    const one = await world.begin('ahead', { ahead: 7_200_000 });
    await one.says(wake());
    await one.until('2026-08-09T09:05:00.000Z');
    expect(mailbox(one.kept)).toEqual(['prompt to 1', 'reminder to 1']);
    expect(stepsSince(one.kept, '2026-08-09T00:00:00.000Z')).toBe(1);
  });
});

describe('when a review ends and the case continues as new', () => {
  async function atSecondLevel(slug: string): Promise<LivingCase> {
    const one = await world.begin(slug);
    await one.says(wake());
    await one.says(answers);
    await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
    return one;
  }

  test('rows that wait behind the last verdict are taken first', async () => {
    const one = await atSecondLevel('queue');
    const last = await one.appends(verdict(one.kept, { level: 'l2', by: 'ben' }));
    const behind = [await one.appends({ is: 'new_link' }), await one.appends(answers), await one.appends(wake())];
    await one.nudge(last);
    const shown = await one.shown();
    expect([last, ...behind].map(({ outcome }) => outcome?.result)).toEqual([
      'accepted',
      'accepted',
      'late',
      'refused',
    ]);
    expect(shown).toMatchObject({ state: 'asleep', outcome: 'approved' });
  });

  test('a nudge that comes during the last step is heard', async () => {
    const one = await atSecondLevel('during');
    let during: Promise<unknown> = Promise.resolve();
    one.kept.after = async () => {
      one.kept.after = () => Promise.resolve();
      // The step has read what waits; this row is in none of its results, only in the nudge.
      setTimeout(() => {
        during = one.says({ is: 'new_link' });
      }, 0);
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
    expect(await during).toMatchObject({ result: 'accepted' });
    expect(mailbox(one.kept).filter((email) => email === 'link to 1')).toHaveLength(1);
  });

  test('everybody who speaks while reviews end is heard once', async () => {
    const one = await atSecondLevel('crowd');
    const said = await Promise.all([
      one.says(verdict(one.kept, { level: 'l2', by: 'ben' })),
      ...Array.from({ length: 20 }, () => one.says({ is: 'new_link' })),
    ]);
    expect(said.every(({ result }) => result === 'accepted')).toBe(true);
    expect(mailbox(one.kept).filter((email) => email === 'link to 1')).toHaveLength(20);
    expect(one.kept.rows.every(({ outcome }) => outcome !== null)).toBe(true);
  });
});
