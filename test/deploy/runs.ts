import type { History } from '@temporalio/common/lib/proto-utils.js';
import { valueOf } from '../replay/commands.js';
import { stepsOf } from '../support/history.js';
import type { TestTemporal } from '../support/temporal.js';
import type { OpenCase } from './open-cases.js';

/** What the history of a run tells of the version that began it. */
export interface Run {
  /** It has not ended, and its last task is done. */
  readonly waits: boolean;
  /** The changes by `patched` that it knows of. */
  readonly changes: readonly unknown[];
  /** Steps that were looks. */
  readonly looks: number;
  readonly failedTasks: number;
}

/** All runs of each case, first to last. */
export function runsOf({ env }: TestTemporal, cases: readonly OpenCase[]): Promise<readonly (readonly Run[])[]> {
  return Promise.all(
    cases.map(async ({ id }) => {
      const runs: Run[] = [];
      const { raw } = await env.client.workflow.getHandle(id).describe();
      let runId: string | undefined = raw.workflowExecutionInfo?.firstRunId ?? undefined;
      while (runId !== undefined && runId !== '') {
        const history: History = await env.client.workflow.getHandle(id, runId).fetchHistory();
        runs.push(runOf(history));
        const last = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
        runId = last?.newExecutionRunId ?? undefined;
      }
      return runs;
    }),
  );
}

function runOf({ events }: History): Run {
  const all = events ?? [];
  const last = all.at(-1);
  return {
    waits: Boolean(last?.timerStartedEventAttributes ?? last?.workflowTaskCompletedEventAttributes),
    changes: all.flatMap(({ markerRecordedEventAttributes: marker }) => {
      const data = marker?.markerName === 'core_patch' ? marker.details?.['patch-data']?.payloads?.[0] : undefined;
      return data === undefined ? [] : [(valueOf(data) as { id?: unknown }).id];
    }),
    looks: stepsOf(all).filter(({ summary }) => summary === 'look').length,
    failedTasks: all.filter(({ workflowTaskFailedEventAttributes: failed }) => Boolean(failed)).length,
  };
}
