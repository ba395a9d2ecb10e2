import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { completeAnswers } from '../../dev/complete-answers.js';
import { nominationCase } from '../../domain/nomination.js';
import { beginNomination } from '../../prisma/begin-nomination.js';
import { nudge, progress } from '../../workflows/contract.js';
import { writeChoices } from '../../prisma/policies.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { AT_ONCE } from '../support/at-once.js';
import { eventually } from '../support/case-world.js';
import { textsOf } from '../support/history.js';
import { listProduct } from '../support/listed-product.js';
import { addOne } from '../support/staff-visit.js';
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

const verdict = (level: 'l1' | 'l2', by: string, word = 'meets', answersVersion = 1) => ({
  kind: 'verdict',
  role: level,
  actor: by,
  body: {
    level,
    by,
    answersVersion,
    sections: [{ section: '1', verdict: word, publicReason: 'Invented.', internalReason: '' }],
    days: null,
    secondRoundReason: null,
  },
});

const claim = (level: 'l1' | 'l2', by: string) => ({ kind: 'claim', role: level, actor: by, body: { by, level } });

const answers = {
  kind: 'answers',
  role: 'owner',
  body: {
    answers: { pii_level: 'none' },
    forReviewers: {},
    confirmed: [],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  },
} as const;

const wake = {
  kind: 'wake',
  role: 'campaign',
  body: { campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' },
} as const;

/** The second level asks an expert of one section. */
const consult = (expert: string) => {
  const questions = [{ section: '1', question: 'Does it help?', experts: [expert] }];
  return { kind: 'consult', role: 'l2', body: { level: 'l2', by: 'ben', answersVersion: 1, questions } } as const;
};

/** The expert accepts, and answers. */
async function advise(caseId: string, expert: string): Promise<void> {
  const by = { role: 'expert', actor: expert } as const;
  const about = { by: expert, number: 1, section: '1' };
  await say(caseId, { kind: 'expert_accept', ...by, body: about });
  await say(caseId, { kind: 'advice', ...by, body: { ...about, word: 'meets', text: 'It does.' } });
}

/** The mail server took the first email of a turn. */
async function taken(caseId: string, turn: number, takenAt: string): Promise<void> {
  const queued = { caseId, state: 'queued' };
  await workers.home.database.email.updateMany({ where: queued, data: { state: 'sent' } });
  await say(caseId, { kind: 'email_taken', role: 'mail', body: { turn, takenAt } });
}

/** Waits for an email of a kind. */
const comes = (caseId: string, kind: string) =>
  eventually(kind, () => workers.home.database.email.findFirst({ where: { caseId, kind } }));

/** A listed product whose case sleeps; its workflow, and the run that is about to be measured. */
async function asleep(slug: string) {
  const caseId = await listProduct(workers.home.database, slug);
  const handle = workers.temporal.env.client.workflow.getHandle(caseId);
  const { runId } = await eventually('a workflow', () => handle.describe().catch(() => null));
  /** Moves the clock on; the nudge arms the timer by it. */
  const setClock = async (at: string) => {
    await workers.home.setClock(at);
    await handle.signal(nudge, { id: 0, kind: 'overdue' });
  };
  return { caseId, runId, setClock };
}

/** A run that has ended because its review has: how large its history is. */
async function sizeOf({ caseId, runId }: { readonly caseId: string; readonly runId: string }) {
  const measured = workers.temporal.env.client.workflow.getHandle(caseId, runId);
  const { raw, status } = await eventually('the end of the run', async () => {
    const described = await measured.describe();
    return described.status.name === 'RUNNING' ? null : described;
  });
  expect(status.name).toBe('CONTINUED_AS_NEW');
  const { historyLength, historySizeBytes } = raw.workflowExecutionInfo ?? {};
  return { measured, events: Number(historyLength), bytes: Number(historySizeBytes) };
}

/** What operators see while experts are asked: that, until when, and nobody's name. */
async function expectExpertsAreShown(handle: WorkflowHandle, reference: string): Promise<void> {
  const described = await eventually('its attributes', async () => {
    const now = await handle.describe();
    return now.searchAttributes['DpgWaitingOn']?.[0] === 'expert' ? now : null;
  });
  expect(described.searchAttributes).toMatchObject({
    DpgState: ['consultation'],
    DpgKind: ['nomination'],
    DpgWaitingOn: ['expert'],
    DpgDueAt: [new Date('2026-07-14T12:00:00.000Z')],
  });
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toBe(
    [`**consultation** · review ${reference}`, 'Waits on **expert**', 'Next: expert, 2026-07-14 12:00 UTC'].join(
      '\n\n',
    ),
  );
  const seen = [described.raw, currentDetails, await handle.query(progress), await handle.fetchHistory()];
  for (const text of textsOf(seen))
    expect(text).not.toMatch(/^(eve|ada|ben)$|"(eve|ada|ben)"|eve@|amina|does it help/iu);
}

test('from waking to sleep a case takes at most 80 events and 16 KiB: prompt, reminder, answers, two verdicts', async () => {
  const { database } = workers.home;
  const { caseId, runId, setClock } = await asleep('measured');
  await say(caseId, wake);
  await taken(caseId, 1, START);
  // 30 days before the deadline, which is 60 days after the prompt.
  await setClock('2026-08-09T08:59:59.000Z');
  await comes(caseId, 'reminder');
  await say(caseId, answers);
  await say(caseId, verdict('l1', 'ada'));
  await say(caseId, verdict('l2', 'ben'));
  const emails = await database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
  expect(emails.map(({ kind }) => kind)).toEqual(['prompt', 'reminder', 'receipt', 'receipt', 'decision']);

  const { measured, events, bytes } = await sizeOf({ caseId, runId });
  expect(events).toBeGreaterThan(30);
  expect(events).toBeLessThanOrEqual(80);
  expect(bytes).toBeLessThanOrEqual(16 * 1024);

  // What people said stays in the records, and the run replays.
  const history = await measured.fetchHistory();
  const text = textsOf(history).join('\n');
  expect(text).toContain('takeSubmission');
  expect(text).not.toMatch(/amina|bao|"ada"|"ben"|somebody/iu);
  await Worker.runReplayHistory({ workflowBundle: { codePath: bundlePath() } }, history, caseId);
}, 60_000);

test('with a clarification and its reminder, and reviewers who take their cases, it takes at most 120 events', async () => {
  await workers.home.setClock(START);
  const { caseId, runId } = await asleep('clarified');
  await say(caseId, wake);
  // The clock leaps before a row, whose step arms the timer by it: no nudge is needed that a real case would not get.
  await workers.home.setClock('2026-08-09T08:59:58.000Z');
  await taken(caseId, 1, START);
  await comes(caseId, 'reminder');
  await say(caseId, answers);
  await say(caseId, claim('l1', 'ada'));
  await say(caseId, verdict('l1', 'ada'));
  await say(caseId, claim('l2', 'ben'));
  await say(caseId, verdict('l2', 'ben', 'clarify'));
  // A reminder a week.
  await workers.home.setClock('2026-08-16T08:59:58.000Z');
  await taken(caseId, 2, '2026-08-09T09:00:00.000Z');
  await comes(caseId, 'clarification_reminder');
  await say(caseId, answers);
  await say(caseId, verdict('l2', 'ben', 'meets', 2));
  const { events, bytes } = await sizeOf({ caseId, runId });
  expect(events).toBeGreaterThan(60);
  expect(events).toBeLessThanOrEqual(120);
  expect(bytes).toBeLessThanOrEqual(28 * 1024);
}, 60_000);

test('with clarification and its reminder, consultation, holds and claims a review takes at most 160 events', async () => {
  const { database } = workers.home;
  await addOne(database, 'dora', 'expert');
  await writeChoices(database, {});
  /** Case time is an instant, and a day of it takes a minute: a hold of ten minutes is over at once. */
  const leap = async (caseAt: string) => {
    await database.clockSegment.create({ data: { realAt: new Date(Date.now() - 1), caseAt, dayMs: 60_000 } });
  };
  await leap(START);
  const { caseId, runId } = await asleep('consulted');
  const handle = workers.temporal.env.client.workflow.getHandle(caseId);
  const comesTo = (state: string) =>
    eventually(state, async () => ((await handle.query(progress)).state === state ? true : null));
  await say(caseId, wake);
  await taken(caseId, 1, START);
  await say(caseId, answers);
  await say(caseId, claim('l1', 'ada'));
  await say(caseId, verdict('l1', 'ada'));
  await comesTo('l2');
  await say(caseId, claim('l2', 'ben'));
  await say(caseId, consult('dora'));
  await advise(caseId, 'dora');
  await say(caseId, verdict('l2', 'ben', 'clarify'));
  await comesTo('clarification');
  await leap('2026-07-17T08:30:00.000Z');
  await taken(caseId, 2, '2026-07-10T09:00:00.000Z');
  await comes(caseId, 'clarification_reminder');
  await say(caseId, answers);
  await say(caseId, verdict('l2', 'ben', 'meets', 2));
  const { events } = await sizeOf({ caseId, runId });
  expect(events).toBeGreaterThan(100);
  expect(events).toBeLessThanOrEqual(160);
}, 60_000);

test('a nomination with clarification and consultation takes at most 130 events from its beginning to its end', async () => {
  const { database } = workers.home;
  await writeChoices(database, AT_ONCE);
  await workers.home.setClock(START);
  await addOne(database, 'eve', 'expert');
  const start = {
    product: 'Tide Table',
    website: 'https://tide.example.org',
    name: 'Amina',
    address: 'a@tide.example',
  };
  await database.nominationStart.create({ data: { id: 'tide', ...start, createdAt: new Date() } });
  const { reference } = await beginNomination(database, { id: 'tide' });
  const caseId = nominationCase(reference);
  const handle = workers.temporal.env.client.workflow.getHandle(caseId);
  const { runId } = await eventually('a workflow', () => handle.describe().catch(() => null));
  await eventually('a draft', () => database.application.findFirst({ where: { caseId } }));
  const owner = await database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const actor = String(owner.id);
  const complete = { ...answers, actor, body: { ...answers.body, answers: completeAnswers } };
  await say(caseId, complete);
  await say(caseId, claim('l1', 'ada'));
  await say(caseId, verdict('l1', 'ada'));
  await say(caseId, claim('l2', 'ben'));
  await say(caseId, consult('eve'));
  await expectExpertsAreShown(handle, reference);
  await advise(caseId, 'eve');
  await say(caseId, verdict('l2', 'ben', 'clarify'));
  await workers.home.setClock('2026-07-17T08:59:58.000Z');
  await taken(caseId, 2, '2026-07-10T09:00:00.000Z');
  await comes(caseId, 'clarification_reminder');
  await say(caseId, complete);
  await say(caseId, verdict('l2', 'ben', 'meets', 2));
  const { events } = await sizeOf({ caseId, runId });
  expect(events).toBeGreaterThan(60);
  expect(events).toBeLessThanOrEqual(130);
}, 60_000);
