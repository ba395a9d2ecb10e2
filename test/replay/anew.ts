import { Context } from '@temporalio/activity';
import { Worker } from '@temporalio/worker';
import type { PostActivities } from '../../activities/index.js';
import { startForever } from '../../client/cases.js';
import { FOREVER, LINKS, POST } from '../../workflows/contract.js';
import { eventually, type CaseWorld } from '../support/case-world.js';
import { newContact } from '../support/wishes.js';
import type { Keep } from './scenarios.js';

/** So few events that a workflow continues as new in its third round; in the middle of a round, so that it always does. */
export const SUGGESTS_ANEW_AFTER = 18;

/** What continues as new because its history has grown long: sender, relay, links, and a case that sleeps for years. */
export async function playAnew(world: CaseWorld, keep: Keep): Promise<void> {
  await Promise.all([playPost(world, keep), playSleeper(world, keep)]);
}

async function playPost({ temporal: { env } }: CaseWorld, keep: Keep): Promise<void> {
  const firstRuns = new Map<string, string>();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    identity: 'test',
    taskQueue: POST,
    activities: postActivities(firstRuns),
  });
  await worker.runUntil(async () => {
    await startForever(env.client, [LINKS]);
    for (const id of [...FOREVER, LINKS]) {
      const ended = await eventually(`${id} to continue as new`, async () => {
        const { runId } = await env.client.workflow.getHandle(id).describe();
        const first = firstRuns.get(id);
        return first === undefined || first === runId ? null : first;
      });
      await keep(id, id, ended);
    }
  });
}

/** Sender, relay and links that end at once in the first run of their workflow, and with their worker in the next. */
function postActivities(firstRuns: Map<string, string>): PostActivities {
  const loop = async (): Promise<void> => {
    const { cancelled, info } = Context.current();
    if (info.workflowExecution === undefined) throw new Error('no workflow called this');
    const { workflowId, runId } = info.workflowExecution;
    if (!firstRuns.has(workflowId)) firstRuns.set(workflowId, runId);
    if (firstRuns.get(workflowId) !== runId) await cancelled;
  };
  return { handOverEmails: loop, nudgeCases: loop, checkLinks: loop };
}

async function playSleeper(world: CaseWorld, keep: Keep): Promise<void> {
  const one = await world.begin('old-oak');
  const { runId } = await world.temporal.env.client.workflow.getHandle(one.id).describe();
  for (let nth = 1; nth <= 2; nth += 1) await one.says(newContact);
  await keep('asleep-for-long', one.id, runId);
}
