import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Handed } from '../../activities/outbox.js';
import type { Review } from '../../domain/case.js';
import { renderEmail } from '../../mail/render.js';
import { saveContacts } from '../../prisma/contacts.js';
import type { EmailModel } from '../../prisma/generated/models.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { head, say, takeAll, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

const accepted: Handed = { is: 'accepted' };
const refused: Handed = { is: 'refused', because: 'address_refused' };
const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });
const rules = { mode: 'catch', allowlist: [] } as const;
const claim = (id: number) => outbox().claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail });
const record = (id: number, handed: Handed) =>
  outbox().record({ id, token: 'one', real: Date.now(), notBefore: null, handed });

/** The mail server answers for every email that waits, oldest first; the case hears of it. */
async function handOver(caseId: string, answer: (email: EmailModel) => Handed): Promise<void> {
  for (;;) {
    const where = { caseId, state: { in: ['queued', 'deferred'] } };
    await home.database.email.updateMany({ where, data: { dueAt: new Date('2026-07-01'), notBefore: null } });
    const next = await home.database.email.findFirst({ where, orderBy: { id: 'asc' } });
    if (next === null) return;
    if ((await claim(next.id)).is === 'claimed') await record(next.id, answer(next));
    await takeAll(home.database, caseId);
  }
}

/** A review whose prompt was taken and whose owner has answered. */
async function answered(slug: string): Promise<{ caseId: string; reference: string }> {
  const caseId = await listProduct(home.database, slug);
  const { result } = await say(home.database, caseId, wake);
  const reference = result.reference ?? '';
  await handOver(caseId, () => accepted);
  const declaration = { name: 'Amina Diallo', role: 'lead', maySpeak: true };
  const body = { answers: completeAnswers, forReviewers: {}, confirmed: [], declaration };
  await say(home.database, caseId, {
    ...{ kind: 'answers', role: 'owner', actor: '1', applicationId: reference, round: 1, body },
  });
  return { caseId, reference };
}

async function approve({ caseId, reference }: { caseId: string; reference: string }): Promise<void> {
  for (const level of ['l1', 'l2'] as const) {
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    const { answersVersion, round } = review as unknown as Review;
    const sections = [{ section: '9a', verdict: 'meets', publicReason: '', internalReason: '' }];
    const body = { level, by: level, answersVersion, sections, days: null, secondRoundReason: null };
    await say(home.database, caseId, {
      ...{ kind: 'verdict', role: level, actor: level, applicationId: reference, round, body },
    });
  }
}

async function newContact(caseId: string, slug: string): Promise<void> {
  const chi = { name: 'Chi', address: `chi@${slug}.example`, language: 'en', country: null, rank: 'primary' } as const;
  await saveContacts(home.database, { contacts: [{ slug, ...chi }], actor: 'fatou' });
  await takeAll(home.database, caseId);
}

/** "name state" of the emails of a kind. */
async function emails(caseId: string, kind: string): Promise<readonly string[]> {
  const found = await home.database.email.findMany({ where: { caseId, kind }, orderBy: { id: 'asc' } });
  const people = await home.database.recipient.findMany({ where: { application: { caseId } } });
  return found.map(({ recipientId, state }) => `${people.find(({ id }) => id === recipientId)?.name} ${state}`);
}

describe('a decision', () => {
  test('that the primary address refuses goes to the alternate', async () => {
    const one = await answered('forwarded');
    await handOver(one.caseId, () => accepted);
    await approve(one);
    const primary = await home.database.recipient.findFirstOrThrow({
      where: { applicationId: one.reference, rank: 'primary' },
    });
    await handOver(one.caseId, ({ recipientId }) => (recipientId === primary.id ? refused : accepted));
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina refused', 'Bao sent']);
  });

  test('is on record although every address was refused before, and goes to whoever comes', async () => {
    const one = await answered('all-refused');
    await handOver(one.caseId, () => refused);
    await approve(one);
    await handOver(one.caseId, () => refused);
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina refused']);
    await newContact(one.caseId, 'all-refused');
    await handOver(one.caseId, () => accepted);
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina refused', 'Chi sent']);
  });

  test('of a review whose only reader said "not me" goes to whoever comes', async () => {
    const one = await answered('nobody-left');
    await home.database.contact.deleteMany({ where: { slug: 'nobody-left', rank: 'alternate' } });
    await handOver(one.caseId, () => accepted);
    const { id } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: one.reference } });
    const saw = { applicationId: one.reference, round: 2 };
    const asked = { kind: 'request', role: 'owner', actor: String(id), body: { request: 'not_me' } } as const;
    await say(home.database, one.caseId, { ...saw, ...asked });
    await say(home.database, one.caseId, { ...saw, kind: 'grant', body: { request: 'not_me', days: null } });
    await approve(one);
    await handOver(one.caseId, () => accepted);
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina skipped']);
    await newContact(one.caseId, 'nobody-left');
    await handOver(one.caseId, () => accepted);
    await newContact(one.caseId, 'nobody-left');
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina skipped', 'Chi sent']);
  });

  test('in hand-over while its reader changes goes to the new one, whatever the mail server says', async () => {
    const one = await answered('in-hand-over');
    await handOver(one.caseId, () => accepted);
    await approve(one);
    const { id } = await home.database.email.findFirstOrThrow({ where: { caseId: one.caseId, kind: 'decision' } });
    expect((await claim(id)).is).toBe('claimed');
    await newContact(one.caseId, 'in-hand-over');
    await record(id, { is: 'later', because: 'not_now', whole: false });
    await handOver(one.caseId, () => accepted);
    expect(await emails(one.caseId, 'decision')).toEqual(['Amina skipped', 'Chi sent']);
  });
});

test('what was sent again and went is not sent a third time', async () => {
  const caseId = await listProduct(home.database, 'sent-again');
  const { result } = await say(home.database, caseId, wake);
  const resend = { kind: 'resend', applicationId: result.reference, body: { unknown: true } };
  await handOver(caseId, () => ({ is: 'unknown' }));
  await say(home.database, caseId, resend);
  await handOver(caseId, () => ({ is: 'unknown' }));
  await say(home.database, caseId, resend);
  await handOver(caseId, () => accepted);
  await say(home.database, caseId, resend);
  await handOver(caseId, () => accepted);
  expect(await emails(caseId, 'prompt')).toEqual(['Amina unknown', 'Amina unknown', 'Amina sent']);
});
