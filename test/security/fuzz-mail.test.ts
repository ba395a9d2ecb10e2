import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createSmtp } from '../../adapters/smtp.js';
import { cleanLine, cleanText } from '../../domain/answer-text.js';
import { renderEmail, withLink, type Email, type EmailContent } from '../../mail/render.js';
import { samples } from '../../mail/samples.js';
import { hostileTexts, inGroups, MARK, TEXTS } from './fuzz-texts.js';
import { oneLine, parsePage } from './parsed.js';

// Hostile texts in emails: handed over by SMTP, and read again by a parser that is not ours.

const TO = 'amina@product.example';
/** Links of an email lead to our pages, to the staff's mailbox and to the Standard. */
const OURS = /^(https:\/\/[\w.]+(\/|$)|mailto:[\w.]+@[\w.]+$)/u;
const LINK = 'https://reviews.example/answer/2026-7Q2MK/token';
/** Header lines of every email; what is not here was brought in by a text. */
const HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
  'x-auto-response-suppress',
  'x-perennial-email',
];

interface Caught {
  readonly raw: Buffer;
  readonly recipients: readonly string[];
}

const caught: Caught[] = [];
let server: SMTPServer;
let url: string;
beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        caught.push({ raw: Buffer.concat(parts), recipients: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

/** A receipt: one text in head and body, and one as the name of a person; all of them as answers. */
function receiptOf(texts: readonly string[]): EmailContent {
  const [product = '', recipientName = ''] = texts;
  const answers = texts.map((answer, index) => ({ number: String(index + 1), label: answer, answer }));
  return { ...samples['receipt-privacy'], product, recipientName, answers } as EmailContent;
}

/** A text of the same lines in which every letter is an x. */
function harmless(text: string): string {
  return cleanText(text).replace(/\S/gu, 'x');
}

/** What stands in a head: nothing that reads as an encoded word. */
function inHead(text: string): string {
  return oneLine(cleanLine(text).replaceAll('=?', '= ?'));
}

/** Hands emails over, eight at once, and reads what came. */
async function sent(emails: readonly Outgoing[]): Promise<readonly ParsedMail[]> {
  caught.length = 0;
  const smtp = createSmtp({
    smtpUrl: url,
    sender: { name: 'Example Registry', address: 'reviews@registry.example' },
    replyTo: 'reviews@registry.example',
  });
  for (const batch of inBatches(emails, 8)) {
    const handed = await Promise.all(
      batch.map(({ number, name, email }) => {
        const digest = number.toString(16).padStart(64, '0');
        const outgoing = { key: keyOf(number), digest, thread: null, to: { name, address: TO }, email };
        return smtp.handOver(outgoing, AbortSignal.timeout(60_000));
      }),
    );
    expect(handed.filter(({ is }) => is !== 'accepted')).toEqual([]);
  }
  smtp.hangUp();
  expect(caught).toHaveLength(emails.length);
  expect(caught.filter(({ recipients }) => recipients.join() !== TO)).toEqual([]);
  return Promise.all(caught.map(({ raw }) => simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true })));
}

interface Outgoing {
  readonly number: number;
  readonly name: string;
  readonly email: Email;
}

const keyOf = (number: number) => `2026-7Q2MK|1|receipt|1|${number}`;

/** The email of a number, with the head that every one of ours has and nothing else. */
function theOne(mails: readonly ParsedMail[], number: number): ParsedMail {
  const found = mails.filter((mail) => mail.headers.get('x-perennial-email') === keyOf(number));
  expect(found).toHaveLength(1);
  const mail = found[0] ?? nothing();
  expect(mail.headerLines.map(({ key }) => key).sort()).toEqual(HEADERS);
  expect(addressesOf(mail.to)).toEqual([TO]);
  expect(addressesOf(mail.from)).toEqual(['reviews@registry.example']);
  expect([mail.cc, mail.bcc, mail.attachments.length]).toEqual([undefined, undefined, 0]);
  return mail;
}

describe(`${TEXTS} hostile texts in emails`, () => {
  test('add no header line, no recipient and no part, and are read as they were typed', async () => {
    const emails = inGroups(hostileTexts(TEXTS, 20_260_710), 2).map(([subject = '', name = ''], number) => {
      return { number, name, email: { subject, text: `${subject}\n${name}`, html: '<p>.</p>' } };
    });
    const mails = await sent(emails);
    const byKey = grouped(mails);
    for (const { number, name, email } of emails) {
      const mail = theOne(byKey.get(keyOf(number)) ?? [], number);
      expect([mail.subject, nameOf(mail.to)].map((one) => oneLine(one ?? ''))).toEqual(
        [email.subject, name].map(inHead),
      );
      expect(oneLine(mail.text ?? '')).toBe(oneLine(wellFormed(email.text)));
      expect(String(mail.html).trim()).toBe(email.html);
    }
  }, 180_000);

  test('are text in both bodies', () => {
    for (const texts of inGroups(hostileTexts(TEXTS, 20_260_711), 50)) {
      const { html, text } = withLink(renderEmail(receiptOf(texts)), LINK);
      const page = parsePage(html);
      expect(page.tags).toEqual(parsePage(withLink(renderEmail(receiptOf(texts.map(harmless))), LINK).html).tags);
      expect([...page.kinds].filter((kind) => kind.includes(MARK) || / on\w+$/u.test(kind))).toEqual([]);
      expect(page.addresses.filter((address) => !OURS.test(address))).toEqual([]);
      const read = oneLine(text.replaceAll('\n>', '\n'));
      const lines = texts.map((typed) => oneLine(cleanLine(typed)).replaceAll('[[link]]', '[link]'));
      expect(lines.filter((line) => !page.text.includes(line) || !read.includes(line))).toEqual([]);
    }
  }, 180_000);

  test('come whole emails with them out as they went in', async () => {
    const emails = inGroups(hostileTexts(TEXTS / 5, 20_260_712), 20).map((texts, number) => {
      return { number, name: texts[1] ?? '', email: withLink(renderEmail(receiptOf(texts)), LINK) };
    });
    const mails = await sent(emails);
    for (const { number, email } of emails) {
      const mail = theOne(mails, number);
      expect(oneLine(mail.subject ?? '')).toBe(inHead(email.subject));
      expect(mail.text?.trimEnd()).toBe(email.text.trimEnd());
      expect(oneLine(String(mail.html))).toBe(oneLine(email.html));
    }
  }, 180_000);
});

function grouped(mails: readonly ParsedMail[]): ReadonlyMap<string, readonly ParsedMail[]> {
  const groups = new Map<string, ParsedMail[]>();
  for (const mail of mails) {
    const key = mail.headers.get('x-perennial-email');
    if (typeof key === 'string') groups.set(key, [...(groups.get(key) ?? []), mail]);
  }
  return groups;
}

/** What no charset can carry becomes the replacement character; a mail's lines end in one way. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function nothing(): never {
  throw new Error('there is no such email');
}

function* inBatches<One>(all: readonly One[], size: number): Generator<readonly One[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

const listOf = (field: ParsedMail['to']): readonly AddressObject[] => [field ?? []].flat();

function addressesOf(field: ParsedMail['to']): readonly (string | undefined)[] {
  return listOf(field).flatMap(({ value }) => value.map(({ address }) => address));
}

function nameOf(field: ParsedMail['to']): string {
  return listOf(field)[0]?.value[0]?.name ?? '';
}
