import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Mailbox } from '../../dev/mailbox.js';
import { appendSubmission } from '../../prisma/append.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import {
  catchMail,
  runSender,
  say,
  senderOf,
  settled,
  takeAll,
  until,
  wake,
  type RunningSender,
} from '../support/post.js';

const MORNING = '2026-07-10T09:00:00.000Z';
let home: TestDatabase;
let mailbox: Mailbox;
let running: RunningSender[] = [];
beforeEach(async () => {
  home = await startTestDatabase(MORNING);
  mailbox = await catchMail();
  running = [];
}, 120_000);
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await mailbox.stop();
  await home.stop();
});

function send(other: Partial<Parameters<typeof senderOf>[1]> = {}): RunningSender {
  const one = runSender(senderOf(home, { smtpUrl: mailbox.smtpUrl, ...other }));
  running.push(one);
  return one;
}

/** A product whose review was opened before the sending time of the day that it now is. */
async function opened(slug: string): Promise<{ caseId: string; reference: string }> {
  const caseId = await listProduct(home.database, slug);
  const { result } = await say(home.database, caseId, wake);
  await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date(MORNING) } });
  return { caseId, reference: result.reference ?? '' };
}

/** One whose turn has begun: its first email was taken. */
async function asked(slug: string) {
  const one = await opened(slug);
  const sender = send();
  await settled(home.database, one.caseId);
  const state = await takeAll(home.database, one.caseId);
  await sender.stop();
  return { ...one, state };
}

const emailsOf = (caseId: string) => home.database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
/** Moves to an instant, lets the machine act on what is due, as the timer of the case would. */
async function moveTo(caseId: string, at: string) {
  await home.setClock(at);
  return takeAll(home.database, caseId);
}

const answersOf = (reference: string) => ({
  kind: 'answers',
  role: 'owner' as const,
  actor: '1',
  applicationId: reference,
  round: 1,
  body: {
    answers: { pii_level: 'none' },
    forReviewers: {},
    confirmed: ['name'],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  },
});

describe('what asks for answers', () => {
  test('is held while a row of the owner has no outcome, and skipped when that passes the turn', async () => {
    const { caseId, reference } = await opened('held');
    await appendSubmission(home.database, { key: 'held', caseId, ...answersOf(reference) });
    const other = await opened('not-held');
    send();
    await settled(home.database, other.caseId);
    expect((await emailsOf(caseId)).map(({ state }) => state)).toEqual(['queued']);
    await takeAll(home.database, caseId);
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['prompt', 'skipped', 'turn_over'],
      ['receipt', 'sent', null],
      ['receipt', 'sent', null],
    ]);
    expect(mailbox.emails().filter(({ to }) => to.endsWith('@held.example'))).toHaveLength(2);
  });

  test('goes on when the row of the owner passed nothing', async () => {
    const { caseId, reference } = await opened('asks-more');
    await appendSubmission(home.database, {
      key: 'asks-more',
      caseId,
      applicationId: reference,
      round: 1,
      kind: 'new_link',
      role: 'owner',
      actor: '1',
      body: {},
    });
    const other = await opened('asks-nothing');
    send();
    await settled(home.database, other.caseId);
    expect((await emailsOf(caseId)).map(({ state }) => state)).toEqual(['queued']);
    await takeAll(home.database, caseId);
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state }) => [kind, state])).toEqual([
      ['prompt', 'sent'],
      ['link', 'sent'],
    ]);
  });

  test('a reminder whose deadline has moved is skipped; the one of the new deadline goes', async () => {
    const { caseId, reference, state } = await asked('moved');
    const first = state.next?.due ?? '';
    await moveTo(caseId, first);
    expect((await emailsOf(caseId)).at(-1)).toMatchObject({ kind: 'reminder', state: 'queued' });
    const until = '2026-10-30';
    const { result } = await say(home.database, caseId, {
      kind: 'extend',
      applicationId: reference,
      round: 1,
      body: { until, publicReason: '', internalReason: 'holidays' },
    });
    send();
    await settled(home.database, caseId);
    await moveTo(caseId, result.next?.due ?? '');
    const emails = await settled(home.database, caseId);
    const told = emails.filter(({ kind }) => kind !== 'request_answered');
    expect(told.map(({ kind, state: how, reason }) => [kind, how, reason])).toEqual([
      ['prompt', 'sent', null],
      ['reminder', 'skipped', 'moved'],
      ['reminder', 'sent', null],
    ]);
    expect(told[2]?.deadline?.toISOString().slice(0, 10)).toBe(until);
  });

  test('a reminder is skipped while a request has stopped the clock', async () => {
    const { caseId, reference, state } = await asked('stopped');
    await moveTo(caseId, state.next?.due ?? '');
    const request = { kind: 'request', role: 'owner' as const, actor: '1', applicationId: reference, round: 1 };
    await say(home.database, caseId, { ...request, body: { request: 'more_time' } });
    send();
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state: how, reason }) => [kind, how, reason])).toEqual([
      ['prompt', 'sent', null],
      ['reminder', 'skipped', 'moved'],
    ]);
  });

  test('of two reminders that no mail server took, only the newer goes', async () => {
    const { caseId, state } = await asked('two-reminders');
    const second = await moveTo(caseId, state.next?.due ?? '');
    await moveTo(caseId, second.next?.due ?? '');
    send();
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state: how, reason }) => [kind, how, reason])).toEqual([
      ['prompt', 'sent', null],
      ['reminder', 'skipped', 'overtaken'],
      ['reminder', 'sent', null],
    ]);
  });

  test('a receipt goes to everybody, although its turn is over', async () => {
    const { caseId, reference } = await asked('receipt');
    await say(home.database, caseId, answersOf(reference));
    send();
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state }) => [kind, state])).toEqual([
      ['prompt', 'sent'],
      ['receipt', 'sent'],
      ['receipt', 'sent'],
    ]);
  });
});

