import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Review, SectionWord } from '../../domain/case.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { section } from '../support/case-records.js';
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

const MORNING = '2026-07-10T09:30:00.000Z';
let home: TestDatabase;
let mailbox: Mailbox;
let running: RunningSender[] = [];
beforeAll(async () => {
  home = await startTestDatabase(MORNING);
}, 120_000);
afterAll(() => home.stop());
beforeEach(async () => {
  mailbox = await catchMail();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await mailbox.stop();
  await home.database.email.updateMany({
    where: { state: { in: ['queued', 'deferred'] } },
    data: { state: 'skipped' },
  });
});

/** Runs the sender of an installation, or one that a test wants otherwise. */
function send(other: Partial<Parameters<typeof senderOf>[1]> = {}): RunningSender {
  const one = runSender(senderOf(home, { smtpUrl: mailbox.smtpUrl, ...other }));
  running.push(one);
  return one;
}

/** A product whose review was opened an hour before the sending time of the day that it now is. */
async function opened(slug: string): Promise<{ caseId: string; reference: string }> {
  const caseId = await listProduct(home.database, slug);
  const { result } = await say(home.database, caseId, wake);
  await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date('2026-07-10T09:00:00.000Z') } });
  return { caseId, reference: result.reference ?? '' };
}

const rowsOf = async (caseId: string) => {
  const rows = await home.database.submission.findMany({ where: { caseId, role: 'mail' }, orderBy: { id: 'asc' } });
  return rows.map(({ kind, body }) => ({ kind, ...(body as object) }));
};
const refusedReceipts = (caseId: string) =>
  home.database.email.count({ where: { caseId, kind: 'receipt', state: 'refused' } });
const declaration = { name: 'Amina', role: 'lead', maySpeak: true };
const to = (slug: string) => mailbox.emails().filter((email) => email.to.endsWith(`@${slug}.example`));

