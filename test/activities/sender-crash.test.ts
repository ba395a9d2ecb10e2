import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { createSender } from '../../activities/sender.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startNomination } from '../../prisma/start-nomination.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import {
  catchMail,
  head,
  runSender,
  say,
  senderOf,
  settled,
  takeAll,
  until,
  wake,
  type RunningSender,
} from '../support/post.js';

let home: TestDatabase;
let mailbox: Mailbox;
let running: RunningSender[] = [];
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T09:00:00.000Z');
  mailbox = await catchMail();
  running = [];
}, 120_000);
afterEach(async () => {
  await Promise.allSettled(running.map((one) => one.stop()));
  await mailbox.stop();
  await home.stop();
});

type Options = Partial<Parameters<typeof senderOf>[1]>;
const make = (other: Options = {}) => senderOf(home, { smtpUrl: mailbox.smtpUrl, ...other });
function run(sender: ReturnType<typeof createSender>): RunningSender {
  const one = runSender(sender);
  running.push(one);
  return one;
}

async function opened(slug: string): Promise<string> {
  const caseId = await listProduct(home.database, slug);
  await say(home.database, caseId, wake);
  await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date('2026-07-10T09:00:00.000Z') } });
  return caseId;
}
const emailOf = (caseId: string) => home.database.email.findFirstOrThrow({ where: { caseId } });
const rowsOf = async (caseId: string) => {
  const rows = await home.database.submission.findMany({ where: { caseId, role: 'mail' }, orderBy: { id: 'asc' } });
  return rows.map(({ kind }) => kind);
};
/** Ends, from the server's side, every connection that holds the sender's lock. */
async function cutLock(): Promise<void> {
  const client = new pg.Client({ connectionString: home.url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'perennial sender' and datname = current_database()",
  );
  await client.end();
}
const records = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

describe('a sender that dies', () => {
  test('between the word of the mail server and the record: unknown, listed, and not sent twice', async () => {
    const caseId = await opened('killed');
    // As a killed process leaves it: the mail server has the email, the records say "in hand-over", nobody goes on.
    const dead = run(make({ records: { ...records(), record: () => new Promise(() => undefined) } }));
    await mailbox.waitFor(({ to }) => to === 'amina@killed.example');
    expect(await emailOf(caseId)).toMatchObject({ state: 'handing_over' });
    await dead.stop();
    run(make());
    await until(async () => (await emailOf(caseId)).state === 'unknown');
    expect(await rowsOf(caseId)).toEqual(['email_unknown']);
    const state = await takeAll(home.database, caseId);
    expect(state).toMatchObject({ waitingOn: 'secretariat', attention: ['unknown_handover'] });
    const next = await opened('after-killed');
    await settled(home.database, next);
    expect(mailbox.emails().filter(({ to }) => to === 'amina@killed.example')).toHaveLength(1);
  });

  test('an unknown one that staff send again goes under another key, once, and begins the turn', async () => {
    const caseId = await opened('sent-again');
    mailbox.answerWith(() => 'drop_after_data');
    run(make());
    await until(async () => (await emailOf(caseId)).state === 'unknown');
    mailbox.answerWith(() => 'accept');
    await takeAll(home.database, caseId);
    const { reference } = await takeAll(home.database, caseId);
    await say(home.database, caseId, { kind: 'resend', applicationId: reference, body: { unknown: true } });
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ state }) => state)).toEqual(['unknown', 'sent']);
    expect(new Set(mailbox.emails().map(({ key }) => key)).size).toBe(2);
    expect(await takeAll(home.database, caseId)).toMatchObject({ waitingOn: 'owner', attention: [] });
  });
});

describe('a sender whose lock is lost', () => {
  test('ends with an error; the next run goes on, and nothing went twice', async () => {
    const cases = await Promise.all(['lock-a', 'lock-b', 'lock-c'].map((slug) => opened(slug)));
    const sender = make();
    const first = run(sender);
    for (const caseId of cases) await settled(home.database, caseId);
    await cutLock();
    await expect(first.ended).rejects.toThrow();
    const more = await opened('lock-d');
    run(sender);
    await settled(home.database, more);
    expect(mailbox.emails()).toHaveLength(4);
    expect(new Set(mailbox.emails().map(({ key }) => key)).size).toBe(4);
  });

  test('in the middle of a hand-over: the process that made it may still say that it was taken', async () => {
    const caseId = await opened('late-word');
    const real = records();
    let away = true;
    const sender = make({
      records: {
        ...real,
        record: (result) => (away ? Promise.reject(new Error('the database is away')) : real.record(result)),
      },
    });
    const first = run(sender);
    await mailbox.waitFor(({ to }) => to === 'amina@late-word.example');
    await cutLock();
    await expect(first.ended).rejects.toThrow();
    // Another process takes over in between, and cannot know.
    const other = run(make());
    await until(async () => (await emailOf(caseId)).state === 'unknown');
    await other.stop();
    away = false;
    run(sender);
    await until(async () => (await emailOf(caseId)).state === 'sent');
    expect(await rowsOf(caseId)).toEqual(['email_unknown', 'email_taken']);
    expect(await takeAll(home.database, caseId)).toMatchObject({ waitingOn: 'owner', attention: [] });
    expect(mailbox.emails()).toHaveLength(1);
  });
});

