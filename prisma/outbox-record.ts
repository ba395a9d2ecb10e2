import type { Handed, HandedOver } from '../activities/outbox.js';
import type { Instant } from '../domain/calendar.js';
import { dayLasts, type Clock } from '../domain/clock.js';
import { readClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { digestsOf } from './email-digest.js';
import type { EmailModel } from './generated/models.js';
import { appendTaken, appendWord } from './outbox-words.js';

const WAITING: readonly string[] = ['queued', 'deferred'];

const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 30 * 60_000;

/** RFC 5321 section 4.5.4.1: an email that is put off is given up after four to five days at least. */
const GIVE_UP_AFTER = 5 * 24 * 60 * 60_000;

/**
 * Real time of the next try of an email that was tried so often: after 30 s, doubling to half an hour, and never later
 * than a day by the clock of the cases. Where that clock runs fast, an email must not sleep for months of their time.
 */
export function putOffUntil({ attempts, real, clock }: { attempts: number; real: number; clock: Clock }): Date {
  return new Date(real + Math.min(pauseAfter(attempts), dayLasts(clock, real)));
}

function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE * 2 ** Math.min(attempts, 10), LONGEST_PAUSE);
}

/**
 * What a hand-over comes to. "Not now" of an email whose pauses so far add up to five days is a refusal: nobody waits
 * for it any longer. Time in which the mail server was away does not count, and such an email is never given up.
 */
function comesTo({ attempts }: EmailModel, { handed }: HandedOver): Handed {
  if (handed.is !== 'later' || handed.because !== 'not_now' || handed.whole) return handed;
  let waited = 0;
  for (let tried = 0; tried < attempts; tried += 1) waited += pauseAfter(tried);
  return waited < GIVE_UP_AFTER ? handed : { is: 'refused', because: 'given_up' };
}

/**
 * Writes what became of a hand-over and, where it can change its case, a row for it, in one transaction. Only whoever
 * claimed the email may; of one that was called unknown in the meantime, only that it was taken, or refused.
 */
export async function recordHandOver(database: Database, result: HandedOver): Promise<void> {
  await inItsCase(database, result.id, async (transaction, email) => {
    const handed = comesTo(email, result);
    const { token } = result;
    const late = email.state === 'unknown' && (handed.is === 'accepted' || handed.is === 'refused');
    if (email.token !== token || (email.state !== 'handing_over' && !late)) return;
    const { clock, now } = await readClock(transaction);
    const stateAt = new Date(now);
    await transaction.email.update({
      where: { id: email.id },
      data: { ...stateOf(email, { ...result, handed }, clock), stateAt },
    });
    if (handed.is === 'later') return;
    if (handed.is === 'unknown') return appendWord(transaction, email, 'email_unknown');
    if (handed.is === 'refused') {
      await noteRefused(transaction, email, stateAt);
      return appendWord(transaction, email, 'email_refused');
    }
    const reachedAgain = await noteTaken(transaction, email);
    await appendTaken(transaction, email, { takenAt: now, reachedAgain });
  });
}

/** Calls everything `unknown` that senders with other tokens left in hand-over: it may have been taken. How many. */
export async function strand(database: Database, token: string): Promise<number> {
  const where = { state: 'handing_over', OR: [{ token: null }, { token: { not: token } }] };
  const left = await database.email.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  for (const { id } of left) {
    await inItsCase(database, id, async (transaction, email) => {
      if (email.state !== 'handing_over' || email.token === token) return;
      await callUnknown(transaction, email, { reason: 'sender_ended', now: (await readClock(transaction)).now });
    });
  }
  return left.length;
}

/** Calls `unknown` what waits and was handed over before, as its digest says. How many. */
export async function strandHanded(database: Database, handed: (digest: string) => boolean): Promise<number> {
  const waiting = await database.email.findMany({ where: { state: { in: [...WAITING] } }, select: { id: true } });
  const digests = await digestsOf(
    database,
    waiting.map(({ id }) => id),
  );
  const before = waiting.filter(({ id }) => handed(digests.get(id) ?? ''));
  for (const { id } of before) {
    await inItsCase(database, id, async (transaction, email) => {
      if (!WAITING.includes(email.state)) return;
      await callUnknown(transaction, email, { reason: 'handed_before', now: (await readClock(transaction)).now });
    });
  }
  return before.length;
}

/** Writes that nobody knows whether an email was taken, and the row by which its case hears of it. */
export async function callUnknown(
  transaction: Transaction,
  email: EmailModel,
  { reason, now }: { reason: 'sender_ended' | 'handed_before'; now: Instant },
): Promise<void> {
  const data = { state: 'unknown', reason, stateAt: new Date(now) };
  await transaction.email.update({ where: { id: email.id }, data });
  await appendWord(transaction, email, 'email_unknown');
}

/** Acts on an email under the lock of its case. One that is gone, with the person whom it was for, is nobody's any more. */
async function inItsCase(
  database: Database,
  id: number,
  act: (transaction: Transaction, email: EmailModel) => Promise<void>,
): Promise<void> {
  await database.$transaction(async (transaction) => {
    const found = await transaction.email.findUnique({
      where: { id },
      select: { caseId: true, concern: { select: { slug: true } } },
    });
    // An email about a concern is none of a case, but a question that was refused comes back to one.
    const locked = found === null || found.concern === null ? (found?.caseId ?? null) : `dpg/${found.concern.slug}`;
    if (locked !== null) await lockCase(transaction, locked);
    const email = await transaction.email.findUnique({ where: { id } });
    if (email !== null) await act(transaction, email);
  });
}

function stateOf({ attempts }: EmailModel, { handed, real, notBefore }: HandedOver, clock: Clock) {
  switch (handed.is) {
    case 'accepted':
      return { state: 'sent', reason: null, attempts: attempts + 1 };
    case 'refused':
      return { state: 'refused', reason: handed.because, attempts: attempts + 1 };
    case 'unknown':
      return { state: 'unknown', reason: 'line_lost', attempts: attempts + 1 };
    case 'later':
      if (handed.because === 'stopped') return { state: 'queued', reason: null, token: null };
      return notBefore === null
        ? {
            state: 'deferred',
            reason: handed.because,
            attempts: attempts + 1,
            notBefore: putOffUntil({ attempts, real, clock }),
            token: null,
          }
        : { state: 'deferred', reason: handed.because, notBefore: new Date(notBefore), token: null };
  }
}

/** Remembers of an address that the mail server refused it. */
async function noteRefused(transaction: Transaction, { recipientId }: EmailModel, refusedAt: Date): Promise<void> {
  if (recipientId === null) return;
  await transaction.recipient.updateMany({ where: { id: recipientId }, data: { refusedAt } });
}

/** Remembers of an address that the mail server takes emails for it. Whether it had refused it before. */
async function noteTaken(transaction: Transaction, { recipientId }: EmailModel): Promise<boolean> {
  if (recipientId === null) return false;
  const where = { id: recipientId, refusedAt: { not: null } };
  const { count } = await transaction.recipient.updateMany({ where, data: { refusedAt: null } });
  return count > 0;
}
