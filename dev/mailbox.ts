import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { type MailAnswer, startCatching } from './mailbox-smtp.js';

/** An email that was caught instead of delivered. */
export interface CaughtEmail {
  /** Five digits, in the order in which they came. */
  readonly id: string;
  /** The row of the email that this message carries: its header X-Perennial-Email. Undefined for foreign mail. */
  readonly key: string | undefined;
  /** The address that it was handed over for. */
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** When it was caught, in real time. */
  readonly at: Date;
  readonly text: string;
  readonly html: string | undefined;
  /** Every web address in the text, in its order. */
  readonly links: readonly string[];
  /** Header lines as they came, in their order. */
  readonly headers: readonly string[];
  /** The `.eml` file that keeps it. */
  readonly file: string;
}

/** A mail server that keeps everything and delivers nothing. */
export interface Mailbox {
  /** For SMTP_URL. */
  readonly smtpUrl: string;
  readonly port: number;
  /** Everything caught, oldest first; what earlier runs caught in the same folder too. */
  emails(): readonly CaughtEmail[];
  find(id: string): CaughtEmail | undefined;
  /** Calls the listener with each email from now on. Returns what ends that. */
  onEmail(listener: (email: CaughtEmail) => void): () => void;
  /**
   * The first email, caught already or yet to come, that matches.
   * @throws when none came within `limitMs` (10 s by default).
   */
  waitFor(matches: (email: CaughtEmail) => boolean, limitMs?: number): Promise<CaughtEmail>;
  /** Decides from now on what happens to an email, by its recipient. See {@link MailAnswer}. */
  answerWith(answerFor: (recipient: string) => MailAnswer): void;
  readonly stop: () => Promise<void>;
}

const DELIVERED_TO = 'Delivered-To';
const KEY_HEADER = 'x-perennial-email';

/**
 * Starts the mail server on loopback and reads what the folder already holds.
 * @param plan.folder - one `.eml` file for each email; made when missing.
 * @param plan.port - 0 lets the system choose.
 */
export async function startMailbox(plan: { readonly folder: string; readonly port: number }): Promise<Mailbox> {
  mkdirSync(plan.folder, { recursive: true });
  const caught = await readFolder(plan.folder);
  const byId = new Map(caught.map((email) => [email.id, email]));
  const listeners = new Set<(email: CaughtEmail) => void>();
  let last = Math.max(0, ...caught.map((email) => Number(email.id)));
  let answerFor: (recipient: string) => MailAnswer = () => 'accept';
  const server = await startCatching({
    port: plan.port,
    answerFor: (recipient) => answerFor(recipient),
    take: async (raw, recipient) => {
      last += 1;
      const email = await keep({ folder: plan.folder, number: last, raw, recipient });
      caught.push(email);
      byId.set(email.id, email);
      for (const listener of listeners) listener(email);
    },
  });
  const onEmail: Mailbox['onEmail'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const emails = (): readonly CaughtEmail[] => caught;
  return {
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
    port: server.port,
    emails,
    find: (id) => byId.get(id),
    onEmail,
    waitFor: (matches, limitMs = 10_000) => firstMatch({ emails, onEmail }, matches, limitMs),
    answerWith: (chosen) => {
      answerFor = chosen;
    },
    stop: () => server.close(),
  };
}

async function readFolder(folder: string): Promise<CaughtEmail[]> {
  const files = readdirSync(folder).filter((file) => /^\d{5,}\.eml$/.test(file));
  const emails = files.map((name) => {
    const file = join(folder, name);
    return read({ file, id: name.replace('.eml', ''), raw: readFileSync(file), at: statSync(file).mtime });
  });
  return (await Promise.all(emails)).sort((one, other) => Number(one.id) - Number(other.id));
}

/** Writes the file first, whole or not at all: only then may the mail server say that it has the email. */
async function keep(options: {
  readonly folder: string;
  readonly number: number;
  readonly raw: Buffer;
  readonly recipient: string;
}): Promise<CaughtEmail> {
  const id = String(options.number).padStart(5, '0');
  const file = join(options.folder, `${id}.eml`);
  const raw = Buffer.concat([Buffer.from(`${DELIVERED_TO}: ${options.recipient}\r\n`), options.raw]);
  await writeFile(`${file}.part`, raw);
  await rename(`${file}.part`, file);
  return read({ file, id, raw, at: new Date() });
}

async function read(options: { file: string; id: string; raw: Buffer; at: Date }): Promise<CaughtEmail> {
  const { file, id, raw, at } = options;
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const text = mail.text ?? '';
  return {
    id,
    key: headerOf(mail, KEY_HEADER),
    to: headerOf(mail, DELIVERED_TO.toLowerCase()) ?? addresses(mail.to),
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    at,
    text,
    html: mail.html === false ? undefined : mail.html,
    links: linksIn(text),
    headers: mail.headerLines.map((header) => header.line),
    file,
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map((entry) => entry.text)
    .join(', ');
}

function headerOf(mail: ParsedMail, name: string): string | undefined {
  const line = mail.headerLines.find((header) => header.key === name)?.line;
  return line?.slice(line.indexOf(':') + 1).trim();
}

/** Web addresses of a plain text, without the full stop or bracket that a sentence puts behind them. */
function linksIn(text: string): readonly string[] {
  return (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((link) => link.replace(/[.,;:!?)\]]+$/, ''));
}

function firstMatch(
  mailbox: Pick<Mailbox, 'emails' | 'onEmail'>,
  matches: (email: CaughtEmail) => boolean,
  limitMs: number,
): Promise<CaughtEmail> {
  const there = mailbox.emails().find(matches);
  if (there !== undefined) return Promise.resolve(there);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stopListening();
      reject(new Error(`No such email came within ${limitMs / 1000} s (${mailbox.emails().length} were caught).`));
    }, limitMs);
    const stopListening = mailbox.onEmail((email) => {
      if (!matches(email)) return;
      clearTimeout(timer);
      stopListening();
      resolve(email);
    });
  });
}
