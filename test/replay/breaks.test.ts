import { describe, expect, test } from '@jest/globals';
import { changed, changedForAll } from '../deploy/change.js';
import { bundleCopy, type Edit } from './bundles.js';
import { readKept, type Kept } from './kept.js';
import { replayAll } from './replaying.js';

const kept = readKept();
/** A few short ones are enough to see a break. */
const few = kept.filter(({ name }) =>
  ['inbox', 'owner-reminded', 'owner-reminded-in-task', 'privacy-approved', 'campaign-closed'].includes(name),
);

interface Verdict {
  /** Histories that the workflows do not go through. */
  readonly broken: readonly string[];
  /** Histories through which they ask something else than they did. */
  readonly differing: readonly string[];
}

/** What the gate says of today's workflows with some edits. */
async function gate(edits: readonly Edit[], histories: readonly Kept[] = few): Promise<Verdict> {
  const replayed = await replayAll(histories, await bundleCopy({ edits, recorded: true }));
  const names = (fails: (one: Kept) => boolean) => histories.filter(fails).map(({ name }) => name);
  return {
    broken: names(({ name }) => replayed.get(name)?.problem === 'DeterminismViolationError'),
    differing: names(({ name, commands }) => replayed.get(name)?.commands !== commands),
  };
}

const STEP = '    state = await run(input.caseId, { call, state, knowsInTask });\n';
const SHOW = '    shown = show(shown, state);\n';

describe('replay catches', () => {
  test.each<[string, readonly Edit[]]>([
    ['steps in another order', [{ file: 'case.ts', instead: STEP + SHOW, put: SHOW + STEP }]],
    [
      'another activity for a kind of row',
      [{ file: 'next-step.ts', instead: "wake: 'openReview'", put: "wake: 'escalate'" }],
    ],
    ['one step more for every run', changedForAll],
  ])('%s', async (_, edits) => {
    expect((await gate(edits)).broken).not.toEqual([]);
  });
});

describe('the lists catch what replay does not see:', () => {
  test.each<[string, Edit]>([
    ['a changed argument', { file: 'next-step.ts', instead: 'armedFor: next.id', put: 'armedFor: null' }],
    [
      'a timer a minute late',
      {
        file: 'timer.ts',
        instead: 'realTime(clock, due) - Date.now()',
        put: 'realTime(clock, due) - Date.now() + 60_000',
      },
    ],
    ['a longer pause between tries', { file: 'policies.ts', instead: "'10 seconds'", put: "'20 seconds'" }],
    ['a longer limit of a step', { file: 'policies.ts', instead: "'30 seconds'", put: "'40 seconds'" }],
    ['a longer limit of a step in a task', { file: 'contract.ts', instead: '4_000', put: '8_000' }],
    ['a beat that is waited for longer', { file: 'policies.ts', instead: "'6 seconds'", put: "'25 seconds'" }],
    ['an attribute that is not shown', { file: 'contract.ts', instead: 'value: state.waitingOn', put: 'value: null' }],
  ])('%s', async (_, edit) => {
    const { broken, differing } = await gate([edit]);
    expect(broken).toEqual([]);
    expect(differing).not.toEqual([]);
  });
});

test('a change behind `patched` passes: what began before goes on as it was', async () => {
  expect(await gate(changed, kept)).toEqual({ broken: [], differing: [] });
});
