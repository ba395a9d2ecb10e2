import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmtp } from '../../adapters/smtp.js';
import type { MailServer, OutgoingEmail } from '../../activities/outbox.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { catchMail } from '../support/post.js';

const outgoing: OutgoingEmail = {
  key: '2026-7Q2MK|123456|clarification_reminder|12|reminder:12:2027-01-23:28',
  digest: 'a1'.repeat(32),
  thread: null,
  to: { name: 'Amina Diallo', address: 'amina@product.example' },
  email: { subject: 'Openwise: confirm', text: 'Confirm.\n.\nQUIT\n', html: '<p>Confirm.</p>' },
};
const never = new AbortController().signal;
const sender = { name: 'Invented Alliance', address: 'reviews@alliance.example' };
const opened: MailServer[] = [];

function smtpTo(smtpUrl: string, limits: NonNullable<Parameters<typeof createSmtp>[0]['limits']> = {}): MailServer {
  const smtp = createSmtp({ smtpUrl, sender, replyTo: 'staff@alliance.example', limits });
  opened.push(smtp);
  return smtp;
}
afterEach(() => {
  for (const smtp of opened.splice(0)) smtp.hangUp();
});

describe('an email over the line', () => {
  let mailbox: Mailbox;
  beforeEach(async () => {
    mailbox = await catchMail();
  });
  afterEach(() => mailbox.stop());

  test('arrives whole, at one address, under its key', async () => {
    expect(await smtpTo(mailbox.smtpUrl).handOver(outgoing, never)).toEqual({ is: 'accepted' });
    const [email] = mailbox.emails();
    expect(email).toMatchObject({ key: outgoing.key, to: 'amina@product.example', subject: outgoing.email.subject });
    expect(email?.text).toBe(outgoing.email.text);
    expect(email?.html?.trim()).toBe(outgoing.email.html);
  });

  test('has the same Message-ID at each attempt, and another one for another digest', async () => {
    const smtp = smtpTo(mailbox.smtpUrl);
    mailbox.answerWith(() => 'later');
    await smtp.handOver(outgoing, never);
    mailbox.answerWith(() => 'accept');
    await smtp.handOver(outgoing, never);
    await smtpTo(mailbox.smtpUrl).handOver(outgoing, never);
    await smtp.handOver({ ...outgoing, digest: 'b2'.repeat(32) }, never);
    const ids = mailbox.emails().map(({ headers }) => headers.find((line) => /^message-id:/i.test(line)));
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test.each([
    ['a line break', 'Amina\r\nBcc: everybody@evil.example'],
    ['an address', 'Amina" <everybody@evil.example>, "x'],
    ['NUL, and letters that run backwards', 'Am\u0000ina \u202eelpmaxe'],
    ['a lone surrogate', 'Amina \ud800'],
    ['an encoded word', '=?utf-8?q?Amina=0D=0ABcc:_everybody=40evil.example?='],
  ])('%s in a name, subject or key adds no header and no recipient', async (_name, hostile) => {
    const plain = smtpTo(mailbox.smtpUrl);
    await plain.handOver(outgoing, never);
    const bad = { ...outgoing, key: hostile, to: { name: hostile, address: outgoing.to.address } };
    const handed = await plain.handOver({ ...bad, email: { ...outgoing.email, subject: hostile } }, never);
    expect(handed).toEqual({ is: 'accepted' });
    const names = mailbox
      .emails()
      .map(({ headers }) => headers.map((line) => line.split(':')[0]?.toLowerCase()).sort());
    expect(names).toHaveLength(2);
    expect(names[1]).toEqual(names[0]);
    expect(mailbox.emails()[1]?.to).toBe('amina@product.example');
  });

  test('an address that is none is refused, whatever stands around it', async () => {
    const smtp = smtpTo(mailbox.smtpUrl);
    for (const address of ['', 'amina', 'amina@product.example>\r\nRCPT TO:<everybody@evil.example']) {
      const handed = await smtp.handOver({ ...outgoing, to: { name: 'Amina', address } }, never);
      expect(handed).toEqual({ is: 'refused', because: 'bad_address' });
    }
    expect(mailbox.emails()).toEqual([]);
  });

  test('goes over one line after the other email, and over a new one after a pause', async () => {
    const smtp = smtpTo(mailbox.smtpUrl);
    for (let index = 0; index < 5; index += 1) await smtp.handOver({ ...outgoing, key: `k${index}` }, never);
    smtp.hangUp();
    expect(await smtp.handOver({ ...outgoing, key: 'after' }, never)).toEqual({ is: 'accepted' });
    expect(mailbox.emails()).toHaveLength(6);
  });
});

/** A mail server of a few words: answers each line of a client by its first word; null cuts the line. */
async function scripted(words: Readonly<Record<string, string | null>>, afterData?: string | null): Promise<Server> {
  const server = createServer((socket) => {
    let inData = false;
    socket.on('error', () => undefined);
    socket.write('220 scripted.example\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (inData) {
        if (afterData === undefined) return;
        if (afterData === null) socket.destroy();
        else if (text.includes('\r\n.\r\n')) socket.write(`${afterData}\r\n`);
        return;
      }
      const verb = text.slice(0, 4).toUpperCase();
      const answer = verb in words ? words[verb] : verb === 'DATA' ? '354 go on' : '250 ok';
      if (answer === null || answer === undefined) socket.destroy();
      else socket.write(`${answer}\r\n`);
      inData = verb === 'DATA' && /^[23]/.test(answer ?? '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('what is known after an attempt', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function handed(words: Parameters<typeof scripted>[0], afterData?: string | null, signal = never) {
    const server = await scripted(words, afterData);
    servers.push(server);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return smtpTo(`smtp://127.0.0.1:${port}`, { beforeText: 400, connecting: 400 }).handOver(outgoing, signal);
  }

  test.each([
    ['the recipient is refused for good', { RCPT: '550 no' }, { is: 'refused', because: 'address_refused' }],
    ['the recipient is refused for now', { RCPT: '450 no' }, { is: 'later', because: 'not_now', whole: false }],
    ['too many emails for one', { RCPT: '421 no' }, { is: 'later', because: 'not_now', whole: false }],
    ['commands out of order', { RCPT: '503 no' }, { is: 'later', because: 'not_now', whole: false }],
    ['we are refused', { MAIL: '550 no' }, { is: 'later', because: 'sender_refused', whole: true }],
    ['we must sign in', { RCPT: '530 no' }, { is: 'later', because: 'sender_refused', whole: true }],
    ['the text is not wanted before it came', { DATA: '554 no' }, { is: 'refused', because: 'content_refused' }],
    [
      'the line is cut before the text',
      { RCPT: null },
      { is: 'later', because: 'mail_server_closed_line', whole: false },
    ],
    ['it is cut at the word DATA', { DATA: null }, { is: 'later', because: 'mail_server_closed_line', whole: false }],
    [
      'no greeting that is one',
      { EHLO: '554 no', HELO: '554 no' },
      { is: 'later', because: 'mail_server_away', whole: true },
    ],
  ])('%s', async (_name, words, expected) => {
    expect(await handed(words, '250 ok')).toEqual(expected);
  });

  test.each([
    ['cut in the middle of the text, or at its end', null, { is: 'unknown' }],
    ['refused for good after the text', '554 no', { is: 'refused', because: 'content_refused' }],
    ['refused for now after the text', '451 no', { is: 'later', because: 'not_now', whole: false }],
    ['taken', '250 ok', { is: 'accepted' }],
  ])('%s', async (_name, afterData, expected) => {
    expect(await handed({}, afterData)).toEqual(expected);
  });

  test('a server that takes 250 for an invitation to send the text', async () => {
    expect(await handed({ DATA: '250 ok' }, null)).toEqual({ is: 'unknown' });
  });

  test('we are to end: before the text nothing left, after it nobody knows', async () => {
    const soon = () => AbortSignal.timeout(200);
    expect(await handed({}, undefined, soon())).toEqual({ is: 'unknown' });
    const early = new AbortController();
    early.abort();
    expect(await handed({}, '250 ok', early.signal)).toEqual({ is: 'later', because: 'stopped', whole: false });
  });

  test('nobody listens at the port', async () => {
    const smtp = smtpTo('smtp://127.0.0.1:1');
    expect(await smtp.handOver(outgoing, never)).toEqual({ is: 'later', because: 'mail_server_away', whole: true });
  });
});
