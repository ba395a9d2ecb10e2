import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendSubmission } from '../../prisma/append.js';
import { eventually } from '../support/case-world.js';
import { listProduct } from '../support/listed-product.js';
import { wake } from '../support/post.js';
import { startTestWorkers, type TestWorkers } from '../support/workers.js';

let workers: TestWorkers;
beforeAll(async () => {
  workers = await startTestWorkers('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => workers.stop(), 60_000);

test('a listed product gets its workflow, and a row its outcome', async () => {
  const { home, temporal } = workers;
  const caseId = await listProduct(home.database, 'weather');
  const appended = await appendSubmission(home.database, {
    key: 'wake:weather',
    caseId,
    applicationId: null,
    round: null,
    role: 'secretariat',
    actor: 'fatou',
    ...wake,
  });
  if (!('id' in appended)) throw new Error(appended.problem);
  const outcome = await eventually('an outcome', () =>
    home.database.outcome.findUnique({ where: { submissionId: appended.id } }),
  );
  expect(outcome.result).toBe('accepted');
  const { runId } = await temporal.env.client.workflow.getHandle(caseId).describe();
  const lines = await home.database.ledgerEntry.findMany({ where: { why: `row:${appended.id}` } });
  expect(lines.map((line) => [line.what, line.workflowId, line.runId])).toEqual([['opened', caseId, runId]]);
  // Shown by the workflow's next task, a moment after the step.
  await eventually('its attributes', async () => {
    const { searchAttributes } = await temporal.env.client.workflow.getHandle(caseId).describe();
    const shown = { state: searchAttributes['DpgState']?.[0], on: searchAttributes['DpgWaitingOn']?.[0] };
    return shown.state === 'owner' && shown.on === 'mail' ? shown : null;
  });
}, 60_000);
