import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HandOverJournal } from '../../activities/outbox.js';
import { createHandOverJournal } from '../../adapters/handover-journal.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { digestOf } from '../../prisma/email-digest.js';
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
let folder: string;
let running: RunningSender[] = [];
beforeEach(async () => {
  home = await startTestDatabase(MORNING);
  mailbox = await catchMail();
  folder = mkdtempSync(join(tmpdir(), 'perennial-journal-'));
  running = [];
}, 120_000);
afterEach(async () => {
  await Promise.allSettled(running.map((one) => one.stop()));
  await mailbox.stop();
  await home.stop();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'handover-journal');
function run(journal: HandOverJournal = createHandOverJournal(file())): RunningSender {
  const one = runSender(senderOf(home, { smtpUrl: mailbox.smtpUrl, journal }));
  running.push(one);
  return one;
}
/** A product whose first email is due. */
async function opened(slug: string): Promise<string> {
  await listProduct(home.database, slug);
  return open(slug);
}
async function open(slug: string): Promise<string> {
  const caseId = `dpg/${slug}`;
  await say(home.database, caseId, wake);
  await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date(MORNING) } });
  return caseId;
}
const emailOf = (caseId: string) => home.database.email.findFirstOrThrow({ where: { caseId } });
const lines = () => readFileSync(file(), 'utf8').split('\n').filter(Boolean);
const sentTo = (slug: string) => mailbox.emails().filter(({ to }) => to === `amina@${slug}.example`);

/** The records of a product as they were before anything of its review: what an older copy of the database has. */
async function forget(slug: string): Promise<void> {
  const { database } = home;
  const caseId = `dpg/${slug}`;
  const reviews = { application: { caseId } };
  await database.email.deleteMany({ where: { caseId } });
  await database.outcome.deleteMany({ where: { submission: { caseId } } });
  await database.submission.deleteMany({ where: { caseId } });
  await database.recipient.deleteMany({ where: reviews });
  await database.application.deleteMany({ where: { caseId } });
  await database.case.update({ where: { id: caseId }, data: { agenda: [], nextDueAt: null, attention: [] } });
}

describe('before the text of an email goes', () => {
  test('its digest stands in the journal, and nothing of the person', async () => {
    const caseId = await opened('noted');
    const { id } = await emailOf(caseId);
    const seen: string[][] = [];
    mailbox.answerWith(() => {
      seen.push(lines());
      return 'accept';
    });
    run();
    await settled(home.database, caseId);
    const digest = await digestOf(home.database, id);
    expect(lines()).toEqual([`+${digest}`]);
    expect(readFileSync(file(), 'utf8')).not.toMatch(/amina|noted/u);
    const [caught] = sentTo('noted');
    expect(caught?.headers.join('\n')).toContain(`<${digest.slice(0, 40)}@`);
  });

  test('a journal that cannot be written keeps it, and the email waits', async () => {
    const caseId = await opened('kept');
    const journal = createHandOverJournal(file());
    let full = true;
    const sender = run({
      ...journal,
      add: (digest) => (full ? Promise.reject(new Error('no space left on device')) : journal.add(digest)),
    });
    await until(async () => (await emailOf(caseId)).state === 'deferred');
    expect(await emailOf(caseId)).toMatchObject({ reason: 'journal_away', attempts: 0 });
    expect(mailbox.emails()).toEqual([]);
    full = false;
    await until(async () => (await emailOf(caseId)).state === 'sent');
    expect(sentTo('kept')).toHaveLength(1);
    await sender.stop();
  });
});

describe('an email that the mail server did not take', () => {
  test.each(['later', 'refuse_after_data', 'drop_before_data'] as const)(
    '%s: is not called handed over',
    async (how) => {
      const caseId = await opened('not-taken');
      mailbox.answerWith(() => how);
      const first = run();
      await until(async () => ['deferred', 'refused'].includes((await emailOf(caseId)).state));
      await first.stop();
      const { id, state } = await emailOf(caseId);
      const known = createHandOverJournal(file());
      await known.begin();
      await known.end();
      expect(known.has(await digestOf(home.database, id))).toBe(false);
      if (state === 'refused') return;
      mailbox.answerWith(() => 'accept');
      await home.database.email.updateMany({ where: { caseId }, data: { notBefore: null } });
      run();
      await until(async () => (await emailOf(caseId)).state === 'sent');
      expect(sentTo('not-taken')).toHaveLength(1);
    },
  );
});

describe('an older copy of the records', () => {
  test('with an email still queued: unknown at the start of the sender, listed, and not sent', async () => {
    const caseId = await opened('again');
    const first = run();
    await settled(home.database, caseId);
    await first.stop();
    await home.database.email.updateMany({ where: { caseId }, data: { state: 'queued', token: null, attempts: 0 } });
    await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date('2026-08-10T09:00:00.000Z') } });
    run();
    await until(async () => (await emailOf(caseId)).state === 'unknown');
    expect(await emailOf(caseId)).toMatchObject({ reason: 'handed_before' });
    expect(await takeAll(home.database, caseId)).toMatchObject({ attention: ['unknown_handover'] });
    expect(sentTo('again')).toHaveLength(1);
  });

  test('without the review: opened again under other numbers, its prompt is unknown; sent again by staff it goes', async () => {
    const caseId = await opened('anew');
    const sender = run();
    await settled(home.database, caseId);
    const before = await emailOf(caseId);
    await forget('anew');
    await open('anew');
    await until(async () => (await emailOf(caseId)).state === 'unknown');
    const after = await emailOf(caseId);
    expect(after.recipientId).not.toBe(before.recipientId);
    const { reference } = await takeAll(home.database, caseId);
    await say(home.database, caseId, { kind: 'resend', applicationId: reference, body: { unknown: true } });
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ state }) => state)).toEqual(['unknown', 'sent']);
    expect(sentTo('anew')).toHaveLength(2);
    await sender.stop();
  });

  test('in which another person has the number of the one who was asked: that person is asked', async () => {
    const caseId = await opened('somebody');
    const sender = run();
    await settled(home.database, caseId);
    await sender.stop();
    const { recipientId, key } = await emailOf(caseId);
    await forget('somebody');
    await home.database.contact.updateMany({
      where: { slug: 'somebody', rank: 'primary' },
      data: { name: 'Bea', address: 'bea@somebody.example' },
    });
    await home.database.$executeRaw`select setval('"Recipient_id_seq"', ${recipientId ?? 0}, false)`;
    await open('somebody');
    expect(await emailOf(caseId)).toMatchObject({ key, recipientId });
    run();
    await until(async () => (await emailOf(caseId)).state === 'sent');
    expect(mailbox.emails().map(({ to }) => to)).toEqual(['amina@somebody.example', 'bea@somebody.example']);
    const ids = mailbox.emails().map(({ headers }) => headers.find((line) => /^message-id:/iu.test(line)));
    expect(ids[0]).not.toBe(ids[1]);
  });
});
