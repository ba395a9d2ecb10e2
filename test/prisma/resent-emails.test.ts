import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Handed } from '../../activities/outbox.js';
import type { Review } from '../../domain/case.js';
import { renderEmail } from '../../mail/render.js';
import type { EmailModel } from '../../prisma/generated/models.js';
import { createOutbox } from '../../prisma/outbox.js';
import { readStatus } from '../../prisma/read-status.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { head, say, takeAll, wake } from '../support/post.js';

let home: TestDatabase;
const start = '2026-07-10T09:30:00.000Z';
beforeAll(async () => {
  home = await startTestDatabase(start);
}, 120_000);
afterAll(() => home.stop());
afterEach(() => home.setClock(start));

const accepted: Handed = { is: 'accepted' };
const refused: Handed = { is: 'refused', because: 'address_refused' };
const unknown: Handed = { is: 'unknown' };
const rules = { mode: 'catch', allowlist: [] } as const;
const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

/** The mail server answers for every email that waits, oldest first; the case hears of it. What it took, oldest first. */
async function handOver(caseId: string, answer: Handed | ((email: EmailModel) => Handed)) {
  const took: { subject: string; text: string }[] = [];
  for (;;) {
    const where = { caseId, state: { in: ['queued', 'deferred'] } };
    await home.database.email.updateMany({ where, data: { dueAt: new Date('2026-07-01'), notBefore: null } });
    const next = await home.database.email.findFirst({ where, orderBy: { id: 'asc' } });
    if (next === null) return took;
    const hand = { id: next.id, token: 'one', real: Date.now() };
    const claim = await outbox().claim({ ...hand, rules, render: renderEmail });
    if (claim.is === 'failed') throw claim.error;
    if (claim.is === 'claimed') {
      const handed = typeof answer === 'function' ? answer(next) : answer;
      if (handed.is === 'accepted') took.push(claim.claimed.email);
      await outbox().record({ ...hand, notBefore: null, handed });
    }
    await takeAll(home.database, caseId);
  }
}

interface Case {
  readonly caseId: string;
  readonly reference: string;
  readonly amina: number;
}

/** A review that was opened, whose prompt still waits. */
async function opened(slug: string, { alternate = false } = {}): Promise<Case> {
  const caseId = await listProduct(home.database, slug);
  if (!alternate) await home.database.contact.deleteMany({ where: { slug, rank: 'alternate' } });
  const { result } = await say(home.database, caseId, wake);
  const where = { applicationId: result.reference ?? '', rank: 'primary' };
  const { id, applicationId } = await home.database.recipient.findFirstOrThrow({ where });
  return { caseId, reference: applicationId, amina: id };
}

/** A review whose prompt was taken: the owner's turn has begun. */
async function begun(slug: string, some: { alternate?: boolean } = {}): Promise<Case> {
  const one = await opened(slug, some);
  await handOver(one.caseId, accepted);
  return one;
}

async function roundOf({ reference }: Case): Promise<number> {
  const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  return (review as unknown as Review).round;
}

async function staff(one: Case, kind: string, body: object = {}) {
  const saw = { applicationId: one.reference, round: await roundOf(one) };
  const reasons = { publicReason: '', internalReason: '' };
  return say(home.database, one.caseId, { ...saw, kind, body: { ...reasons, ...body } });
}

async function owner(one: Case, kind: string, body: object = {}) {
  const saw = { applicationId: one.reference, round: await roundOf(one) };
  return say(home.database, one.caseId, { ...saw, kind, role: 'owner', actor: String(one.amina), body });
}

const answers = {
  ...{ answers: completeAnswers, forReviewers: {}, confirmed: [] },
  declaration: { name: 'Amina Diallo', role: 'lead', maySpeak: true },
};

describe('an email that staff send again says what the first one said', () => {
  test('a receipt, and that a second sending of answers was not taken', async () => {
    const one = await begun('texts');
    await owner(one, 'answers', answers);
    await owner(one, 'answers', answers);
    await handOver(one.caseId, refused);
    await home.setClock('2026-07-20T09:30:00.000Z');
    await staff(one, 'resend');
    const [receipt, notTaken, ...others] = await handOver(one.caseId, accepted);
    expect(receipt?.text).toMatch(/arrived on (\w+ )?10 July 2026/u);
    expect(notTaken?.text).toContain('The reviewers have your answers already.');
    expect(notTaken?.text).not.toContain('request');
    expect(others).toEqual([]);
  });

  test('the reason for which staff refused a request', async () => {
    const one = await begun('reasons');
    await owner(one, 'request', { request: 'more_time' });
    await staff(one, 'refuse', { request: null, publicReason: 'The date is fixed.' });
    await handOver(one.caseId, refused);
    await staff(one, 'resend');
    await handOver(one.caseId, refused);
    await staff(one, 'resend');
    const [answer] = await handOver(one.caseId, accepted);
    expect(answer?.text).toContain('The date is fixed.');
  });
});