describe('a sender that is told to end', () => {
  test('lets what is in hand-over finish, and gives the lock back', async () => {
    const cases = [];
    for (let index = 0; index < 20; index += 1) cases.push(await opened(`ends-${index}`));
    const first = run(make());
    await mailbox.waitFor(() => true);
    await first.stop();
    const emails = await home.database.email.findMany({ where: { caseId: { in: cases } } });
    expect(new Set(emails.map(({ state }) => state)).has('handing_over')).toBe(false);
    expect(emails.filter(({ state }) => state === 'sent')).toHaveLength(mailbox.emails().length);
    run(make());
    for (const caseId of cases) await settled(home.database, caseId);
    expect(mailbox.emails()).toHaveLength(20);
    expect(new Set(mailbox.emails().map(({ key }) => key)).size).toBe(20);
  });

  test('does not wait for a mail server that says nothing: the email stays queued', async () => {
    const caseId = await opened('hangs');
    mailbox.answerWith(() => 'silent');
    const first = run(make());
    await until(async () => (await emailOf(caseId)).state === 'handing_over');
    await first.stop();
    expect(await emailOf(caseId)).toMatchObject({ state: 'queued', attempts: 0 });
    mailbox.answerWith(() => 'accept');
    run(make());
    await settled(home.database, caseId);
    expect(mailbox.emails()).toHaveLength(1);
  });
});

describe('an email whose reader is erased while it is handed over', () => {
  test('is gone, and stops nobody', async () => {
    const address = 'gone@rain.example';
    const start = { product: 'Rain Atlas', website: 'https://rain.example.org', name: 'Amina Diallo', address };
    await startNomination(home.database, { kind: 'nomination', ...start });
    const real = records();
    const record: typeof real.record = async (result) => {
      await erasePerson(home.database, { address, actor: 'fatou' });
      return real.record(result);
    };
    run(make({ records: { ...real, record } }));
    await mailbox.waitFor(({ to }) => to === address);
    const well = await opened('well');
    expect((await settled(home.database, well)).map(({ state }) => state)).toEqual(['sent']);
    expect(await home.database.email.count({ where: { kind: 'nomination_start' } })).toBe(0);
  });
});

describe('an email that cannot be made', () => {
  test('is put off and stops nobody', async () => {
    const broken = await opened('broken');
    await home.database.email.updateMany({ where: { caseId: broken }, data: { kind: 'letter' } });
    const well = await opened('well');
    const failures: (number | null)[] = [];
    const sender = run(make({ failed: (id) => failures.push(id) }));
    await settled(home.database, well);
    expect(await emailOf(broken)).toMatchObject({ state: 'deferred', reason: 'text_failed', attempts: 1 });
    expect(failures).toEqual([(await emailOf(broken)).id]);
    await until(async () => sender.beats.some(({ lastProblem }) => lastProblem === 'text_failed'));
  });
});

describe('many emails', () => {
  test('go under the limits for all and for one domain, each once', async () => {
    const cases = [];
    for (let index = 0; index < 12; index += 1) cases.push(await opened(`many-${index}`));
    await home.database.recipient.updateMany({
      where: { address: { in: [0, 1, 2].map((index) => `amina@many-${index}.example`) } },
      data: { address: 'amina@one-domain.example' },
    });
    run(make({ limits: { perSecond: 1_000, perDomainPerSecond: 0.001 } }));
    await until(async () => mailbox.emails().length === 10);
    // One of the crowded domain went; its others wait, and nobody waited for them.
    expect(mailbox.emails().filter(({ to }) => to.endsWith('@one-domain.example'))).toHaveLength(1);
    const waiting = await home.database.email.count({ where: { caseId: { in: cases }, state: 'queued' } });
    expect(waiting).toBe(2);
  });
});
