import type { OutboxCounts, OutboxRecords } from '../activities/outbox.js';
import { mayMail, type MailRules } from '../domain/mail-mode.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { readAddresses } from './email-addresses.js';
import type { LetterHead } from './letter.js';
import { claimEmail } from './outbox-claim.js';
import { lockOutbox } from './outbox-lock.js';
import { recordHandOver, strand, strandHanded } from './outbox-record.js';
import { ASKING, heldReviews } from './outbox-standing.js';
import { queueStaffList } from './staff-list.js';

/** What the records of the sender are made of. */
export interface OutboxPlan {
  readonly database: Database;
  /** For the connection that holds the lock. */
  readonly databaseUrl: string;
  readonly head: LetterHead;
}

const WAITING: string[] = ['queued', 'deferred'];

/** The records, as the sender asks for them. */
export function createOutbox({ database, databaseUrl, head }: OutboxPlan): OutboxRecords {
  const listed = { on: '' };
  return {
    lock: (broken) => lockOutbox(databaseUrl, broken),
    due: async (ask) => due(database, { ...ask, staffAddress: head.replyTo, listed }),
    claim: (call) => claimEmail(database, head, call),
    record: (result) => recordHandOver(database, result),
    strand: (token) => strand(database, token),
    strandHanded: (handed) => strandHanded(database, handed),
    letGo: (rules) => letGo(database, { rules, staffAddress: head.replyTo }),
    counts: () => counts(database),
  };
}

async function due(
  database: Database,
  {
    real,
    limit,
    except = [],
    staffAddress,
    listed,
  }: {
    real: number;
    limit: number;
    except?: readonly number[];
    staffAddress: string;
    listed: { on: string };
  },
) {
  const read = await database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const listedOn = await queueStaffList(transaction, { now, listedOn: listed.on });
    const emails = await transaction.email.findMany({
      where: {
        state: { in: WAITING },
        dueAt: { lte: now },
        id: { notIn: [...except] },
        NOT: { kind: { in: [...ASKING] }, applicationId: { in: await heldReviews(transaction) } },
        AND: [
          { OR: [{ notBefore: null }, { notBefore: { lte: new Date(real) } }] },
          { OR: [{ reason: null }, { reason: { not: 'mail_mode' } }] },
        ],
      },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
      take: limit,
      select: { id: true, caseId: true, recipientId: true, personId: true, startId: true, concernId: true },
    });
    return { listedOn, emails, addressOf: await readAddresses(transaction, { emails, staffAddress }) };
  });
  listed.on = read.listedOn;
  return read.emails.map((email) => ({ id: email.id, caseId: email.caseId, address: read.addressOf(email) }));
}

/** What the mail mode kept, and does not keep any more: the mode changed, or its list. */
async function letGo(
  database: Database,
  { rules, staffAddress }: { rules: MailRules; staffAddress: string },
): Promise<number> {
  const kept = await database.email.findMany({
    where: { state: { in: WAITING }, reason: 'mail_mode' },
    select: { id: true, recipientId: true, personId: true, startId: true, concernId: true },
  });
  const addressOf = await readAddresses(database, { emails: kept, staffAddress });
  const free = kept.filter((email) => mayMail(rules, addressOf(email)));
  const where = { id: { in: free.map(({ id }) => id) }, state: { in: WAITING } };
  return (await database.email.updateMany({ where, data: { reason: null } })).count;
}

async function counts(database: Database): Promise<OutboxCounts> {
  return database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const where = { state: { in: WAITING }, dueAt: { lte: now } };
    const waiting = await transaction.email.count({ where });
    const putOff = await transaction.email.count({ where: { ...where, state: 'deferred' } });
    const keptByMode = await transaction.email.count({ where: { ...where, reason: 'mail_mode' } });
    const oldest = await transaction.email.findFirst({ where, orderBy: { dueAt: 'asc' }, select: { dueAt: true } });
    return { waiting, putOff, keptByMode, oldestWaiting: oldest?.dueAt.toISOString() ?? null };
  });
}
