import { randomBytes } from 'node:crypto';
import { DAY } from '../domain/calendar.js';
import type { NominationStartEmail } from '../mail/content.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import type { NominationStart } from './generated/client.js';
import { emailFrame, type LetterHead } from './letter.js';

export type { NominationStart } from './generated/client.js';

/** So many days a link to confirm an address is good; real time, as all that follows. */
export const START_DAYS = 2;
/** What is left of it is deleted so long after it began. */
const START_KEPT = 7 * DAY;
/** So many links one address is sent within a day, whoever asks: each of them opens a form. */
const MOST_A_DAY = 12;

/** What somebody says before their address is confirmed. */
export interface NewStart {
  readonly product: string;
  readonly website: string;
  readonly name: string;
  readonly address: string;
}

/**
 * Keeps what somebody wants to nominate until they confirm their address, and queues the email that asks for it.
 * `full`: this address was sent enough of them today; nothing is kept.
 */
export async function startNomination(database: Database, start: NewStart): Promise<'sent' | 'full'> {
  const real = Date.now();
  const createdAt = { gt: new Date(real - DAY) };
  const own = await database.nominationStart.count({
    where: { createdAt, address: { equals: start.address, mode: 'insensitive' } },
  });
  if (own >= MOST_A_DAY) return 'full';
  const id = randomBytes(12).toString('base64url');
  await database.$transaction(async (transaction) => {
    const at = new Date((await readClock(transaction)).now);
    await transaction.nominationStart.create({ data: { id, ...start, createdAt: new Date(real) } });
    const email = {
      kind: 'nomination_start',
      startId: id,
      round: 0,
      facts: {},
      dueAt: at,
      state: 'queued',
      stateAt: at,
    };
    await transaction.email.create({ data: { key: `nomination_start:${id}`, ...email } });
  });
  return 'sent';
}

/** What waits for an address to be confirmed; null: it is unknown or too old. */
export async function readStart(database: Database, id: string): Promise<NominationStart | null> {
  const start = await database.nominationStart.findUnique({ where: { id } });
  return start === null || isTooOld(start, Date.now()) ? null : start;
}

/** Whether the link of an address that is to be confirmed is good no more, at an instant of real time. */
export function isTooOld({ createdAt }: NominationStart, real: number): boolean {
  return createdAt.getTime() <= real - START_DAYS * DAY;
}

/** Deletes what was said to confirm an address once it has been kept for its time, whether it was confirmed or not. */
export async function deleteOldStarts(database: Database): Promise<void> {
  await database.nominationStart.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - START_KEPT) } } });
}

/** What its email says. */
export function startContent(head: LetterHead, { product, name }: NominationStart): NominationStartEmail {
  const { link, checkUrl } = head;
  const recipientName = name.trim() === '' ? null : name;
  return { ...emailFrame(head), kind: 'nomination_start', recipientName, product, link, checkUrl, days: START_DAYS };
}