describe('what is sent again', () => {
  test('two emails of one kind and round, each once, however often they were lost', async () => {
    const one = await begun('two-lost');
    await owner(one, 'request', { request: 'answered_elsewhere' });
    await staff(one, 'refuse', { request: null, publicReason: 'We did not find them.' });
    await owner(one, 'request', { request: 'more_time' });
    await staff(one, 'grant', { request: null, days: 14, publicReason: 'Two weeks, as you asked.' });
    await handOver(one.caseId, refused);
    expect((await staff(one, 'resend')).outcome).toMatchObject({
      result: 'accepted',
      sentence: 'Sent again: 2 emails.',
    });
    await handOver(one.caseId, refused);
    expect((await staff(one, 'resend')).outcome.sentence).toBe('Sent again: 2 emails.');
    const texts = (await handOver(one.caseId, accepted)).map(({ text }) => text);
    expect(texts).toEqual([
      expect.stringContaining('We did not find them.'),
      expect.stringContaining('Two weeks, as you asked.'),
    ]);
  });

  test('of two lost reminders the newer alone, and none when its turn is over', async () => {
    const one = await begun('reminders');
    for (const day of ['2026-08-09', '2026-08-25']) {
      await home.setClock(`${day}T09:00:30.000Z`);
      await takeAll(home.database, one.caseId);
      await handOver(one.caseId, unknown);
    }
    expect((await staff(one, 'resend', { unknown: true })).outcome.sentence).toBe('Sent again: 1 email.');
    await handOver(one.caseId, unknown);
    await owner(one, 'answers', answers);
    await handOver(one.caseId, accepted);
    expect((await staff(one, 'resend', { unknown: true })).outcome.result).toBe('refused');
  });

  test('nothing, which is refused in words', async () => {
    const one = await begun('nothing-lost');
    expect((await staff(one, 'resend')).outcome).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining('no email to send again'),
    });
  });

  test('what nobody knows of only by name; sent again and taken, it is listed no longer', async () => {
    const one = await begun('may-have-arrived');
    await owner(one, 'answers', answers);
    await handOver(one.caseId, unknown);
    await owner(one, 'new_link');
    await handOver(one.caseId, refused);
    const listed = async () =>
      (await readStatus(home.database)).unknown.flatMap(({ reference, kind }) =>
        reference === one.reference ? [kind] : [],
      );
    await staff(one, 'resend');
    const [link, ...others] = await handOver(one.caseId, accepted);
    expect(link?.subject).toContain('link');
    expect(others).toEqual([]);
    expect(await listed()).toEqual(['receipt']);
    const alone = await staff(one, 'resend');
    expect(alone.outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('--unknown') });
    await staff(one, 'resend', { unknown: true });
    expect(await handOver(one.caseId, accepted)).toHaveLength(1);
    expect(await listed()).toEqual([]);
  });
});

describe('a review that was opened again', () => {
  test('while its only address counts as refused has nobody to ask, and is on the list', async () => {
    const one = await begun('refused-meanwhile');
    await staff(one, 'withdraw', { publicReason: 'Withdrawn by mistake.' });
    await handOver(one.caseId, refused);
    const { result } = await staff(one, 'reopen', { publicReason: 'It was a mistake.' });
    expect(result).toMatchObject({ attention: ['no_contact'], waitingOn: 'secretariat' });
    const { needHuman } = await readStatus(home.database);
    expect(needHuman.map(({ reference }) => reference)).toContain(one.reference);
    // Staff found that the address is right.
    const again = await staff(one, 'resend');
    expect(again).toMatchObject({ outcome: { sentence: 'Sent again: 1 email.' }, result: { attention: [] } });
    expect(await handOver(one.caseId, accepted)).toHaveLength(1);
    expect(await takeAll(home.database, one.caseId)).toMatchObject({ attention: [], waitingOn: 'owner' });
  });

  test('is not said to have ended, though the email of its end was lost', async () => {
    const one = await begun('reopened');
    await staff(one, 'withdraw', { publicReason: 'Withdrawn by mistake.' });
    await handOver(one.caseId, unknown);
    await staff(one, 'reopen', { publicReason: 'It was a mistake.' });
    await handOver(one.caseId, accepted);
    await staff(one, 'resend', { unknown: true });
    expect(await handOver(one.caseId, accepted)).toEqual([]);
  });

  test('and ended again: of its ends the last is told again', async () => {
    const one = await begun('ended-twice');
    for (const publicReason of ['By mistake.', 'For good.']) {
      await staff(one, 'withdraw', { publicReason });
      await handOver(one.caseId, unknown);
      if (publicReason === 'By mistake.') await staff(one, 'reopen', { publicReason: 'It was a mistake.' });
    }
    await staff(one, 'resend', { unknown: true });
    expect((await handOver(one.caseId, accepted)).map(({ text }) => text)).toEqual([
      expect.stringContaining('For good.'),
    ]);
  });
});

