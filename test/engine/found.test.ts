import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { saveContacts } from '../../prisma/contacts.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { say, takeAll, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

/** The mail server refuses an email for good; the case hears of it when somebody says so. */
async function refuse(id: number): Promise<NewSubmission> {
  const { database } = home;
  const { caseId, applicationId, recipientId, turn } = await database.email.update({
    where: { id },
    data: { state: 'refused' },
  });
  await database.recipient.update({ where: { id: recipientId ?? 0 }, data: { refusedAt: new Date() } });
  return {
    ...{ key: `email_refused:${id}`, caseId: caseId ?? '', applicationId, round: null, kind: 'email_refused' },
    ...{ role: 'mail', actor: 'sender', body: { turn, email: id } },
  };
}

describe('what faults found', () => {
  test('the word that an email was refused comes late: whoever was asked again since then is not asked twice', async () => {
    const { database } = home;
    const caseId = await listProduct(database, 'late-word');
    const { result } = await say(database, caseId, wake);
    const { id, recipientId } = await database.email.findFirstOrThrow({ where: { caseId } });
    const word = await refuse(id);
    const resend = { ...word, key: 'resend', round: 1, kind: 'resend', role: 'secretariat', actor: 'fatou' } as const;
    await appendSubmission(database, { ...resend, body: { publicReason: '', internalReason: '' } });
    await step(database, { caseId, armedFor: null });
    const asked = { applicationId: result.reference ?? '', recipientId, kind: 'prompt' };
    await database.email.updateMany({ where: { ...asked, state: 'queued' }, data: { state: 'sent' } });
    await database.recipient.updateMany({ where: { id: recipientId ?? 0 }, data: { refusedAt: null } });
    await appendSubmission(database, word);
    await step(database, { caseId, armedFor: null });
    const prompts = await database.email.findMany({ where: asked, orderBy: { id: 'asc' } });
    expect(prompts.map(({ state }) => state)).toEqual(['refused', 'sent']);
  });

  test('whoever answers by a link though the address was refused once gets a receipt', async () => {
    const { database } = home;
    const caseId = await listProduct(database, 'reached-all-the-same');
    const { result } = await say(database, caseId, wake);
    const { id, recipientId } = await database.email.findFirstOrThrow({ where: { caseId } });
    await refuse(id);
    await say(database, caseId, {
      ...{ kind: 'answers', role: 'owner', actor: String(recipientId), applicationId: result.reference, round: 1 },
      body: {
        ...{ answers: completeAnswers, forReviewers: {}, confirmed: [] },
        declaration: { name: 'Amina', role: 'lead', maySpeak: true },
      },
    });
    const receipts = await database.email.findMany({ where: { caseId, kind: 'receipt', recipientId } });
    expect(receipts).toHaveLength(1);
  });
});

describe('what random lives found', () => {
  test('a contact that stays, and whose address was refused, is nobody to ask on the lists either', async () => {
    const { database } = home;
    const caseId = await listProduct(database, 'refused-stays');
    await say(database, caseId, wake);
    await database.recipient.updateMany({ where: { application: { caseId } }, data: { refusedAt: new Date() } });
    const amina = await database.contact.findFirstOrThrow({ where: { slug: 'refused-stays', rank: 'primary' } });
    const { id: _, ...stays } = amina;
    await saveContacts(database, { contacts: [{ ...stays, rank: 'primary' }], actor: 'fatou' });
    await takeAll(database, caseId);
    const { attention } = await database.case.findUniqueOrThrow({ where: { id: caseId } });
    expect(attention).toEqual(['no_contact']);
  });

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
