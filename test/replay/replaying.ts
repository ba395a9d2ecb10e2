import { Worker, type InjectedSinks } from '@temporalio/worker';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { quietTemporal } from '../support/temporal.js';
import { lineOf } from './commands.js';
import type { RecorderSinks } from './recorder.js';

/** What became of a recorded history in the hands of some workflows. */
export interface Replayed {
  /** Null: they took the same way. Else the name of the error. */
  readonly problem: string | null;
  /** The commands that they gave, a line each; up to the problem if there is one. */
  readonly commands: string;
}

/**
 * Goes through histories with a bundle of workflows that has the recorder in it (see bundles.ts).
 * @returns what became of each, by its name.
 */
export async function replayAll(
  histories: Iterable<{ readonly name: string; readonly history: History }>,
  code: string,
): Promise<ReadonlyMap<string, Replayed>> {
  quietTemporal();
  const lines = new Map<string, string[]>();
  const sinks: InjectedSinks<RecorderSinks> = {
    recorder: {
      commands: {
        fn: ({ workflowId }, commands) => void lines.get(workflowId)?.push(...commands.map(lineOf)),
        callDuringReplay: true,
      },
    },
  };
  const named = [...histories].map(({ name, history }) => ({ workflowId: name, history }));
  for (const { workflowId } of named) lines.set(workflowId, []);
  const found = new Map<string, Replayed>();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { code }, sinks }, named)) {
    const commands = (lines.get(workflowId) ?? []).map((line) => `${line}\n`).join('');
    found.set(workflowId, { problem: error?.name ?? null, commands });
  }
  return found;
}
