import { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import type { Handed, MailServer, OutgoingEmail } from '../activities/outbox.js';
import { cleanLine } from '../domain/answer-text.js';
import { domainOf } from '../domain/mail-mode.js';

/** Which mail server, and who writes. */
export interface SmtpPlan {
  /** With its password: never for logs. */
  readonly smtpUrl: string;
  /** Nothing goes over a line that is not encrypted, unless the address itself says `requireTLS=false`. Default false. */
  readonly mustEncrypt?: boolean;
  readonly sender: { readonly name: string; readonly address: string };
  /** The mailbox of staff. */
  readonly replyTo: string;
  readonly limits?: Partial<SmtpLimits>;
}

/** How long to wait for the mail server, in milliseconds. */
export interface SmtpLimits {
  /** For a line, and for its greeting. Default 10 s. */
  readonly connecting: number;
  /** Until it lets the text begin. Default 60 s. */
  readonly beforeText: number;
  /** For its word after the text: RFC 5321 section 4.5.3.2.6 asks for 10 minutes. */
  readonly afterText: number;
}

/** Lines at once, and emails over one line before it is opened anew. */
const LINES = 8;
const EMAILS_A_LINE = 100;
/** A line that nothing used for so long is closed, before the server closes it. */
const IDLE = 20_000;

const defaults: SmtpLimits = { connecting: 10_000, beforeText: 60_000, afterText: 600_000 };

/** One address of a person and nothing around it: what needs quotes or brackets is not written to. */
const ONE_ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u;

/** Hands emails over by SMTP, over lines that stay open, each to one recipient. */
export function createSmtp(plan: SmtpPlan): MailServer {
  const limits = { ...defaults, ...plan.limits };
  let lines: Lines | null = null;
  return {
    handOver: async (outgoing, signal) => {
      if (!ONE_ADDRESS.test(outgoing.to.address)) return { is: 'refused', because: 'bad_address' };
      lines ??= openLines(plan, limits);
      return send(lines, { plan, limits, outgoing, signal });
    },
    hangUp: () => {
      // A line on which the server owes an answer would else stay open until its time is over.
      lines?.transport.close({ force: true });
      lines = null;
    },
  };
}

/** How far a hand-over came: with its text begun, a lost line says nothing about whether it was taken. */
interface Progress {
  begun: boolean;
  /** It was not to begin: what must be done before failed. */
  barred: boolean;
  readonly cut: AbortController;
  readonly beforeText: () => Promise<void>;
}

type Lines = ReturnType<typeof openLines>;

function openLines({ smtpUrl: url, mustEncrypt = false }: SmtpPlan, { connecting, afterText }: SmtpLimits) {
  /** By Message-ID, the hand-overs that are under way. */
  const underWay = new Map<string, Progress>();
  const transport = nodemailer.createTransport({
    url,
    requireTLS: mustEncrypt,
    pool: true,
    maxConnections: LINES,
    maxMessages: EMAILS_A_LINE,
    // Who tries again, and when, is the sender's to decide: it knows which email may have been taken.
    maxRequeues: 0,
    idleTimeout: IDLE,
    connectionTimeout: connecting,
    greetingTimeout: connecting,
    dnsTimeout: connecting,
    socketTimeout: afterText,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The library reads the text only when the server has let it begin (354), so that the first read marks the moment.
  transport.use('stream', (mail, done) => {
    const progress = underWay.get(String(mail.data.messageId));
    if (progress !== undefined) {
      mail.message.processFunc((text) => Readable.from(marking(text, progress), { objectMode: false }));
    }
    done();
  });
  return { transport, underWay };
}

async function* marking(text: AsyncIterable<unknown>, progress: Progress): AsyncGenerator<unknown> {
  const { cut, beforeText } = progress;
  try {
    await beforeText();
  } catch {
    progress.barred = true;
    cut.abort();
  }
  // A line that was cut while it waited sends nothing.
  if (cut.signal.aborted) throw new Error('the text may not go');
  progress.begun = true;
  yield* text;
}

async function send(
  { transport, underWay }: Lines,
  {
    plan,
    limits,
    outgoing,
    signal,
  }: { plan: SmtpPlan; limits: SmtpLimits; outgoing: OutgoingEmail; signal: AbortSignal },
): Promise<Handed> {
  const message = messageOf(plan, outgoing);
  const cut = new AbortController();
  const beforeText = outgoing.beforeText ?? (() => Promise.resolve());
  const progress: Progress = { begun: false, barred: false, cut, beforeText };
  const stop = () => cut.abort();
  const timer = setTimeout(() => {
    if (!progress.begun) stop();
  }, limits.beforeText);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  underWay.set(message.messageId, progress);
  try {
    await transport.sendMail({ ...message, signal: cut.signal });
    return { is: 'accepted' };
  } catch (error) {
    if (progress.barred) return { is: 'later', because: 'journal_away', whole: true };
    return handedOf(error, { begun: progress.begun, stopped: signal.aborted });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    underWay.delete(message.messageId);
  }
}

function messageOf({ sender, replyTo }: SmtpPlan, { key, digest, thread, to, email }: OutgoingEmail) {
  const domain = domainOf(sender.address);
  const first = thread === null ? null : messageId(thread, domain);
  return {
    from: { name: headText(sender.name), address: sender.address },
    to: { name: headText(to.name), address: to.address },
    replyTo,
    envelope: { from: sender.address, to: [to.address] },
    messageId: messageId(digest, domain),
    ...(first === null ? {} : { inReplyTo: first, references: first }),
    subject: headText(email.subject),
    text: email.text,
    html: email.html,
    headers: {
      'X-Perennial-Email': { prepared: true, value: cleanLine(key) },
      // RFC 3834: nobody's automatic answer is wanted.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
  };
}

/** One line, in which nothing looks like an encoded word of RFC 2047: readers would see what it stands for. */
function headText(text: string): string {
  return cleanLine(text).replaceAll('=?', '= ?');
}

/** The same for every attempt of an email, so that a mail server that got it twice can tell. */
function messageId(digest: string, domain: string): string {
  return `<${digest.slice(0, 40)}@${domain}>`;
}

/** What an error of the library says; of its text nothing is kept, for servers quote addresses. */
interface SmtpError {
  readonly code?: unknown;
  /** Of the network, under the library's own code. */
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/** What is known after an attempt that ended with an error. */
function handedOf(error: unknown, { begun, stopped }: { begun: boolean; stopped: boolean }): Handed {
  const { code, originalCode, command, responseCode } = (error instanceof Error ? error : {}) as SmtpError;
  const reply = typeof responseCode === 'number' ? responseCode : null;
  const step = typeof command === 'string' ? command : '';
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && reply !== null && reply >= 400) return replied(step, reply);
  if (begun) return { is: 'unknown' };
  if (code === 'EENVELOPE') return { is: 'refused', because: 'bad_address' };
  if (stopped) return { is: 'later', because: 'stopped', whole: false };
  if (code === 'EABORT') return { is: 'later', because: 'mail_server_silent', whole: false };
  // A line that was there and broke may be about this email: it must not keep the others.
  const broke = code === 'ECONNECTION' || originalCode === 'ECONNRESET' || originalCode === 'EPIPE';
  if (broke && reply === null) return { is: 'later', because: 'mail_server_closed_line', whole: false };
  return { is: 'later', because: 'mail_server_away', whole: true };
}

/** Replies to the sender's address, to the recipient's, and to the text. 503 is about the session (RFC 5321 4.2.4). */
function replied(step: string, reply: number): Handed {
  if (step === 'MAIL FROM' || [530, 534, 535, 538].includes(reply)) {
    return { is: 'later', because: reply >= 500 ? 'sender_refused' : 'not_now', whole: true };
  }
  if (reply < 500 || reply === 503) return { is: 'later', because: 'not_now', whole: false };
  return { is: 'refused', because: step === 'RCPT TO' ? 'address_refused' : 'content_refused' };
}
