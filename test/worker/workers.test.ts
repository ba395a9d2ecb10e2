import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Loop } from '../../activities/index.js';
import { readConfig } from '../../adapters/config.js';
import { appendSubmission } from '../../prisma/append.js';
import { startWorkers, type Workers } from '../../worker/workers.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { createListed } from '../support/listed.js';
import { devServer, type TestTemporal } from '../support/temporal.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
let temporal: TestTemporal;
let workers: Workers;
const silent: Loop = ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

beforeAll(async () => {
  home = await startTestDatabase(START);
  temporal = await devServer();
  const config = readConfig({
    DATABASE_URL: home.url,
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: 'smtp://127.0.0.1:1',
    PERENNIAL_PUBLIC_URL: 'http://127.0.0.1:8080',
    PERENNIAL_LINK_KEY: '0'.repeat(64),
    PERENNIAL_ORGANISATION: 'Invented Alliance',
    PERENNIAL_SENDER: 'reviews@alliance.example',
    PERENNIAL_SENDER_NAME: 'Fatou Ndiaye',
    PERENNIAL_STAFF_ADDRESS: 'staff@alliance.example',
  });
  workers = await startWorkers({ config, database: home.database, sender: silent, log: (line) => console.error(line) });
}, 120_000);
afterAll(async () => {
  await workers.stop();
  await temporal.stop();
  await home.stop();
}, 60_000);

test('a listed product gets its workflow, and a row its outcome', async () => {
  const caseId = await createListed(home.database, { slug: 'weather', at: START });
  const appended = await appendSubmission(home.database, {
    key: 'wake:weather',
    caseId,
    applicationId: null,
    round: null,
    kind: 'wake',
    role: 'secretariat',
    actor: 'fatou',
    body: { campaign: null, handPicked: false, cause: 'annual-2026' },
  });
  if (!('id' in appended)) throw new Error(appended.problem);
  const outcome = await eventually(() => home.database.outcome.findUnique({ where: { submissionId: appended.id } }));
  expect(outcome.result).toBe('accepted');
  // Shown by the workflow's next task, a moment after the step.
  await eventually(async () => {
    const { searchAttributes } = await temporal.env.client.workflow.getHandle(caseId).describe();
    const shown = { state: searchAttributes['DpgState']?.[0], on: searchAttributes['DpgWaitingOn']?.[0] };
    return shown.state === 'owner' && shown.on === 'mail' ? shown : null;
  });
}, 60_000);

async function eventually<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
