import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Cases } from '../activities/relay.js';
import type { StepResult } from '../domain/step-result.js';
import { FOREVER, nudge, REVIEWS, startAttributes, workflowOf, type CaseInput } from '../workflows/contract.js';

/** Signals and starts the workflows of cases: the only place that does. */
export function createCases(client: Client): Cases {
  return {
    nudge: async (caseId, call) => {
      try {
        await client.workflow.getHandle(caseId).signal(nudge, call);
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    start: (caseId, state) => startCase(client, caseId, state),
    running: () => running(client),
  };
}

async function startCase(client: Client, caseId: string, state: StepResult): Promise<void> {
  const input: CaseInput = { caseId, state };
  await client.workflow.start(workflowOf(caseId), {
    workflowId: caseId,
    taskQueue: REVIEWS,
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes(startAttributes(state)),
    // Started twice is started once; one that was ended by hand while its case lives may start again.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
}

/** Temporal's question for the cases that go on, of whichever kind. */
export const RUNNING_CASES =
  'ExecutionStatus="Running" AND WorkflowType IN ("certification", "nomination", "campaign")';

async function running(client: Client): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: RUNNING_CASES })) ids.add(workflowId);
  return ids;
}

/** Starts `outbox` and `inbox` unless they run, and what else is named. */
export async function startForever(client: Client, others: readonly string[] = []): Promise<void> {
  for (const name of [...FOREVER, ...others]) {
    await client.workflow.start(name, {
      workflowId: name,
      taskQueue: REVIEWS,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  }
}
