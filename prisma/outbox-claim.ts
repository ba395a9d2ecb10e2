import type { Claim, ClaimCall } from '../activities/outbox.js';
import type { Instant } from '../domain/calendar.js';
import type { Clock } from '../domain/clock.js';
import { mayMail } from '../domain/mail-mode.js';
import type { EmailContent } from '../mail/content.js';
import { readClock } from './case-time.js';
import { readConcernLetter } from './concern-email.js';
import type { Database, Transaction } from './database.js';
import { contentOf } from './email-content.js';
import { digestOf } from './email-digest.js';
import type { EmailModel } from './generated/models.js';
import { readLetter, type LetterHead } from './letter.js';
import { codeOf, personalContentOf, whyNotPersonal } from './personal-content.js';
import { readPersonalLetter } from './personal-letter.js';
import { callUnknown, putOffUntil } from './outbox-record.js';
import { standingOf } from './outbox-standing.js';
import { appendWord } from './outbox-words.js';
import { isTooOld, startContent } from './start-nomination.js';
import { startOwner } from '../domain/nomination.js';
import { staffListOf } from './staff-list.js';

/**
 * Takes one email for hand-over under the lock of its case, without waiting for that lock: what still holds of it is
 * looked at, and its text is made, in one transaction. The row then has the text, the deadline that it states, and
 * the token of whoever took it.
 */
export async function claimEmail(database: Database, head: LetterHead, call: ClaimCall): Promise<Claim> {
  return database.$transaction(async (transaction) => {
    const { caseId } = await transaction.email.findUniqueOrThrow({ where: { id: call.id }, select: { caseId: true } });
    if (!(await takeLock(transaction, { id: call.id, caseId }))) return { is: 'busy' };
    const email = await transaction.email.findUniqueOrThrow({ where: { id: call.id } });
    const { clock, now } = await readClock(transaction);
    if (!isDue(email, { now, real: call.real })) return { is: 'gone' };
    const digest = await digestOf(transaction, call.id);
    const claiming = { transaction, email, digest, head, call, clock, now };
    if (caseId !== null && (await isHandingOver(transaction, caseId))) return { is: 'busy' };
    if (email.personId !== null) return claimPersonal(claiming);
    if (email.startId !== null) return claimStart(claiming);
    if (email.concernId !== null) return claimConcern(claiming);
    return caseId === null ? claimStaffList(claiming) : claimLetter(claiming);
  });
}

interface Claiming {
  readonly transaction: Transaction;
  readonly email: EmailModel;
  readonly digest: string;
  readonly head: LetterHead;
  readonly call: ClaimCall;
  readonly clock: Clock;
  readonly now: Instant;
}

/** Case first, as everybody locks; what belongs to no case is locked itself. False: somebody else has it. */
async function takeLock(
  transaction: Transaction,
  { id, caseId }: { id: number; caseId: string | null },
): Promise<boolean> {
  const found =
    caseId === null
      ? await transaction.$queryRaw<unknown[]>`select 1 from "Email" where id = ${id} for update skip locked`
      : await transaction.$queryRaw<unknown[]>`select 1 from "Case" where id = ${caseId} for update skip locked`;
  return found.length > 0;
}

function isDue({ state, dueAt, notBefore }: EmailModel, { now, real }: { now: Instant; real: number }): boolean {
  const waits = state === 'queued' || state === 'deferred';
  return waits && dueAt.toISOString() <= now && (notBefore === null || notBefore.getTime() <= real);
}

async function isHandingOver(transaction: Transaction, caseId: string): Promise<boolean> {
  return (await transaction.email.count({ where: { caseId, state: 'handing_over' } })) > 0;
}