describe('the mail mode', () => {
  const withPerson = async (slug: string, address: string) => {
    const one = await opened(slug);
    await home.database.recipient.updateMany({ where: { application: { id: one.reference } }, data: { address } });
    return one;
  };

  test('catch keeps what a person could get; the case shows it to staff; what is reserved goes', async () => {
    const real = await withPerson('real', 'someone@real-product.org');
    const invented = await opened('invented');
    const sender = send();
    await settled(home.database, invented.caseId);
    const kept = await until(() =>
      home.database.email.findFirst({ where: { caseId: real.caseId, reason: 'mail_mode' } }),
    );
    expect(kept).toMatchObject({ state: 'queued', attempts: 0, text: null });
    await until(async () => sender.beats.some(({ keptByMode }) => keptByMode === 1));
    const state = await moveTo(real.caseId, '2026-07-14T09:00:01.000Z');
    expect(state).toMatchObject({ waitingOn: 'secretariat', attention: ['mail_mode'] });
    expect(mailbox.emails().map(({ to }) => to)).toEqual(['amina@invented.example']);
  });

  test('allowlist lets go what is listed, by address or domain, and nothing else', async () => {
    const listed = await withPerson('listed', 'Someone@Listed.org');
    const domain = await withPerson('domain', 'anyone@whole.org');
    const reserved = await opened('reserved');
    const sub = await withPerson('sub', 'anyone@sub.whole.org');
    send({ rules: { mode: 'allowlist', allowlist: ['someone@listed.org', '@whole.org'] } });
    await settled(home.database, listed.caseId);
    await settled(home.database, domain.caseId);
    for (const { caseId } of [reserved, sub]) {
      await until(() => home.database.email.findFirst({ where: { caseId, reason: 'mail_mode' } }));
    }
    expect(
      mailbox
        .emails()
        .map(({ to }) => to.toLowerCase())
        .sort(),
    ).toEqual(['anyone@whole.org', 'someone@listed.org']);
  });

  test('what was kept goes when the mode lets it, and the turn begins then', async () => {
    const { caseId } = await withPerson('let-go', 'someone@let-go.org');
    const sender = send();
    await until(() => home.database.email.findFirst({ where: { caseId, reason: 'mail_mode' } }));
    expect((await moveTo(caseId, '2026-07-14T09:00:01.000Z')).attention).toEqual(['mail_mode']);
    await sender.stop();
    send({ rules: { mode: 'allowlist', allowlist: ['@let-go.org'] } });
    const [email] = await settled(home.database, caseId);
    expect(email).toMatchObject({ state: 'sent', reason: null });
    const state = await takeAll(home.database, caseId);
    expect(state).toMatchObject({ waitingOn: 'owner', attention: [] });
  });
});

describe('the list for staff', () => {
  const lists = async () => {
    const emails = await home.database.email.findMany({ where: { kind: 'staff_list' }, orderBy: { id: 'asc' } });
    return emails.map(({ key, state, reason }) => [key, state, reason]);
  };

  test('goes once a day on which something waits, with references and reasons alone', async () => {
    const caseId = await listProduct(home.database, 'nobody-there', { contacts: false });
    const { result } = await say(home.database, caseId, wake);
    expect(result.attention).toEqual(['no_contact']);
    const sender = send();
    const first = await mailbox.waitFor(({ to }) => to === 'reviews@alliance.example');
    expect(first.text).toContain(`${result.reference}, since Friday 10 July 2026: there is nobody to write to`);
    expect(first.text).not.toContain('nobody-there');
    await sender.stop();
    send();
    await home.setClock('2026-07-11T08:59:00.000Z');
    const other = await opened('while-waiting');
    await settled(home.database, other.caseId);
    expect(await lists()).toEqual([['staff:2026-07-10', 'sent', null]]);
    await home.setClock('2026-07-11T09:00:00.000Z');
    await mailbox.waitFor(({ to, id }) => to === 'reviews@alliance.example' && id !== first.id);
    await until(async () => (await lists()).every(([, state]) => state === 'sent'));
    expect((await lists()).map(([key]) => key)).toEqual(['staff:2026-07-10', 'staff:2026-07-11']);
  });

  test('does not go on a day on which nothing waits, and only the newest goes after an outage', async () => {
    const { caseId } = await opened('all-well');
    let sender = send();
    await settled(home.database, caseId);
    await sender.stop();
    expect(await lists()).toEqual([]);
    await home.database.case.updateMany({ data: { attention: ['stuck'] } });
    mailbox.answerWith(() => 'later');
    sender = send();
    for (const day of ['11', '12', '13']) {
      await home.setClock(`2026-07-${day}T09:30:00.000Z`);
      await until(async () => (await lists()).some(([key]) => key === `staff:2026-07-${day}`));
    }
    await sender.stop();
    mailbox.answerWith(() => 'accept');
    await home.database.email.updateMany({ where: { state: 'deferred' }, data: { notBefore: null } });
    send();
    await until(async () => (await lists()).every(([, state]) => state === 'sent' || state === 'skipped'));
    expect(await lists()).toEqual([
      ['staff:2026-07-11', 'skipped', 'overtaken'],
      ['staff:2026-07-12', 'skipped', 'overtaken'],
      ['staff:2026-07-13', 'sent', null],
    ]);
  });
});
