import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lookForPlanted } from '../../dev/demo/checks/planted.js';
import { lookAtTemporal } from '../../dev/demo/checks/temporal-counts.js';
import { temporalReads, type TemporalReads } from '../../dev/demo/checks/temporal-reads.js';
import { sizeOfReviews } from '../../dev/demo/figures.js';
import { prepareTemporal } from '../../worker/prepare.js';
import { look as lookAtCase } from '../../prisma/step.js';
import { startAttributes } from '../../workflows/contract.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview } from '../support/demo-review.js';
import { webOver } from '../support/owner-visit.js';
import { devServer, type TestTemporal } from '../support/temporal.js';

const NAME = 'Amina Abara-001';
const TOKEN = 'tttttttttttttttttttttttttttttttttttttttttttt';
let home: TestDatabase;
let temporal: TestTemporal;
let reads: TemporalReads;
let folder: string;
let publicUrl: string;
let close: () => void;
/** What every page says besides. */
let aside = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-checks-'));
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await openDemoReview(home, { slug: 'seed-ledger', caught: [] });
  temporal = await devServer({ databaseFile: join(folder, 'temporal.db') });
  await prepareTemporal(temporal.env.connection, 'default');
  reads = temporalReads(temporal.env.client);
  await startCase('dpg/seed-ledger');
  const { app } = webOver(home.database);
  const fetch = async (request: Request) => {
    const answer = await app.fetch(new Request(request.url));
    return new Response(`${await answer.text()}${aside}`, { status: answer.status });
  };
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const bound = server.address();
  publicUrl = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
  close = () => server.close();
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs', 'perennial.log'), '{"what":"started"}\n');
}, 120_000);
afterAll(async () => {
  close();
  await temporal.stop();
  await home.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Starts a workflow of a case that no worker runs: its attributes are those of the record. */
async function startCase(caseId: string, input: object = {}): Promise<void> {
  const state = await lookAtCase(home.database, caseId);
  if (state === null) throw new Error('no such case');
  await temporal.env.client.workflow.start('certification', {
    taskQueue: 'reviews',
    workflowId: caseId,
    args: [{ caseId, state, ...input }],
    typedSearchAttributes: startAttributes(state),
  });
}

describe('counts', () => {
  const counts = () => lookAtTemporal({ database: home.database, temporal: reads });

  test('that agree, and a workflow too few and an attribute that lags, are told apart', async () => {
    for (const id of ['outbox', 'inbox']) {
      await temporal.env.client.workflow.start(id, { taskQueue: 'post', workflowId: id });
    }
    await eventually(async () => (await counts()).problems.length === 0);
    // Certification, state, kind, outbox, inbox.
    expect(await counts()).toMatchObject({ tried: 5, problems: [] });
    await home.database.application.updateMany({ data: { state: 'l1' } });
    expect((await counts()).problems).toEqual([
      'ExecutionStatus = "Running" AND DpgState = "owner": Temporal counts 1, the records 0',
      'ExecutionStatus = "Running" AND DpgState = "l1": Temporal counts 0, the records 1',
    ]);
    await home.database.application.updateMany({ data: { state: 'owner' } });
    await openDemoReview(home, { slug: 'without-workflow', caught: [] });
    expect((await counts()).problems).toContain(
      'ExecutionStatus = "Running" AND WorkflowType = "certification": Temporal counts 1, the records 2',
    );
    await startCase('dpg/without-workflow');
    await eventually(async () => (await counts()).problems.length === 0);
  }, 60_000);
});

describe('planted texts', () => {
  const look = (planted: readonly string[] = [NAME], tokens: readonly string[] = [TOKEN]) =>
    lookForPlanted({
      database: home.database,
      world: { seed: 1, people: [], products: [], planted: [] },
      planted,
      tokens: () => Promise.resolve(tokens),
      temporalDatabaseFile: join(folder, 'temporal.db'),
      logFolder: join(folder, 'logs'),
      kept: [join(folder, 'heads')],
      publicUrl,
      temporal: reads,
    });

  test('that are nowhere', async () => {
    expect(await look()).toMatchObject({ tried: 2, problems: [] });
    expect((await look([])).tried).toBe(0);
    expect((await look([NAME], [])).tried).toBe(0);
  });

  test('on a page or in a log are found, and not repeated', async () => {
    aside = `<!-- ${TOKEN} -->`;
    appendFileSync(join(folder, 'logs', 'perennial.log'), `{"error":"${Buffer.from(NAME).toString('base64')}"}\n`);
    const { problems } = await look();
    aside = '';
    writeFileSync(join(folder, 'logs', 'perennial.log'), '{"what":"started"}\n');
    expect(problems).toContain('planted text 1 stands in logs/perennial.log');
    expect(problems).toContain('link 1 stands in /r/seed-ledger?answers=full');
    expect(problems).toContain('link 1 stands in /registry.csv');
    expect(problems.join()).not.toContain(NAME);
  });

  test('in the ledger, or in what is kept outside the database, are found', async () => {
    mkdirSync(join(folder, 'heads'));
    writeFileSync(join(folder, 'heads', 'heads.txt'), TOKEN);
    const kept = 'Somebody Who Was Written Down';
    const line = { caseId: 'dpg/seed-ledger', what: 'asked', role: 'staff', detail: { kept }, at: new Date() };
    await home.database.ledgerEntry.create({ data: line });
    const { problems } = await look([kept]);
    rmSync(join(folder, 'heads'), { recursive: true });
    expect(problems).toEqual(['planted text 1 stands in the ledger', 'link 1 stands in heads/heads.txt']);
  });

  test('in a payload or a header of a workflow are found in its history and in the database file', async () => {
    const { client } = temporal.env;
    await client.workflow.start('certification', {
      taskQueue: 'nowhere',
      workflowId: 'leak',
      args: [{ note: `asked ${NAME}` }],
    });
    await client.workflow.getHandle('leak').signal('nudge', { token: TOKEN });
    const { problems } = await look();
    for (const what of ['planted text 1', 'link 1']) {
      expect(problems).toContain(`${what} stands in Temporal's histories`);
      expect(problems.some((problem) => problem.startsWith(`${what} stands in temporal.db`))).toBe(true);
    }
  });

  test('that a search could not have seen are no proof', async () => {
    const blind = await lookForPlanted({
      database: home.database,
      world: { seed: 1, people: [], products: [], planted: [] },
      planted: [NAME],
      tokens: () => Promise.resolve([TOKEN]),
      temporalDatabaseFile: join(folder, 'elsewhere.db'),
      logFolder: join(folder, 'no-logs'),
      kept: [],
      publicUrl,
      // Without any run.
      temporal: { count: () => Promise.resolve(0), async *runs() {} },
    });
    expect(blind.problems).toEqual([
      "the search is blind: nothing of ours was found in Temporal's histories",
      "the search is blind: nothing of ours was found in Temporal's database file",
      'the search is blind: there is no log file',
    ]);
  });
});

test('the size of a review is counted from what woke it to the end of its run', async () => {
  const scheduled = (name: string) => ({ activityTaskScheduledEventAttributes: { activityType: { name } } });
  const events = [
    { workflowExecutionStartedEventAttributes: {} },
    { timerStartedEventAttributes: {} },
    { workflowExecutionSignaledEventAttributes: { signalName: 'nudge' } },
    scheduled('openReview'),
    { workflowExecutionSignaledEventAttributes: { signalName: 'nudge' } },
    scheduled('takeSubmission'),
  ];
  const run = { workflowId: 'dpg/a', type: 'certification', status: 'CONTINUED_AS_NEW', events };
  const runs = [run, { ...run, status: 'RUNNING' }, { ...run, type: 'outbox' }, { ...run, events: events.slice(0, 3) }];
  const { eventsPerCase, bytesPerCase } = await sizeOfReviews({
    async *runs() {
      yield* runs;
    },
  });
  expect(eventsPerCase).toBe(4);
  // The wake waited beside another row, after which the first step is named.
  const beside = [scheduled('takeSubmission'), ...events.slice(4)];
  const besides = await sizeOfReviews({
    async *runs() {
      yield { ...run, events: beside };
    },
  });
  expect(besides.eventsPerCase).toBe(3);
  expect(bytesPerCase).toBeGreaterThan(20);
  expect(bytesPerCase).toBeLessThan(200);
});

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}
