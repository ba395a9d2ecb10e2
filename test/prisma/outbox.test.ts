import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Review } from '../../domain/case.js';
import { renderEmail } from '../../mail/render.js';
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

describe('a claim', () => {
  const claimOf = (id: number, token = 'one') =>
    outbox().claim({ id, token, real: Date.now(), rules, render: renderEmail });

  async function queued(slug: string) {
    const caseId = await listProduct(home.database, slug);
    const { result } = await say(home.database, caseId, wake);
    const email = await home.database.email.findFirstOrThrow({ where: { caseId } });
    await home.database.email.update({ where: { id: email.id }, data: { dueAt: new Date('2026-07-01') } });
    return { caseId, id: email.id, reference: result.reference ?? '' };
  }

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