test('whoever is left to ask, and whose address counts as refused, is asked when staff send again', async () => {
  const one = await begun('alternate-refused', { alternate: true });
  await home.setClock('2026-09-07T09:00:30.000Z');
  await takeAll(home.database, one.caseId);
  const lastReminder = ({ kind, recipientId }: EmailModel) => kind === 'last_reminder' && recipientId !== one.amina;
  await handOver(one.caseId, (email) => (lastReminder(email) ? refused : accepted));
  await owner(one, 'request', { request: 'not_me' });
  const granted = await staff(one, 'grant', { request: 'not_me', days: null });
  expect(granted.result.attention).toEqual(['no_contact']);
  await handOver(one.caseId, accepted);
  const again = await staff(one, 'resend');
  expect(again).toMatchObject({ outcome: { sentence: 'Sent again: 1 email.' }, result: { attention: [] } });
  const emails = await home.database.email.findMany({ where: { caseId: one.caseId, turn: 2 } });
  expect(emails.map(({ kind }) => kind)).toEqual(['prompt']);
  await handOver(one.caseId, accepted);
  expect(await takeAll(home.database, one.caseId)).toMatchObject({ attention: [], waitingOn: 'owner' });
});

test('without anybody to ask there is nothing to send, and the reason why a human must look stays', async () => {
  const caseId = await listProduct(home.database, 'no-contact', { contacts: false });
  const { result } = await say(home.database, caseId, wake);
  const again = await say(home.database, caseId, { kind: 'resend', applicationId: result.reference });
  expect(again).toMatchObject({ outcome: { result: 'refused' }, result: { attention: ['no_contact'] } });
});

describe('a turn that runs, whose reminder was lost', () => {
  test.each([
    ['refused', refused, 'undeliverable'],
    ['unknown', unknown, 'unknown_handover'],
  ] as const)('%s: needs nobody any more when the email that staff sent again was taken', async (slug, lost, why) => {
    const one = await begun(`reminder-${slug}`);
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
    await home.setClock('2026-08-09T09:00:30.000Z');
    await takeAll(home.database, one.caseId);
    await handOver(one.caseId, lost);
    expect((await takeAll(home.database, one.caseId)).attention).toEqual([why]);
    await staff(one, 'resend', { unknown: true });
    await handOver(one.caseId, accepted);
    expect((await takeAll(home.database, one.caseId)).attention).toEqual([]);
    const after = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
    expect(after.review).toMatchObject({ turn: (review as unknown as Review).turn });
  });

  test('refused: needs nobody any more when the same address took another email', async () => {
    const one = await begun('reminder-moved');
    await home.setClock('2026-08-09T09:00:30.000Z');
    await takeAll(home.database, one.caseId);
    await handOver(one.caseId, refused);
    await staff(one, 'extend', { until: '2026-12-01' });
    expect((await staff(one, 'resend')).outcome.result).toBe('refused');
    await owner(one, 'new_link');
    await handOver(one.caseId, accepted);
    expect((await takeAll(home.database, one.caseId)).attention).toEqual([]);
  });

  test('unknown, and known to be taken after all: needs nobody', async () => {
    const one = await begun('reminder-late');
    await home.setClock('2026-08-09T09:00:30.000Z');
    await takeAll(home.database, one.caseId);
    const { id } = await home.database.email.findFirstOrThrow({ where: { caseId: one.caseId, kind: 'reminder' } });
    const hand = { id, token: 'one', real: Date.now() };
    await outbox().claim({ ...hand, rules, render: renderEmail });
    for (const handed of [unknown, accepted]) await outbox().record({ ...hand, notBefore: null, handed });
    expect((await takeAll(home.database, one.caseId)).attention).toEqual([]);
  });
});
