import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { REVIEWS } from '../workflows/contract.js';
import { createCases } from './cases.js';
import { compare, lookAtAll, type Compared, type Disagreement } from './compare.js';

/** What brings a workflow to its record. The records are the truth: nothing of this writes one. */
export type Remedy =
  /** Started from the record. */
  | 'start'
  /** Told to look at the record; started anew from it if that does not help. */
  | 'nudge'
  /** Ended, and started anew from the record. */
  | 'restart'
  /** Ended: there is nothing that it could wait for. */
  | 'terminate'
  /** Nothing that could be done from here. */
  | 'none';

/** What there is to do for one disagreement. */
export interface Task extends Disagreement {
  readonly remedy: Remedy;
}

/** One that was done, with what was done in the end. */
export interface Done extends Task {
  /** The record and its workflow agree now. */
  readonly agrees: boolean;
}

const remedies: Readonly<Record<Disagreement['what'], Remedy>> = {
  no_workflow: 'start',
  no_record: 'terminate',
  over: 'nudge',
  differs: 'nudge',
  tasks_fail: 'restart',
  step_fails: 'none',
};

/**
 * So long a nudged workflow may take to look at its record, in real milliseconds, and a started one to show it: longer
 * than Temporal waits for a worker that is gone.
 */
const PATIENCE = 15_000;
const LOOK_EVERY = 500;

/** What would bring cases and records together. Changes nothing. Throws if Temporal does not answer. */
export async function planReconciliation(compared: Compared): Promise<readonly Task[]> {
  const found = await compare(compared);
  // Sender and relay are started by whatever worker starts; theirs is no record.
  const isCase = ({ caseId }: Disagreement) => caseId.includes('/');
  return found.map((one) => ({ ...one, remedy: isCase(one) ? remedies[one.what] : 'none' }));
}

/**
 * Brings workflows to their records, and says what it did. Safe to run again, and while workers run: what is started
 * twice is started once. Throws if Temporal does not answer.
 */
export async function reconcile(compared: Compared, tasks: readonly Task[]): Promise<readonly Done[]> {
  const nudged = tasks.filter(({ remedy }) => remedy === 'nudge');
  for (const task of tasks) await apply(compared, task);
  const stubborn = await waitFor(compared, nudged);
  const restarted = tasks.map((task) => {
    const again = stubborn.has(task.caseId);
    return again ? ({ ...task, remedy: task.what === 'over' ? 'terminate' : 'restart' } as const) : task;
  });
  for (const task of restarted) if (stubborn.has(task.caseId)) await apply(compared, task);
  const left = await waitFor(
    compared,
    restarted.filter(({ remedy }) => remedy !== 'none'),
  );
  return restarted.map((task) => ({ ...task, agrees: task.remedy !== 'none' && !left.has(task.caseId) }));
}

/**
 * Whether Temporal has workflows of cases, and not one of them belongs to a record that lives: then it is another
 * installation's Temporal, or another one's database.
 */
export async function nothingInCommon({ records }: Compared, tasks: readonly Task[]): Promise<boolean> {
  const strangers = tasks.filter(({ what }) => what === 'no_record').length;
  if (strangers === 0) return false;
  const living = (await records.cases()).filter(({ ended }) => !ended).length;
  const alone = tasks.filter(({ caseId, what }) => what === 'no_workflow' && caseId.includes('/')).length;
  return alone >= living;
}

/** Whether workers take the tasks of workflows: without them nothing that is told to a workflow is heard. */
export async function hasWorkers(client: Client): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: REVIEWS },
    taskQueueType: 1,
  });
  return (pollers ?? []).length > 0;
}

async function apply({ client, records }: Compared, { caseId, remedy }: Task): Promise<void> {
  const cases = createCases(client);
  if (remedy === 'terminate' || remedy === 'restart') await terminate(client, caseId);
  if (remedy === 'nudge') await cases.nudge(caseId, { id: 0, kind: 'reconcile' });
  if (remedy !== 'start' && remedy !== 'restart') return;
  const state = await records.look(caseId);
  if (state !== null && !state.ended) await cases.start(caseId, state);
}

async function terminate(client: Client, caseId: string): Promise<void> {
  try {
    await client.workflow.getHandle(caseId).terminate('perennial reconcile');
  } catch (error) {
    // It ended in between, as was wanted.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Ids of the cases that still disagree when it is time to stop waiting. */
async function waitFor(compared: Compared, tasks: readonly Task[]): Promise<ReadonlySet<string>> {
  const end = Date.now() + PATIENCE;
  let left = tasks.map(({ caseId }) => caseId);
  while (left.length > 0) {
    left = (await lookAtAll(left, compared)).map(({ caseId }) => caseId);
    if (left.length === 0 || Date.now() > end) break;
    await pause(LOOK_EVERY);
  }
  return new Set(left);
}
