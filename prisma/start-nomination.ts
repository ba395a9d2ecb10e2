import { randomBytes } from 'node:crypto';
import { DAY } from '../domain/calendar.js';
import type { StartEmail } from '../mail/content.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import type { NominationStart } from './generated/client.js';
import { emailFrame, type LetterHead } from './letter.js';
import { sameAddress } from './same-address.js';

export type { NominationStart } from './generated/client.js';

/** What somebody begins whose address is not confirmed yet. */
export type StartKind = 'nomination' | 'suggestion' | 'invitation';

/** For so many days a link is good (real time, as all that follows), and the kind of its email. */
const KINDS: Readonly<Record<StartKind, { readonly days: number; readonly email: string }>> = {
  nomination: { days: 2, email: 'nomination_start' },
  suggestion: { days: 2, email: 'suggestion_start' },
  // Whoever did not ask for it has time to read it.
  invitation: { days: 30, email: 'nomination_invitation' },
};
/** What is left of it is deleted so long after that. */
const KEPT = 5 * DAY;
/** So many links one address is sent within a day, whoever asks: each of them opens a form. */
export const MOST_A_DAY = 12;

/** What somebody says before their address is confirmed. */
export interface NewStart {
  readonly kind: StartKind;
  readonly product: string;
  readonly website: string;
  readonly name: string;
  readonly address: string;
  /** Of a suggestion. */
  readonly why?: string;
}

/**
 * Keeps what somebody wants to nominate or suggests until they confirm their address, and queues the email that asks for
 * it. `full`: this address was sent enough of them today; nothing is kept.
 */
export async function startNomination(database: Database, start: NewStart): Promise<'sent' | 'full'> {
  return database.$transaction((transaction) => addStart(transaction, start));
}

/** The same for a caller that writes more in its transaction. */
export async function addStart(transaction: Transaction, start: NewStart): Promise<'sent' | 'full'> {
  const real = Date.now();
  const createdAt = { gt: new Date(real - DAY) };
  const own = await transaction.nominationStart.count({
    where: { createdAt, address: sameAddress(start.address) },
  });
  if (own >= MOST_A_DAY) return 'full';
  const id = randomBytes(12).toString('base64url');
  const at = new Date((await readClock(transaction)).now);
  await transaction.nominationStart.create({ data: { id, ...start, createdAt: new Date(real) } });
  const { email: kind } = KINDS[start.kind];
  const email = { kind, startId: id, round: 0, facts: {}, dueAt: at, state: 'queued', stateAt: at };
  await transaction.email.create({ data: { key: `${kind}:${id}`, ...email } });
  return 'sent';
}

/** What somebody says before their address is confirmed; null: it is unknown, or was too old to be confirmed. */
export async function readStart(database: Database, id: string): Promise<NominationStart | null> {
  const start = await database.nominationStart.findUnique({ where: { id } });
  return start === null || (start.usedAt === null && isTooOld(start, Date.now())) ? null : start;
}

/** Whether the link of an address that is to be confirmed is good no more, at an instant of real time. */
export function isTooOld(start: NominationStart, real: number): boolean {
  return start.createdAt.getTime() <= real - KINDS[kindOf(start)].days * DAY;
}

/**
 * Deletes what was said to confirm an address once it has been kept for its time, whether it was confirmed or not; a
 * confirmed suggestion stays, which loses its person when staff deal with it.
 */
export async function deleteOldStarts(database: Database): Promise<void> {
  for (const [kind, { days }] of Object.entries(KINDS)) {
    const createdAt = { lt: new Date(Date.now() - days * DAY - KEPT) };
    await database.nominationStart.deleteMany({
      where: { kind, createdAt, ...(kind === 'suggestion' ? { usedAt: null } : {}) },
    });
  }
}

/** What its email says. */
export function startContent(head: LetterHead, start: NominationStart): StartEmail {
  const { product, name } = start;
  const { link, checkUrl } = head;
  const recipientName = name.trim() === '' ? null : name;
  const says = { ...emailFrame(head), recipientName, product, link, checkUrl };
  const kind = kindOf(start);
  const { days } = KINDS[kind];
  if (kind === 'suggestion') return { ...says, kind: 'suggestion_start', days };
  if (kind === 'invitation') return { ...says, kind: 'nomination_invitation', days };
  return { ...says, kind: 'nomination_start', days };
}

function kindOf({ kind }: NominationStart): StartKind {
  // Written above, from the same words.
  return kind as StartKind;
}
