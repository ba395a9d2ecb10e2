import { beforeAll, describe, expect, test } from '@jest/globals';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { createStepActivities } from '../../activities/index.js';
import { table } from '../../domain/table.js';
import * as workflows from '../../workflows/index.js';
import { bundlePath } from '../support/run.js';
import { quietTemporal } from '../support/temporal.js';
import { commandsOf } from './commands.js';
import { added, removed, renamed, replaced, type Doctored } from './doctor.js';
import { readKept } from './kept.js';
import { playEveryState, type Histories } from './scenarios.js';

const kept = readKept();
/** Those of today's workflows; others are of earlier releases. */
const current = kept.flatMap(({ name, commands }) => (commands === null ? [] : [[name, commands] as const]));
let played: Histories;
beforeAll(async () => {
  played = await playEveryState();
}, 120_000);

/** Whether the commands of a recorded history have a text in them. */
const shows = (text: string) => current.some(([, commands]) => commands.includes(text));

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
  test('is there for all that is played', () => {
    expect(current.map(([name]) => name).sort()).toEqual([...played.keys()].sort());
  });

  test('is there for every state that a row of the table leads to', () => {
    const states = new Set(table.flatMap(({ next }) => (next === 'same' ? [] : [next])));
    expect([...states].filter((state) => !shows(`DpgState="${state}"`) && !shows(`DpgOutcome="${state}"`))).toEqual([]);
  });

  test('is there for every workflow and every activity', () => {
    const types = kept.map(({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType);
    expect([...new Set(types.map((type) => type?.name))].sort()).toEqual(Object.keys(workflows).sort());
    const steps = createStepActivities(() => Promise.reject(new Error('never called')));
    expect(
      [...Object.keys(steps), 'handOverEmails', 'nudgeCases'].filter((name) => !shows(`activity ${name} `)),
    ).toEqual([]);
  });

  test('is gone through by the workflows of today', async () => {
    const verdicts = [];
    for (const { name, history } of kept) verdicts.push([name, await replay(history)]);
    expect(verdicts).toEqual(kept.map(({ name }) => [name, null]));
  });

  test.each<[string, string, Doctored]>([
    ['owner-reminded', 'another activity was called', renamed],
    ['owner-reminded', 'a timer was started instead of an activity', replaced],
    ['owner-reminded', 'attributes were not shown', removed],
    ['owner-reminded', 'one more timer was started', added],
    ['campaign-followed', 'another activity was called', renamed],
    ['outbox', 'another activity was called', renamed],
    ['inbox', 'a timer was started instead of an activity', replaced],
  ])('of %s in which %s is caught', async (name, _, doctored) => {
    const found = kept.find((one) => one.name === name);
    if (found === undefined) throw new Error('the history is missing');
    expect(await replay(doctored(found.history))).toBe('DeterminismViolationError');
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
