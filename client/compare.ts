import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { StepResult } from '../domain/step-result.js';
import type { RecordedCase } from '../prisma/read-recorded.js';
import { attributes, attributesOf, FOREVER, IN_TASK_MS, LINKS } from '../workflows/contract.js';
import { RUNNING_CASES } from './cases.js';

/** How a case's record and its workflow do not fit together. */
export interface Disagreement {
  /** The id of the workflow: of a case, or of what lives for ever. */
  readonly caseId: string;
  /**
   * `no_workflow`: the record lives, and no workflow waits for it. `no_record`: a workflow of a case that the records
   * do not know. `over`: the record has ended, and its workflow goes on. `differs`: the workflow shows something else
   * than the record says. `tasks_fail`: workflow code fails at it. `step_fails`: a step fails again and again.
   */
  readonly what: 'no_workflow' | 'no_record' | 'over' | 'differs' | 'tasks_fail' | 'step_fails';
  /** Of `differs`: each attribute as the workflow shows it and as the record has it. */
  readonly values: readonly { readonly name: string; readonly shown: string; readonly recorded: string }[];
}

/** What is compared. */
export interface Compared {
  readonly client: Client;
  readonly records: {
    readonly cases: () => Promise<readonly RecordedCase[]>;
    /** The state of a case as it now is; null: there is no such case. */
    readonly look: (caseId: string) => Promise<StepResult | null>;
  };
}

/** A step that is under way, or a list that lags, is no disagreement: what is one, still is after these pauses. */
const LOOKS = [0, 1_000, 2_000];
const AT_ONCE = 8;
/** Steps are tried again for ever: so often in vain is no accident. */
const MANY_ATTEMPTS = 5;

/**
 * Compares the records with Temporal, changing nothing. What seems to differ by Temporal's lists, which lag, is looked
 * at one by one, and is named only if it differs for seconds. Throws if Temporal does not answer.
 */
export async function compare({ client, records }: Compared): Promise<readonly Disagreement[]> {
  let suspects = await suspectsOf({ client, records });
  let found: readonly Disagreement[] = [];
  for (const milliseconds of LOOKS) {
    if (suspects.length === 0) return [];
    await pause(milliseconds);
    found = await lookAtAll(suspects, { client, records });
    suspects = found.map(({ caseId }) => caseId);
  }
  return found;
}

/** Ids of cases that may disagree, and of what is to live for ever. */
async function suspectsOf({ client, records }: Compared): Promise<readonly string[]> {
  const listed = new Map<string, string>();
  for await (const { workflowId, typedSearchAttributes: shown } of client.workflow.list({ query: RUNNING_CASES })) {
    const due = shown.get(attributes.dueAt)?.toISOString() ?? null;
    listed.set(workflowId, brief(shown.get(attributes.state), due, shown.get(attributes.attention) ?? []));
  }
  const cases = await records.cases();
  const recorded = new Set(cases.map(({ caseId }) => caseId));
  const differing = cases.filter(({ caseId, ended, waits, state, dueAt, attention }) => {
    const shown = listed.get(caseId);
    return ended ? shown !== undefined : waits || shown !== brief(state, dueAt, attention);
  });
  const unrecorded = [...listed.keys()].filter((caseId) => !recorded.has(caseId));
  return [...new Set([...FOREVER, LINKS, ...differing.map(({ caseId }) => caseId), ...unrecorded])];
}

function brief(state: string | undefined, due: string | null, attention: readonly string[]): string {
  return JSON.stringify([state, due, [...attention].sort()]);
}

/** The disagreements among some ids, as they are at this moment. */
export async function lookAtAll(ids: readonly string[], compared: Compared): Promise<readonly Disagreement[]> {
  const rest = [...ids];
  const found: Disagreement[] = [];
  const work = async () => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      const one = await lookAt(id, compared);
      if (one !== null) found.push(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.sort((one, other) => (one.caseId < other.caseId ? -1 : 1));
}

async function lookAt(caseId: string, { client, records }: Compared): Promise<Disagreement | null> {
  const named = (what: Disagreement['what']): Disagreement => ({ caseId, what, values: [] });
  const shown = await describe(client, caseId);
  // Links are looked at only where an installation wants it: without a workflow for it nothing is wrong.
  if (caseId === LINKS && shown === null) return null;
  if (isForever(caseId)) return shown === null ? named('no_workflow') : failing(shown) ? named('tasks_fail') : null;
  const state = await records.look(caseId);
  if (shown === null) return state === null || state.ended ? null : named('no_workflow');
  if (state === null) return named('no_record');
  if (failing(shown)) return named('tasks_fail');
  const attempts = (shown.raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0);
  if (attempts.some((attempt) => attempt >= MANY_ATTEMPTS)) return named('step_fails');
  if (state.ended) return named('over');
  const values = valuesThatDiffer(shown, state);
  return values.length === 0 ? null : { caseId, what: 'differs', values };
}

function isForever(id: string): boolean {
  return id === LINKS || FOREVER.some((name) => name === id);
}

/** The running workflow of an id; null: none runs. */
async function describe(client: Client, id: string): Promise<WorkflowExecutionDescription | null> {
  try {
    const shown = await client.workflow.getHandle(id).describe();
    return shown.status.name === 'RUNNING' ? shown : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/**
 * A second attempt may follow one whose worker was killed. One that a worker keeps for longer than any step inside it
 * may take failed there too: workers tell of the first failure only.
 */
function failing({ raw: { pendingWorkflowTask: task } }: WorkflowExecutionDescription): boolean {
  const attempt = task?.attempt ?? 0;
  const started = task?.startedTime ? Number(task.startedTime.seconds) * 1_000 : Infinity;
  return attempt > 2 || (attempt === 2 && Date.now() - started > IN_TASK_MS);
}

function valuesThatDiffer({ typedSearchAttributes }: WorkflowExecutionDescription, state: StepResult) {
  return attributesOf(state).flatMap(({ key, value }) => {
    const shown = inWords(typedSearchAttributes.get(key));
    const recorded = inWords(value);
    return shown === recorded ? [] : [{ name: key.name, shown, recorded }];
  });
}

function inWords(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(String).sort().join(', ') || '-';
  return typeof value === 'string' ? value : '-';
}