async function claimLetter(claiming: Claiming): Promise<Claim> {
  const { transaction } = claiming;
  const letter = await readLetter(transaction, claiming);
  const { recipient, reference } = letter;
  const standing = await standingOf(letter);
  if (standing.is === 'held') return { is: 'held' };
  if (standing.is === 'skip') return skip(claiming, standing.reason);
  if (standing.is === 'refused') return refuse(claiming);
  const { name, address, id: recipientId, linkVersion } = recipient;
  const first = await transaction.email.findFirst({
    where: { applicationId: reference, recipientId, state: 'sent' },
    orderBy: [{ stateAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return take(claiming, {
    content: () => contentOf(letter),
    to: { name, address },
    thread: first === null ? null : await digestOf(transaction, first.id),
    owner: { applicationId: reference, recipientId, address, linkVersion },
  });
}

/** One to somebody of ours, of a case or of none. Its link is a page where they sign in: no secret stands for it. */
async function claimPersonal(claiming: Claiming): Promise<Claim> {
  const { transaction } = claiming;
  const letter = await readPersonalLetter(transaction, claiming);
  const reason = await whyNotPersonal(letter);
  if (reason !== null) return skip(claiming, reason);
  const { name, address } = letter.person;
  return take(claiming, {
    content: () => personalContentOf(letter),
    to: { name, address },
    thread: null,
    owner: null,
    code: await codeOf(letter),
  });
}

/** One to an address that is to be confirmed. */
async function claimStart(claiming: Claiming): Promise<Claim> {
  const { transaction, email, head } = claiming;
  const start = await transaction.nominationStart.findUniqueOrThrow({ where: { id: email.startId ?? '' } });
  if (start.usedAt !== null || isTooOld(start, claiming.call.real)) return skip(claiming, 'overtaken');
  const { name, address } = start;
  return take(claiming, {
    content: () => Promise.resolve(startContent(head, start)),
    to: { name, address },
    thread: null,
    owner: startOwner(start),
  });
}

/** One to whoever raised a concern. No case hears what becomes of it. */
async function claimConcern(claiming: Claiming): Promise<Claim> {
  const { transaction } = claiming;
  const { overtaken, address, owner, content } = await readConcernLetter(transaction, {
    ...claiming,
    real: claiming.call.real,
  });
  if (overtaken !== null) return skip(claiming, overtaken);
  return take(claiming, {
    content: () => Promise.resolve(content()),
    to: { name: '', address },
    thread: null,
    owner,
  });
}

async function claimStaffList(claiming: Claiming): Promise<Claim> {
  const { transaction, email, head, now } = claiming;
  // The newer one may be claimed at the same moment, and be on its way or there before this is looked at.
  const state = { in: ['queued', 'deferred', 'handing_over', 'sent'] };
  const where = { kind: 'staff_list', state, dueAt: { gt: email.dueAt, lte: now } };
  if ((await transaction.email.count({ where })) > 0) return skip(claiming, 'overtaken');
  return take(claiming, {
    content: () => staffListOf(transaction, { head, now }),
    to: { name: head.organisation, address: head.replyTo },
    thread: null,
    owner: null,
  });
}

/**
 * Makes the text and takes the email, if the mail mode allows it and the journal does not know it. What has nothing to
 * say is skipped; what fails to be said is put off, and stops nobody else.
 */
async function take(
  claiming: Claiming,
  {
    content,
    ...whom
  }: { content: () => Promise<EmailContent | null> } & Pick<
    Extract<Claim, { is: 'claimed' }>['claimed'],
    'to' | 'thread' | 'owner' | 'code'
  >,
): Promise<Claim> {
  const { transaction, email, digest, call, clock, now } = claiming;
  if (!mayMail(call.rules, whom.to.address)) return keep(claiming);
  if (call.handed?.(digest) === true) return callHanded(claiming);
  const { id, key, attempts } = email;
  const stateAt = new Date(now);
  try {
    const made = await content();
    if (made === null) return await skip(claiming, 'nothing_waits');
    const text = call.render(made);
    const deadline = 'deadline' in made && made.deadline !== null ? new Date(made.deadline) : null;
    await transaction.email.update({
      where: { id },
      data: {
        ...text,
        ...{ deadline, state: 'handing_over', token: call.token, reason: null, notBefore: null },
        ...{ stateAt, claimedAt: stateAt },
      },
    });
    return { is: 'claimed', claimed: { id, key, digest, ...whom, email: text } };
  } catch (error) {
    const notBefore = putOffUntil({ attempts, real: call.real, clock });
    await transaction.email.update({
      where: { id },
      data: { state: 'deferred', reason: 'text_failed', attempts: attempts + 1, notBefore, stateAt },
    });
    return { is: 'failed', error };
  }
}

async function skip({ transaction, email, now }: Claiming, reason: string): Promise<Claim> {
  const data = { state: 'skipped', reason, stateAt: new Date(now) };
  await transaction.email.update({ where: { id: email.id }, data });
  return { is: 'skipped' };
}

/** The mail server refused this address before: the rules hear of this email as if it had done so again. */
async function refuse({ transaction, email, now }: Claiming): Promise<Claim> {
  const data = { state: 'refused', reason: 'address_refused', stateAt: new Date(now) };
  await transaction.email.update({ where: { id: email.id }, data });
  await appendWord(transaction, email, 'email_refused');
  return { is: 'refused' };
}

/** The journal says that it may have been taken, by records that are gone: it is not sent again by itself. */
async function callHanded({ transaction, email, now }: Claiming): Promise<Claim> {
  await callUnknown(transaction, email, { reason: 'handed_before', now });
  return { is: 'handed' };
}

/** It stays queued, with the reason, until the mode changes. */
async function keep({ transaction, email }: Claiming): Promise<Claim> {
  await transaction.email.update({ where: { id: email.id }, data: { reason: 'mail_mode' } });
  return { is: 'kept' };
}
