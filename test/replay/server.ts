import { Client, Connection } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';

/** The histories of the newest runs of workflows on a server, by names that may be files. Reads only. */
export async function historiesOf(address: string, ids: readonly string[]): Promise<ReadonlyMap<string, History>> {
  return withClient(address, async (client) => {
    const found = new Map<string, History>();
    for (const id of ids) found.set(id.replaceAll('/', '-'), await client.workflow.getHandle(id).fetchHistory());
    return found;
  });
}

/** The ids of all workflows that run there. */
export async function runningOn(address: string): Promise<readonly string[]> {
  return withClient(address, async (client) => {
    const ids = [];
    for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
      ids.push(workflowId);
    return ids;
  });
}

async function withClient<Found>(address: string, work: (client: Client) => Promise<Found>): Promise<Found> {
  const connection = await Connection.connect({ address });
  return work(new Client({ connection })).finally(() => connection.close());
}
