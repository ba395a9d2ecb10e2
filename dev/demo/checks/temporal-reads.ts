import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

/** One run of a workflow, with its whole history. */
export interface Run {
  readonly workflowId: string;
  readonly type: string;
  /** RUNNING, COMPLETED, CONTINUED_AS_NEW, ... */
  readonly status: string;
  readonly events: readonly proto.temporal.api.history.v1.IHistoryEvent[];
}

/** What is asked of Temporal. */
export interface TemporalReads {
  /** How many executions a query of its lists matches. */
  readonly count: (query: string) => Promise<number>;
  /** Every run that it keeps, one after the other. */
  readonly runs: () => AsyncIterable<Run>;
}

/** Reads Temporal by its client. */
export function temporalReads(client: Pick<Client, 'workflow'>): TemporalReads {
  return {
    count: async (query) => (await client.workflow.count(query)).count,
    runs: () => readRuns(client),
  };
}

async function* readRuns(client: Pick<Client, 'workflow'>): AsyncIterable<Run> {
  for await (const { workflowId, runId, type, status } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    yield { workflowId, type, status: status.name, events: history.events ?? [] };
  }
}

/** Events as Temporal stores and sends them: everything in them, payloads and headers too, stands there in plain bytes. */
export function bytesOf(events: readonly proto.temporal.api.history.v1.IHistoryEvent[]): Uint8Array {
  return proto.temporal.api.history.v1.History.encode({ events: [...events] }).finish();
}
