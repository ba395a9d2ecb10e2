import { beforeAll, describe, expect, test } from '@jest/globals';
import { createStepActivities } from '../../activities/index.js';
import * as workflows from '../../workflows/index.js';
import { textsOf } from '../support/history.js';
import { bundleCopy } from './bundles.js';
import { readKept } from './kept.js';
import { replayAll, type Replayed } from './replaying.js';
import { waysOf, waysOfTable } from './ways.js';

const kept = readKept();
let today: ReadonlyMap<string, Replayed>;
beforeAll(async () => {
  today = await replayAll(kept, await bundleCopy({ recorded: true }));
}, 120_000);

/** Ways that a row of the table has and no case can take. */
const IMPOSSIBLE = [
  // Only a nomination is removed or abandoned, and nobody wakes it. Only a privacy case yields to an annual review, and
  // it has one level.
  'removed wake owner',
  'abandoned wake owner',
  'l2 wake owner',
  'removed due:open owner',
  'abandoned due:open owner',
  'l2 due:open owner',
  // What was removed unreviewed was never on the list.
  'removed reopen owner',
  // What was approved elsewhere is shown to staff once a decision was made here.
  'decided listing_changed closed_elsewhere',
  'appeal listing_changed closed_elsewhere',
];

describe('a recorded history', () => {
  test('is there for every way from one state into another', () => {
    const taken = new Set(kept.flatMap(({ history }) => waysOf(history)));
    expect(kept.length).toBeGreaterThanOrEqual(50);
    expect(waysOfTable().filter((way) => !taken.has(way))).toEqual(IMPOSSIBLE);
  });

  test('is there for every workflow and every activity', () => {
    const types = kept.map(({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType);
    expect([...new Set(types.map((type) => type?.name))].sort()).toEqual(Object.keys(workflows).sort());
    const steps = createStepActivities(() => Promise.reject(new Error('never called')));
    const lists = kept.map(({ commands }) => commands ?? '').join('');
    const names = [...Object.keys(steps), 'handOverEmails', 'nudgeCases', 'checkLinks'];
    expect(names.filter((name) => !lists.includes(`activity ${name} `))).toEqual([]);
  });

  test('is gone through by the workflows of today', () => {
    const broken = [...today].filter(([, { problem }]) => problem !== null);
    expect(broken).toEqual([]);
    expect([...today.keys()].sort()).toEqual(kept.map(({ name }) => name));
  });

  test('holds ids, dates and words only', () => {
    const texts = kept.flatMap(({ history }) => textsOf(history));
    const builds = (text: string) => text.startsWith('@temporalio/worker@');
    expect(texts.filter((text) => text.includes('@') && !builds(text))).toEqual([]);
    // The reasons of verdicts, and who gave them.
    expect(texts.filter((text) => /because|"ada"|"ben"/iu.test(text))).toEqual([]);
    expect(texts).toContain('recorded');
  });
});

test.each(kept)('through $name the workflow asks what its list says', ({ name, commands }) => {
  expect(today.get(name)?.commands).toBe(commands);
});
