import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { startCaseWorld, type CaseWorld } from '../support/case-world.js';
import { bundlePath } from '../support/run.js';
import { devServer, quietTemporal } from '../support/temporal.js';
import { commandsOf } from './commands.js';
import { added, removed, renamed, replaced, type Doctored } from './doctor.js';
import { readKept } from './kept.js';
import { playEveryState, type Histories } from './scenarios.js';

const kept = readKept();
/** Those of today's workflows; others are of earlier releases. */
const current = kept.flatMap(({ name, commands }) => (commands === null ? [] : [[name, commands] as const]));
let world: CaseWorld;
let played: Histories;
beforeAll(async () => {
  world = await startCaseWorld(devServer);
  played = await playEveryState(world);
}, 120_000);
afterAll(() => world.stop());

/** What replay says of a history: null, or the name of the error. */
async function replay(history: History): Promise<string | null> {
  quietTemporal();
  const [id] = [history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId];
  const options = { workflowBundle: { codePath: bundlePath() } };
  for await (const { error } of Worker.runReplayHistories(options, [{ workflowId: id ?? 'kept', history }])) {
    return error === undefined ? null : error.name;
  }
  throw new Error('nothing was replayed');
}

describe('a recorded history', () => {
  test('is there for every state', () => {
    expect(current.map(([name]) => name).sort()).toEqual([...played.keys()].sort());
  });

  test('is gone through by the workflows of today', async () => {
    const verdicts = [];
    for (const { name, history } of kept) verdicts.push([name, await replay(history)]);
    expect(verdicts).toEqual(kept.map(({ name }) => [name, null]));
  });

  test.each<[string, Doctored]>([
    ['another activity was called', renamed],
    ['a timer was started instead of an activity', replaced],
    ['attributes were not shown', removed],
    ['one more timer was started', added],
  ])('in which %s is caught', async (_, doctored) => {
    const reminded = kept.find(({ name }) => name === 'owner-reminded');
    if (reminded === undefined) throw new Error('the history is missing');
    expect(await replay(doctored(reminded.history))).toBe('DeterminismViolationError');
  });

  test('holds ids, dates and words only', () => {
    const texts = kept.flatMap(({ history }) => strings(history));
    const builds = (text: string) => text.startsWith('@temporalio/worker@');
    expect(texts.filter((text) => text.includes('@') && !builds(text))).toEqual([]);
    // The reasons of verdicts, and who gave them.
    expect(texts.filter((text) => /because|"ada"|"ben"/iu.test(text))).toEqual([]);
    expect(texts).toContain('recorded');
  });
});

test.each(current)(
  'until %s the workflow asks what it always asked: names, summaries, arguments, limits',
  (name, commands) => {
    const history = played.get(name);
    expect(history === undefined ? 'never played' : commandsOf(history)).toBe(commands);
  },
);

/** Every text in a history, payloads included. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}
