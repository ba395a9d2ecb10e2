import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { progress } from '../../workflows/contract.js';
import { startCaseWorld, type CaseWorld } from '../support/case-world.js';
import { devServer } from '../support/temporal.js';
import { answers, mailbox, wake } from '../support/wishes.js';

// On a real server, in real time: the one that skips time loses a timer that fires while it is being cancelled.
let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld(devServer);
}, 60_000);
afterAll(() => world.stop());

const AROUND = [-40, -20, -10, -5, -2, 0, 2, 5, 10, 20];

/** Cases with something due in one instant, in each of which the owner's answers and their nudge come around it. */
async function raced(name: string, at: string) {
  return Promise.all(
    AROUND.map(async (offset, index) => {
      const one = await world.begin(`${name}-${index}`);
      await one.says(wake());
      const due = one.until(at);
      while (Date.parse(await one.now()) < Date.parse(at) - 500) await new Promise((go) => setTimeout(go, 20));
      const left = Date.parse(at) - Date.parse(await one.now()) + offset;
      await new Promise((go) => setTimeout(go, left));
      const outcome = await one.says(answers);
      await due;
      return { outcome, shown: await one.shown(), kept: one.kept };
    }),
  );
}

test('answers that come in the instant of a reminder are taken once, and nobody is reminded after them', async () => {
  for (const { outcome, shown, kept } of await raced('reminder', '2026-08-09T09:00:00.000Z')) {
    expect(outcome).toMatchObject({ result: 'accepted' });
    expect(shown).toMatchObject({ state: 'l1', waitingOn: 'l1' });
    const [prompt, ...rest] = mailbox(kept);
    expect(prompt).toBe('prompt to 1');
    expect(rest.filter((email) => email !== 'reminder to 1')).toEqual(['receipt to 1', 'receipt to 2']);
    expect(rest.indexOf('reminder to 1')).toBeLessThanOrEqual(0);
  }
});

test('answers that come in the instant of the deadline count: in place of the old ones, or instead of them', async () => {
  for (const { outcome, shown, kept } of await raced('deadline', '2026-09-09T12:00:00.000Z')) {
    expect(outcome).toMatchObject({ result: 'accepted' });
    expect(shown).toMatchObject({ state: 'l1', waitingOn: 'l1' });
    expect([['owner'], ['machine', 'owner']]).toContainEqual(kept.filed);
  }
});

test('whoever asks a workflow hears whose turn it is, until when and what then', async () => {
  const one = await world.begin('asked');
  await one.says(wake({ campaign: null }));
  const handle = world.temporal.env.client.workflow.getHandle(one.id);
  expect(await handle.query(progress)).toMatchObject({
    state: 'owner',
    waitingOn: 'owner',
    next: { what: 'reminder', due: '2026-08-09T09:00:00.000Z', nth: 1, of: 4 },
  });
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toBe(
    ['**owner** · review 2026-CASE1', 'Waits on **owner**', 'Next: reminder 1 of 4, 2026-08-09 09:00 UTC'].join('\n\n'),
  );
});
