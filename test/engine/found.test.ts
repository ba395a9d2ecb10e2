import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { say, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

describe('what random lives found', () => {
  test('after a refused address a turn waits on the email to the next one, and for the reason of that email', async () => {
    const { database } = home;
    const caseId = await listProduct(database, 'two-firsts');
    const { result } = await say(database, caseId, wake);
    const { id } = await database.email.findFirstOrThrow({ where: { caseId } });
    const refused = await database.email.update({ where: { id }, data: { state: 'refused' } });
    await database.recipient.update({ where: { id: refused.recipientId ?? 0 }, data: { refusedAt: new Date() } });
    await say(database, caseId, {
      ...{ kind: 'email_refused', role: 'mail', actor: 'sender', applicationId: result.reference },
      body: { turn: 1, email: id },
    });
    const { count } = await database.email.updateMany({
      where: { caseId, state: 'queued' },
      data: { reason: 'mail_mode' },
    });
    expect(count).toBe(1);
    await home.setClock('2026-07-14T09:00:01.000Z');
    expect(await step(database, { caseId, armedFor: null })).toMatchObject({ wrote: true, attention: ['mail_mode'] });
  });
});
