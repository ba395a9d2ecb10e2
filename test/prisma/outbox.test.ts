import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Review } from '../../domain/case.js';
import { renderEmail } from '../../mail/render.js';
import { appendSubmission } from '../../prisma/append.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { head, say, takeAll, wake } from '../support/post.js';

const rules = { mode: 'catch', allowlist: [] } as const;

let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterEach(() => home.stop());

const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

async function reviewOf(reference: string): Promise<Review> {
  const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  return review as unknown as Review;
}

const claimOf = (id: number, token = 'one') =>
  outbox().claim({ id, token, real: Date.now(), rules, render: renderEmail });

/** A product whose prompt is due. */
async function queued(slug: string) {
  const caseId = await listProduct(home.database, slug);
  const { result } = await say(home.database, caseId, wake);
  const email = await home.database.email.findFirstOrThrow({ where: { caseId } });
  await home.database.email.update({ where: { id: email.id }, data: { dueAt: new Date('2026-07-01') } });
  return { caseId, id: email.id, reference: result.reference ?? '' };
}

describe('what is due', () => {
  test('leaves no place to what a row of its owner holds, or what is looked at later', async () => {
    const [held, later, free] = [await queued('due-held'), await queued('due-later'), await queued('due-free')];
    const row = { caseId: held.caseId, applicationId: held.reference, round: 1, role: 'owner', actor: '1' } as const;
    await appendSubmission(home.database, { ...row, key: 'held', kind: 'link_used', body: {} });
    const due = () => outbox().due({ real: Date.now(), limit: 1, except: [later.id] });
    expect((await due()).map(({ id }) => id)).toEqual([free.id]);
    await takeAll(home.database, held.caseId);
    expect((await due()).map(({ id }) => id)).toEqual([held.id]);
  });
});

describe('an email that the mail server puts off', () => {
  test.each([
    [86_400_000, 60_000],
    [2_000, 2_000],
  ])('where a day lasts %i ms, is tried again after %i ms', async (dayMs, after) => {
    const { id } = await queued('put-off-by-clock');
    await home.database.clockSegment.updateMany({ data: { dayMs } });
    await home.database.email.update({ where: { id }, data: { attempts: 1 } });
    await claimOf(id);
    const real = Date.now();
    const handed = { is: 'later', because: 'not_now', whole: false } as const;
    await outbox().record({ id, token: 'one', real, notBefore: null, handed });
    const { notBefore } = await home.database.email.findUniqueOrThrow({ where: { id } });
    expect(notBefore).toEqual(new Date(real + after));
  });

  const putOff = async (id: number, { whole, attempts }: { whole: boolean; attempts: number }) => {
    await home.database.email.update({ where: { id }, data: { attempts, notBefore: null } });
    await claimOf(id);
    const handed = { is: 'later', because: whole ? 'mail_server_away' : 'not_now', whole } as const;
    await outbox().record({ id, token: 'one', real: Date.now(), notBefore: null, handed });
    return home.database.email.findUniqueOrThrow({ where: { id } });
  };

  test('is tried for five days; then it counts as refused, and the next address is asked', async () => {
    const { caseId, id } = await queued('put-off');
    expect(await putOff(id, { whole: false, attempts: 240 })).toMatchObject({ state: 'deferred', reason: 'not_now' });
    expect(await putOff(id, { whole: false, attempts: 250 })).toMatchObject({ state: 'refused', reason: 'given_up' });
    await takeAll(home.database, caseId);
    const [next] = await home.database.email.findMany({ where: { caseId, state: 'queued' } });
    const { name } = await home.database.recipient.findUniqueOrThrow({ where: { id: next?.recipientId ?? 0 } });
    expect(name).toBe('Bao');
  });

  test('because it is away is never given up', async () => {
    const { id } = await queued('away');
    expect(await putOff(id, { whole: true, attempts: 10_000 })).toMatchObject({ state: 'deferred' });
  });
});

