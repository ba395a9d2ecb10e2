import assert from 'node:assert/strict';
import { createRelay } from '../../activities/relay.js';
import { createCases } from '../../client/cases.js';
import { renderEmail } from '../../mail/render.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { createOutbox } from '../../prisma/outbox.js';
import { lockOutbox } from '../../prisma/outbox-lock.js';
import { look, step } from '../../prisma/step.js';
import { waitingRows } from '../../prisma/waiting.js';
import type { TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { head } from '../support/post.js';
import type { TestTemporal } from '../support/temporal.js';

let products = 0;

/** A listed product of its own for each race. */
async function product(home: TestDatabase): Promise<string> {
  products += 1;
  return listProduct(home.database, `race-${products}`);
}

function row(caseId: string, some: Partial<NewSubmission> = {}): NewSubmission {
  const body = { campaign: 'annual', handPicked: false, cause: 'annual' };
  const wake = { kind: 'wake', role: 'campaign', actor: 'annual', body } as const;
  return { key: `${caseId}:${some.kind ?? 'wake'}`, caseId, applicationId: null, round: null, ...wake, ...some };
}

/** A product whose review is open, at its first level; its prompt is due. */
async function inReview(home: TestDatabase): Promise<{ caseId: string; reference: string; email: number }> {
  const caseId = await product(home);
  await appendSubmission(home.database, row(caseId));
  const { reference } = await step(home.database, { caseId, armedFor: null });
  const { id } = await home.database.email.findFirstOrThrow({ where: { caseId } });
  await home.database.email.update({ where: { id }, data: { dueAt: new Date('2026-07-01') } });
  return { caseId, reference: reference ?? '', email: id };
}

const count = <One>(all: readonly One[], is: (one: One) => boolean): number => all.filter(is).length;

/** Two steps at once on one row: one takes it, the other one says that it wrote nothing. */
export async function twoSteps(home: TestDatabase): Promise<void> {
  const caseId = await product(home);
  await appendSubmission(home.database, row(caseId));
  const both = await Promise.all([1, 2].map(() => step(home.database, { caseId, armedFor: null })));
  assert.equal(
    count(both, ({ wrote }) => wrote),
    1,
  );
  const [one, other] = both;
  assert.equal(one?.reference, other?.reference, 'both know the review that there now is');
  assert.equal(await home.database.application.count({ where: { caseId } }), 1);
  assert.equal(await home.database.email.count({ where: { caseId } }), 1);
  assert.equal(await home.database.outcome.count({ where: { submission: { caseId } } }), 1);
}

/** Two appends at once: of one form posted twice, of one form with two contents, and of two people's verdicts. */
export async function twoAppends(home: TestDatabase): Promise<void> {
  const { database } = home;
  const { caseId, reference } = await inReview(home);
  const seen = { caseId, applicationId: reference, round: 1, role: 'secretariat', actor: 'fatou' } as const;
  const same = await Promise.all(
    [1, 2].map(() => appendSubmission(database, row(caseId, { ...seen, kind: 'resend', body: {} }))),
  );
  assert.equal(
    count(same, (one) => 'isNew' in one && one.isNew),
    1,
  );
  assert.equal(new Set(same.map((one) => ('id' in one ? one.id : 0))).size, 1);
  const differ = await Promise.all(
    [10, 20].map((days) => appendSubmission(database, row(caseId, { ...seen, kind: 'grant', body: { days } }))),
  );
  assert.equal(
    count(differ, (one) => 'problem' in one && one.problem === 'other_content'),
    1,
  );
  await Promise.all(
    ['withdraw', 'close'].map((kind) => appendSubmission(database, row(caseId, { ...seen, kind, body: {} }))),
  );
  while ((await step(database, { caseId, armedFor: null })).more);
  const outcomes = await database.outcome.findMany({
    where: { submission: { caseId, kind: { in: ['withdraw', 'close'] } } },
  });
  assert.deepEqual(outcomes.map(({ result }) => result).sort(), ['accepted', 'refused']);
  assert(outcomes.every(({ sentence }) => sentence !== ''));
  assert.equal(await database.decision.count({ where: { applicationId: reference } }), 1);
}

/** Two senders: one has the lock, and of two that claim one email all the same one gets it. */
export async function twoSenders(home: TestDatabase): Promise<void> {
  const { email } = await inReview(home);
  const locks = await Promise.all([1, 2].map(() => lockOutbox(home.url, () => undefined)));
  assert.equal(
    count(locks, (lock) => lock === null),
    1,
  );
  for (const giveBack of locks) await giveBack?.();
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const rules = { mode: 'catch', allowlist: [] } as const;
  const claims = await Promise.all(
    ['one', 'two'].map((token) => outbox.claim({ id: email, token, real: Date.now(), rules, render: renderEmail })),
  );
  const words = claims.map(({ is }) => is).sort();
  assert(words.join() === 'busy,claimed' || words.join() === 'claimed,gone', words.join());
  const { token } = await home.database.email.findUniqueOrThrow({ where: { id: email } });
  assert.equal(token, claims[0]?.is === 'claimed' ? 'one' : 'two');
}

/** Two relays over one database and one Temporal, for as long as something lasts. */
export async function withTwoRelays(
  { home, temporal }: { home: TestDatabase; temporal: TestTemporal },
  act: () => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const failures: unknown[] = [];
  const relay = createRelay({
    records: {
      ...waitingRows(home.database, home.url),
      look: (caseId) => look(home.database, caseId),
      step: (call) => step(home.database, call),
    },
    // The test server knows no lists.
    cases: { ...createCases(temporal.env.client), running: () => Promise.resolve(new Set<string>()) },
    now: Date.now,
    wordOf: String,
    failed: (caseId, error) => failures.push(`${caseId}: ${String(error)}`),
  });
  const both = [1, 2].map(() => relay({ signal: ending.signal, heartbeat: () => undefined }));
  await act().finally(() => ending.abort());
  await Promise.all(both);
  assert.deepEqual(failures, []);
}

/** A product without a workflow and a row for it, under two relays: one workflow, one run, one outcome. */
export async function twoRelays({ home, temporal }: { home: TestDatabase; temporal: TestTemporal }): Promise<void> {
  const caseId = await product(home);
  const appended = await appendSubmission(home.database, row(caseId));
  const submissionId = 'id' in appended ? appended.id : 0;
  const limit = Date.now() + 30_000;
  while ((await home.database.outcome.count({ where: { submissionId } })) === 0) {
    assert(Date.now() < limit, `${caseId} waited in vain`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(await home.database.application.count({ where: { caseId } }), 1);
  const lines = await home.database.ledgerEntry.findMany({ where: { caseId, why: `row:${submissionId}` } });
  const { runId } = await temporal.env.client.workflow.getHandle(caseId).describe();
  // One step took it, of the only run that there ever was.
  assert.deepEqual([...new Set(lines.map((line) => line.runId))], [runId]);
}
