import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleCopy } from '../replay/bundles.js';
import { answers, results, verdict, wake } from '../support/wishes.js';
import { eventually } from '../support/case-world.js';
import { before, CHANGE, changed, IN_TASK } from './change.js';
import { startOpenCases, type OpenCase, type OpenCases } from './open-cases.js';
import { runsOf, type Run } from './runs.js';

let world: OpenCases;
beforeAll(async () => {
  world = await startOpenCases();
}, 60_000);
afterAll(() => world.stop());

/** How far the cases are when the new version comes; a fifth of them each. */
const STAGES = ['asleep', 'owner', 'l1', 'l2', 'clarification'] as const;
/** Long enough for one worker to stop and another to start. */
const CHANGING_MS = 5_000;
/** Longer than the pause of a workflow after a step that wrote nothing. */
const PAUSE_MS = 1_500;
const everyone = (all: readonly OpenCase[], act: (one: OpenCase) => Promise<void>) => Promise.all(all.map(act));
const stateOf = ({ kept }: OpenCase) => kept.record.review?.state ?? 'asleep';

/** What the person says whose turn it is. */
async function next(one: OpenCase): Promise<void> {
  const { kept } = one;
  switch (stateOf(one)) {
    case 'asleep':
      return one.hears(wake());
    case 'owner':
    case 'clarification':
      return one.hears(answers);
    case 'l1':
      return one.hears(verdict(kept, { level: 'l1', by: 'ada' }));
    case 'l2':
      return one.hears(verdict(kept, { level: 'l2', by: 'ben' }));
    default:
  }
}

/** Brings a hundred cases to their stages. */
async function fill(): Promise<readonly OpenCase[]> {
  const all = await Promise.all(Array.from({ length: 100 }, (_, nth) => world.begin(`product-${nth}`)));
  const stage = (one: OpenCase) => STAGES[all.indexOf(one) % STAGES.length] ?? 'asleep';
  for (let round = 1; round < STAGES.length; round += 1) {
    await everyone(all, async (one) => {
      if (stateOf(one) === stage(one)) return;
      if (stateOf(one) === 'l2') await one.hears(verdict(one.kept, { level: 'l2', by: 'ben', word: 'clarify' }));
      else await next(one);
    });
    await world.allHeard();
  }
  expect(all.map(stateOf)).toEqual(all.map(stage));
  return all;
}

/** When an entry is due that a case has now. */
function dueOf({ kept }: OpenCase, what: 'reminder' | 'deadline'): string {
  const entry = kept.record.agenda.find((one) => one.what === what);
  if (entry === undefined) throw new Error(`there is no ${what} for ${kept.record.id}`);
  return entry.due;
}

const until = (what: string, holds: () => boolean) => eventually(what, async () => (holds() ? true : null));

test('a hundred open cases of the old version end under the new one', async () => {
  const changedCode = await bundleCopy({ edits: changed });
  const stopOld = await world.deploy(await bundleCopy({ edits: before }));
  const all = await fill();
  // Owners who say nothing: a timer of the old version is armed for their first reminder.
  const silent = all.filter((one, nth) => stateOf(one) === 'owner' && nth % 2 === 0);
  const others = all.filter((one) => !silent.includes(one));
  expect([silent.length, others.length]).toEqual([10, 90]);
  await everyone(silent, (one) => one.jumps(dueOf(one, 'reminder'), CHANGING_MS));
  await stopOld();

  // People go on while nobody works.
  await everyone(others, next);
  const stopNew = await world.deploy(changedCode);
  await world.allHeard();
  for (let round = 1; round <= 4; round += 1) {
    await everyone(others, next);
    await world.allHeard();
  }
  await until('reminders', () => silent.every(({ kept }) => kept.emails.some(({ kind }) => kind === 'reminder')));
  await everyone(silent, (one) => one.jumps(dueOf(one, 'deadline'), PAUSE_MS));
  await until('silence to be acted on', () => silent.every((one) => stateOf(one) === 'l1'));
  for (let round = 1; round <= 2; round += 1) {
    await everyone(silent, next);
    await world.allHeard();
  }
  expect(all.map(({ kept }) => results(kept))).toEqual(all.map(() => ['approved']));

  const runs = await eventually('every case to sleep in its next run', async () => {
    const found = await runsOf(world.temporal, all);
    return found.every((ofCase) => ofCase.length === 2 && ofCase.at(-1)?.waits === true) ? found : null;
  });
  await stopNew();
  const old: Run = { waits: false, changes: [], looks: 0, failedTasks: 0 };
  expect(runs).toEqual(all.map(() => [old, { waits: true, changes: [IN_TASK, CHANGE], looks: 1, failedTasks: 0 }]));
}, 120_000);