describe('an email that is due', () => {
  test('reaches its person once, with a link of their own, and begins the turn', async () => {
    const { caseId, reference } = await opened('first');
    send();
    const [email] = await settled(home.database, caseId);
    expect(email).toMatchObject({ state: 'sent', attempts: 1 });
    const [caught] = to('first');
    expect(caught).toMatchObject({ to: 'amina@first.example', key: email?.key });
    expect(caught?.links).toContainEqual(
      expect.stringMatching(new RegExp(`^https://reviews.alliance.example/answer/${reference}/[\\w-]{43}$`)),
    );
    expect(caught?.text).not.toContain('[[link]]');
    expect(await rowsOf(caseId)).toEqual([{ kind: 'email_taken', turn: 1, takenAt: expect.any(String) }]);
    const { waitingOn, next } = await takeAll(home.database, caseId);
    expect(waitingOn).toBe('owner');
    expect(next).toMatchObject({ what: 'reminder' });
    const application = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(application.review).toMatchObject({ turn: { deadline: email?.deadline?.toISOString().slice(0, 10) } });
  });

  test('the row keeps the text as it went, with a placeholder for the link', async () => {
    const { caseId } = await opened('kept-text');
    send();
    const [email] = await settled(home.database, caseId);
    expect(email?.text).toContain('[[link]]');
    expect(email?.html).toContain('[[link]]');
    expect(email?.subject).toBe(to('kept-text')[0]?.subject);
    expect(email?.text).not.toMatch(/\/answer\//);
  });

  test('waits for its time of the case, and is not sent before', async () => {
    const { caseId } = await opened('later-today');
    await home.database.email.updateMany({ where: { caseId }, data: { dueAt: new Date('2026-07-11T09:00:00.000Z') } });
    const other = await opened('now');
    send();
    await settled(home.database, other.caseId);
    expect(to('later-today')).toEqual([]);
    expect(to('now')).toHaveLength(1);
  });

  test('is sent once by two senders that start at once: the second waits until the first has ended', async () => {
    const cases = await Promise.all(['two-a', 'two-b', 'two-c', 'two-d'].map((slug) => opened(slug)));
    const [one, two] = [send(), send()];
    for (const { caseId } of cases) await settled(home.database, caseId);
    expect(['two-a', 'two-b', 'two-c', 'two-d'].map((slug) => to(slug).length)).toEqual([1, 1, 1, 1]);
    const waiting = await until(async () =>
      [one, two].find(({ beats }) => beats.at(-1)?.lastProblem === 'another_sender'),
    );
    const worker = waiting === one ? two : one;
    await worker.stop();
    const { caseId } = await opened('two-e');
    await settled(home.database, caseId);
    expect(to('two-e')).toHaveLength(1);
  });

  test('carries headers by which it is recognised, threaded and not answered by machines', async () => {
    const { caseId } = await opened('headers');
    send();
    const [email] = await settled(home.database, caseId);
    await say(home.database, caseId, { kind: 'new_link', role: 'owner', actor: '1' });
    await takeAll(home.database, caseId);
    await settled(home.database, caseId);
    const [first, second] = to('headers');
    const header = (which: typeof first, name: string) =>
      which?.headers.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
    expect(header(first, 'x-perennial-email')).toBe(email?.key);
    expect(header(first, 'auto-submitted')).toBe('auto-generated');
    expect(header(first, 'reply-to')).toBe('reviews@alliance.example');
    expect(header(first, 'message-id')).toMatch(/^<[0-9a-f]{40}@alliance\.example>$/);
    expect(header(first, 'in-reply-to')).toBeUndefined();
    expect(header(second, 'in-reply-to')).toBe(header(first, 'message-id'));
    expect(header(second, 'references')).toBe(header(first, 'message-id'));
  });
});

describe('many emails that are due', () => {
  test('go in the order in which they were due', async () => {
    const slugs = ['due-third', 'due-first', 'due-second'];
    const cases = [];
    for (const slug of slugs) cases.push(await opened(slug));
    for (const [index, minute] of [30, 10, 20].entries()) {
      const dueAt = new Date(`2026-07-10T08:${minute}:00.000Z`);
      await home.database.email.updateMany({ where: { caseId: cases[index]?.caseId ?? '' }, data: { dueAt } });
    }
    let real = Date.now();
    send({ now: () => real, limits: { perSecond: 1, perDomainPerSecond: 1 } });
    for (const count of [1, 2, 3]) {
      await until(async () => mailbox.emails().length === count);
      real += 1_000;
    }
    expect(mailbox.emails().map(({ to: address }) => address)).toEqual([
      'amina@due-first.example',
      'amina@due-second.example',
      'amina@due-third.example',
    ]);
  });
});

describe('a mail server that does not take an email', () => {
  test('for good: the next address gets the same email, and nobody the first one again', async () => {
    const { caseId } = await opened('refused');
    mailbox.answerWith((recipient) => (recipient === 'amina@refused.example' ? 'refuse' : 'accept'));
    send();
    await until(async () => (await rowsOf(caseId)).length === 1);
    await takeAll(home.database, caseId);
    await home.database.email.updateMany({
      where: { caseId, state: 'queued' },
      data: { dueAt: new Date('2026-07-10T09:00:00.000Z') },
    });
    const emails = await settled(home.database, caseId);
    expect(emails.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['prompt', 'refused', 'address_refused'],
      ['prompt', 'sent', null],
    ]);
    expect(to('refused').map((email) => email.to)).toEqual(['bao@refused.example']);
    expect((await rowsOf(caseId)).map(({ kind }) => kind)).toEqual(['email_refused', 'email_taken']);
    const recipients = await home.database.recipient.findMany({ where: { application: { caseId } } });
    expect(recipients.map(({ refusedAt }) => refusedAt !== null)).toEqual([true, false]);
  });

  test('of anybody: what nobody could be asked is asked as soon as staff say that the address is right', async () => {
    const { caseId, reference } = await opened('reached-again');
    const ofReview = { applicationId: reference, round: 1 };
    mailbox.answerWith(() => 'refuse');
    send();
    const body = { answers: { pii_level: 'none' }, forReviewers: {}, confirmed: [], declaration };
    await say(home.database, caseId, { ...ofReview, kind: 'answers', role: 'owner', actor: '1', body });
    // The receipt goes to one address after the other.
    await until(async () => (await takeAll(home.database, caseId)) && (await refusedReceipts(caseId)) === 2);
    await takeAll(home.database, caseId);
    const decides = async (level: 'l1' | 'l2', by: string, word: SectionWord) => {
      const sections = [{ ...section(word), section: '9a' }];
      const verdict = { level, by, answersVersion: 1, days: null, secondRoundReason: null, sections };
      const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
      // What steps wrote.
      const { round } = review as unknown as Review;
      return say(home.database, caseId, { ...ofReview, round, kind: 'verdict', role: level, actor: by, body: verdict });
    };
    await decides('l1', 'ada', 'meets');
    const asked = await decides('l2', 'ezra', 'clarify');
    expect(asked).toMatchObject({ outcome: { result: 'accepted' }, result: { attention: ['no_contact'] } });
    expect(await home.database.email.count({ where: { caseId, kind: 'clarification' } })).toBe(0);

    mailbox.answerWith(() => 'accept');
    await say(home.database, caseId, { ...ofReview, kind: 'resend', role: 'secretariat', actor: 'fatou' });
    expect((await takeAll(home.database, caseId)).attention).toEqual([]);
    const clarifications = await home.database.email.findMany({ where: { caseId, kind: 'clarification' } });
    expect(clarifications.map(({ state }) => state)).toEqual(['queued']);
  });

  test('after it has read it: refused too, and known to be', async () => {
    const { caseId } = await opened('unwanted');
    mailbox.answerWith(() => 'refuse_after_data');
    send();
    const [email] = await settled(home.database, caseId);
    expect(email).toMatchObject({ state: 'refused', reason: 'content_refused' });
    expect(to('unwanted')).toEqual([]);
  });

  test('for now: it is put off for 30 s, then twice as long, and goes when it is taken', async () => {
    const { caseId } = await opened('put-off');
    mailbox.answerWith(() => 'later');
    let real = Date.now();
    send({ now: () => real });
    const putOff = await until(() => home.database.email.findFirst({ where: { caseId, state: 'deferred' } }));
    expect(putOff).toMatchObject({ reason: 'not_now', attempts: 1 });
    expect(putOff.notBefore?.getTime()).toBe(real + 30_000);
    real += 31_000;
    const again = await until(() =>
      home.database.email.findFirst({ where: { caseId, attempts: 2, state: 'deferred' } }),
    );
    expect(again.notBefore?.getTime()).toBe(real + 60_000);
    expect(await rowsOf(caseId)).toEqual([]);
    mailbox.answerWith(() => 'accept');
    real += 61_000;
    await until(() => home.database.email.findFirst({ where: { caseId, state: 'sent' } }));
    expect(to('put-off')).toHaveLength(1);
  });

  test('that cuts the line before the text: put off; after the text: unknown, and never sent again by itself', async () => {
    const before = await opened('cut-before');
    const after = await opened('cut-after');
    mailbox.answerWith((recipient) => (recipient.includes('cut-before') ? 'drop_before_data' : 'drop_after_data'));
    const sender = send();
    await until(() => home.database.email.findFirst({ where: { caseId: before.caseId, state: 'deferred' } }));
    const unknown = await until(() =>
      home.database.email.findFirst({ where: { caseId: after.caseId, state: 'unknown' } }),
    );
    expect(await rowsOf(after.caseId)).toEqual([{ kind: 'email_unknown', turn: 1, email: unknown.id }]);
    mailbox.answerWith(() => 'accept');
    await sender.stop();
    send();
    const next = await opened('cut-next');
    await settled(home.database, next.caseId);
    expect(to('cut-after')).toHaveLength(1);
    expect((await takeAll(home.database, after.caseId)).attention).toEqual(['unknown_handover']);
    expect(to('cut-before')).toEqual([]);
  });

  test('that says nothing: put off, while others go', async () => {
    const silent = await opened('silent');
    const others = await Promise.all(['heard-a', 'heard-b'].map((slug) => opened(slug)));
    mailbox.answerWith((recipient) => (recipient.includes('silent') ? 'silent' : 'accept'));
    send({ waits: { beforeText: 300 } });
    for (const { caseId } of others) await settled(home.database, caseId);
    const email = await until(() =>
      home.database.email.findFirst({ where: { caseId: silent.caseId, state: 'deferred' } }),
    );
    expect(email.reason).toBe('mail_server_silent');
  });

  test('that is away: nothing counts as tried, nothing is lost, and all goes once when it is back', async () => {
    const slugs = ['away-a', 'away-b', 'away-c'];
    const cases = [];
    for (const slug of slugs) cases.push(await opened(slug));
    let real = Date.now();
    const { port } = mailbox;
    await mailbox.stop();
    const sender = send({ now: () => real, limits: { perSecond: 20, perDomainPerSecond: 20 } });
    await until(async () => sender.beats.some(({ mailServerAway }) => mailServerAway) || ((real += 1_000), false));
    const emails = await home.database.email.findMany({ where: { caseId: { in: cases.map(({ caseId }) => caseId) } } });
    expect(emails.filter(({ state, attempts }) => state === 'sent' || state === 'unknown' || attempts > 0)).toEqual([]);
    expect(sender.beats.at(-1)).toMatchObject({ lastProblem: 'mail_server_away', mailServerAway: true });
    mailbox = await catchMail(port);
    const moving = setInterval(() => (real += 1_000), 20);
    for (const { caseId } of cases) await settledSent(caseId);
    clearInterval(moving);
    expect(mailbox.emails()).toHaveLength(3);
    for (const { caseId } of cases) expect((await rowsOf(caseId)).map(({ kind }) => kind)).toEqual(['email_taken']);
  });
});

const settledSent = (caseId: string) =>
  until(() => home.database.email.findFirst({ where: { caseId, state: 'sent' } }));
