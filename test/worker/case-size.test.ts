import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { nudge } from '../../workflows/contract.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { eventually } from '../support/case-world.js';
import { listProduct } from '../support/listed-product.js';
import { bundlePath } from '../support/run.js';
import { startTestWorkers, type TestWorkers } from '../support/workers.js';

const START = '2026-07-10T08:00:00.000Z';
let workers: TestWorkers;
beforeAll(async () => {
  workers = await startTestWorkers(START);
}, 120_000);
afterAll(() => workers.stop(), 60_000);

let rows = 0;
/** Appends a row and waits for its outcome. */
async function say(caseId: string, some: Pick<NewSubmission, 'kind' | 'role' | 'body'> & Partial<NewSubmission>) {
  const { database } = workers.home;
  const open = await database.application.findFirst({ where: { caseId } });
  rows += 1;
  const about = { applicationId: open?.id ?? null, round: open?.round ?? null, actor: 'somebody' };
  const appended = await appendSubmission(database, { key: `row:${rows}`, caseId, ...about, ...some });
  if (!('id' in appended)) throw new Error(appended.problem);
  const where = { submissionId: appended.id };
  const { result } = await eventually(some.kind, () => database.outcome.findUnique({ where }));
  expect([some.kind, result]).toEqual([some.kind, 'accepted']);
}

const verdict = (level: 'l1' | 'l2', by: string) => ({
  kind: 'verdict',
  role: level,
  actor: by,
  body: {
    level,
    by,
    answersVersion: 1,
    sections: [{ section: '1', verdict: 'meets', publicReason: '', internalReason: '' }],
    days: null,
    secondRoundReason: null,
  },
});

test('from waking to sleep a case takes at most 100 events and 16 KiB: prompt, reminder, answers, two verdicts', async () => {
  const { home, temporal } = workers;
  const { database } = home;
  const caseId = await listProduct(database, 'measured');
  const handle = temporal.env.client.workflow.getHandle(caseId);
  const { runId } = await eventually('a workflow', () => handle.describe().catch(() => null));
  const wake = { campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' };
  await say(caseId, { kind: 'wake', role: 'campaign', body: wake });
  await database.email.updateMany({ where: { caseId }, data: { state: 'sent' } });
  await say(caseId, { kind: 'email_taken', role: 'mail', body: { turn: 1, takenAt: START } });
  // 30 days before the deadline, which is 60 days after the prompt; the nudge arms the timer by the new clock.
  await home.setClock('2026-08-09T08:59:59.000Z');
  await handle.signal(nudge, { id: 0, kind: 'overdue' });
  await eventually('a reminder', () => database.email.findFirst({ where: { caseId, kind: 'reminder' } }));
  const body = {
    answers: { pii_level: 'none' },
    forReviewers: {},
    confirmed: [],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  };
  await say(caseId, { kind: 'answers', role: 'owner', body });
  await say(caseId, verdict('l1', 'ada'));
  await say(caseId, verdict('l2', 'ben'));
  const emails = await database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
  expect(emails.map(({ kind }) => kind)).toEqual(['prompt', 'reminder', 'receipt', 'receipt', 'decision']);

  const measured = temporal.env.client.workflow.getHandle(caseId, runId);
  const { raw, status } = await eventually('the end of the run', async () => {
    const described = await measured.describe();
    return described.status.name === 'RUNNING' ? null : described;
  });
  expect(status.name).toBe('CONTINUED_AS_NEW');
  const events = Number(raw.workflowExecutionInfo?.historyLength);
  const bytes = Number(raw.workflowExecutionInfo?.historySizeBytes);
  expect(events).toBeGreaterThan(30);
  expect(events).toBeLessThanOrEqual(100);
  expect(bytes).toBeLessThanOrEqual(16 * 1024);

  // What people said stays in the records, and the run replays.
  const history = await measured.fetchHistory();
  const text = JSON.stringify(history, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : value,
  );
  expect(text).toContain('takeSubmission');
  expect(text).not.toMatch(/amina|bao|"ada"|"ben"|somebody/iu);
  await Worker.runReplayHistory({ workflowBundle: { codePath: bundlePath() } }, history, caseId);
}, 60_000);