describe('a claim', () => {
  test('is made once, by whoever comes first, at the same time too', async () => {
    const { id } = await queued('claim-once');
    const claims = await Promise.all(['one', 'two', 'three'].map((token) => claimOf(id, token)));
    expect(claims.filter(({ is }) => is === 'claimed')).toHaveLength(1);
    expect((await claimOf(id)).is).toBe('gone');
  });

  test('leaves a case alone that is locked, or has another email in hand-over', async () => {
    const { caseId, id } = await queued('claim-busy');
    await home.database.$transaction(async (transaction) => {
      await transaction.$queryRaw`select 1 from "Case" where id = ${caseId} for update`;
      expect((await claimOf(id)).is).toBe('busy');
    });
    const { key, ...same } = await home.database.email.findUniqueOrThrow({ where: { id } });
    const second = await home.database.email.create({
      data: { ...same, id: id + 100_000, key: `${key}|second`, facts: {} },
    });
    expect((await claimOf(id)).is).toBe('claimed');
    expect((await claimOf(second.id)).is).toBe('busy');
  });

  test('of an address that was refused before tells the case, and does not try it again', async () => {
    const { caseId, id } = await queued('claim-refused');
    await home.database.recipient.updateMany({
      where: { application: { caseId }, rank: 'primary' },
      data: { refusedAt: new Date('2026-12-01') },
    });
    expect((await claimOf(id)).is).toBe('refused');
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'email_refused' } });
    expect(row.body).toEqual({ turn: 1, email: id });
  });

  test('states a deadline, and the turn that begins later never has an earlier one', async () => {
    const { caseId, id, reference } = await queued('claim-deadline');
    await claimOf(id, 'one');
    const { deadline } = await home.database.email.findUniqueOrThrow({ where: { id } });
    await home.database.email.update({ where: { id }, data: { deadline: new Date('2027-03-01') } });
    const result = { id, token: 'one', real: Date.now(), notBefore: null };
    await outbox().record({ ...result, handed: { is: 'accepted' } });
    await takeAll(home.database, caseId);
    expect(deadline).not.toBeNull();
    expect((await reviewOf(reference)).turn?.deadline).toBe('2027-03-01');
  });

  test('is recorded once, and only by whoever made it', async () => {
    const { caseId, id } = await queued('record-once');
    await claimOf(id, 'one');
    const result = { id, real: Date.now(), notBefore: null, handed: { is: 'accepted' } } as const;
    await outbox().record({ ...result, token: 'two' });
    expect((await home.database.email.findUniqueOrThrow({ where: { id } })).state).toBe('handing_over');
    await Promise.all([1, 2].map(() => outbox().record({ ...result, token: 'one' })));
    await outbox().record({ ...result, token: 'one', handed: { is: 'unknown' } });
    expect(await home.database.email.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'sent',
      attempts: 1,
    });
    expect(await home.database.submission.count({ where: { caseId, role: 'mail' } })).toBe(1);
  });

  test('left by another sender is called unknown once; the one of this sender is not', async () => {
    const [left, own] = [await queued('strand-left'), await queued('strand-own')];
    await claimOf(left.id, 'gone');
    await claimOf(own.id, 'here');
    await outbox().strand('here');
    await outbox().strand('here');
    const states = await home.database.email.findMany({
      where: { id: { in: [left.id, own.id] } },
      orderBy: { id: 'asc' },
    });
    expect(states.map(({ state }) => state)).toEqual(['unknown', 'handing_over']);
    expect(await home.database.submission.count({ where: { caseId: left.caseId, kind: 'email_unknown' } })).toBe(1);
  });
});

test('nobody is invited to help with a review that has ended', async () => {
  const { caseId, reference } = await queued('invited-late');
  const row = { applicationId: reference, round: 1 } as const;
  await say(home.database, caseId, { ...row, kind: 'invite', body: { address: 'chi@invited-late.example' } });
  const { id } = await home.database.email.findFirstOrThrow({ where: { caseId, kind: 'colleague_invited' } });
  const reasons = { publicReason: 'Its owner wished it.', internalReason: '' };
  await say(home.database, caseId, { ...row, kind: 'withdraw', body: reasons });
  expect((await claimOf(id)).is).toBe('skipped');
  expect(await home.database.email.findUniqueOrThrow({ where: { id } })).toMatchObject({ reason: 'turn_over' });
});
