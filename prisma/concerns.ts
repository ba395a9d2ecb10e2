import { randomBytes } from 'node:crypto';
import { DAY, dayOf, type Day } from '../domain/calendar.js';
import type { ConcernStage } from '../domain/concern.js';
import type { SectionId } from '../domain/standard.js';
import { appendRow } from './append.js';
import { readClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import type { RowBody } from './event-of-row.js';
import type { Concern as StoredConcern } from './generated/client.js';
import { sameAddress } from './same-address.js';
import { MOST_A_DAY } from './start-nomination.js';

/** So many days a link to confirm an address is good; real time, as all that follows. */
export const CONFIRM_DAYS = 2;
/** What was never confirmed is deleted so long after it came. */
const KEPT = 7 * DAY;
/** So many of one address wait for staff at once. */
export const MOST_WAITING = 3;

/** What somebody says of a product. */
export interface NewConcern {
  readonly slug: string;
  readonly sections: readonly SectionId[];
  readonly text: string;
  readonly address: string;
}

/** A concern as its author and staff see it. */
export interface Concern extends Omit<StoredConcern, 'stage' | 'sections'> {
  readonly stage: ConcernStage;
  readonly sections: readonly SectionId[];
  /** The mail server refused the newest email to its author. */
  readonly unreached: boolean;
}

/**
 * Keeps a concern until its author confirms the address, and queues the email that asks for it. `full`: this address was
 * sent enough of them today; nothing is kept. What is confirmed does not count: whoever types an address of somebody else
 * is not to learn here what that person did.
 */
export async function startConcern(database: Database, concern: NewConcern): Promise<'sent' | 'full'> {
  const real = Date.now();
  const stage = 'unconfirmed';
  const own = await database.concern.count({
    where: { address: sameAddress(concern.address), stage, createdAt: { gt: new Date(real - DAY) } },
  });
  if (own >= MOST_A_DAY) return 'full';
  const id = randomBytes(12).toString('base64url');
  await database.$transaction(async (transaction) => {
    const at = new Date((await readClock(transaction)).now);
    const data = { id, ...concern, sections: [...concern.sections] };
    await transaction.concern.create({ data: { ...data, stage, createdAt: new Date(real), stageAt: at } });
    await queueConcernEmail(transaction, { id, kind: 'concern_start', askedBy: 'form', facts: {}, at });
  });
  return 'sent';
}

/** Deletes what was never confirmed, once it has been kept for its time. */
export async function deleteOldConcerns(database: Database): Promise<void> {
  const createdAt = { lt: new Date(Date.now() - KEPT) };
  await database.concern.deleteMany({ where: { stage: 'unconfirmed', createdAt } });
}

/** Promises one email about a concern to whoever raised it; the second promise of the same is the first one. */
export async function queueConcernEmail(
  transaction: Transaction,
  {
    id,
    kind,
    askedBy,
    facts,
    at,
  }: {
    readonly id: string;
    readonly kind: 'concern_start' | 'concern_answered' | 'concern_ended';
    readonly askedBy: string;
    readonly facts: { readonly [name: string]: string };
    readonly at: Date;
  },
): Promise<void> {
  const key = `${kind}|${id}|${askedBy}`;
  const state = { state: 'queued', stateAt: at, dueAt: at };
  await transaction.email.createMany({
    data: [{ key, kind, concernId: id, round: 0, facts, ...state }],
    skipDuplicates: true,
  });
}

/** A concern; null: it is unknown, or was never confirmed and is too old. */
export async function readConcern(database: Database, id: string): Promise<Concern | null> {
  const found = await database.concern.findUnique({ where: { id }, include });
  return found === null || wasNeverConfirmed(found, Date.now()) ? null : concernFrom(found);
}

/** Whether the link that confirms it is good no more, at an instant of real time. */
export function wasNeverConfirmed({ stage, createdAt }: StoredConcern, real: number): boolean {
  return stage === 'unconfirmed' && createdAt.getTime() <= real - CONFIRM_DAYS * DAY;
}

/** Of the emails to its author, what became of the newest. */
const include = { emails: { orderBy: { id: 'desc' }, take: 1, select: { state: true } } } as const;

/** The concerns about a product that anybody confirmed, oldest first. */
export async function readConcerns(database: Database, where: ConcernsWanted): Promise<readonly Concern[]> {
  const found = await database.concern.findMany({
    where: { ...where, stage: { not: 'unconfirmed' } },
    include,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return found.map(concernFrom);
}

/** All concerns that stand so, oldest first. */
export async function readConcernsIn(database: Database, stages: readonly ConcernStage[]): Promise<readonly Concern[]> {
  const where = { stage: { in: [...stages] } };
  const found = await database.concern.findMany({ where, include, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return found.map(concernFrom);
}

/** Since when the oldest concern about each product waits for staff, by slug. */
export async function concernsWaitSince(client: Database | Transaction): Promise<ReadonlyMap<string, Day>> {
  const found = await client.concern.groupBy({ by: ['slug'], where: { stage: 'waiting' }, _min: { stageAt: true } });
  return new Map(
    found.flatMap(({ slug, _min }) => (_min.stageAt === null ? [] : [[slug, dayOf(_min.stageAt.toISOString())]])),
  );
}

/** What staff wrote to the owner when they accepted the concerns that a review asks about, oldest first. */
export async function wordsToOwners(client: Database | Transaction, applicationId: string): Promise<readonly string[]> {
  const found = await client.concern.findMany({
    where: { applicationId, answer: { not: null } },
    orderBy: [{ stageAt: 'asc' }, { id: 'asc' }],
    select: { answer: true },
  });
  return [...new Set(found.flatMap(({ answer }) => answer ?? []))];
}

type ConcernsWanted = { readonly slug: string } | { readonly applicationId: string };

function concernFrom({ emails, ...found }: StoredConcern & { emails: readonly { state: string }[] }): Concern {
  const unreached = emails[0]?.state === 'refused';
  // Written by this file and by steps, from the domain's own words.
  return { ...found, stage: found.stage as ConcernStage, sections: found.sections as SectionId[], unreached };
}

/**
 * The address of a concern is confirmed, or its author wrote what staff asked for: from now on staff see it, and the
 * product's case hears of it. Null: that was done before, or nobody asked. `full`: staff have enough of this address.
 */
export async function passToStaff(
  database: Database,
  { id, slug, address, details }: Pick<Concern, 'id' | 'slug' | 'address' | 'details'>,
): Promise<number | null | 'full'> {
  return database.$transaction(async (transaction) => {
    if (!(await lockCase(transaction, `dpg/${slug}`))) return null;
    const author = { role: 'public', actor: '0' } as const;
    if (details !== null) {
      return bringToStaff(transaction, { where: { id, slug, stage: 'asked' }, data: { details }, by: author });
    }
    const theirs = { address: sameAddress(address), stage: 'waiting' };
    if ((await transaction.concern.count({ where: theirs })) >= MOST_WAITING) return 'full';
    return bringToStaff(transaction, { where: { id, slug, stage: 'unconfirmed' }, data: {}, by: author });
  });
}

/** Staff asked for details, and the mail server refused their question: they answer without. Under the lock of the case. */
export async function bringBackToStaff(transaction: Transaction, { id }: Pick<StoredConcern, 'id'>): Promise<void> {
  const { slug } = await transaction.concern.findUniqueOrThrow({ where: { id }, select: { slug: true } });
  const by = { role: 'mail', actor: 'sender' } as const;
  await bringToStaff(transaction, { where: { id, slug, stage: 'asked' }, data: {}, by });
}

async function bringToStaff(
  transaction: Transaction,
  {
    where,
    data,
    by,
  }: {
    readonly where: { readonly id: string; readonly slug: string; readonly stage: ConcernStage };
    readonly data: { readonly details?: string };
    readonly by: { readonly role: 'public' | 'mail'; readonly actor: string };
  },
): Promise<number | null> {
  const { id, slug } = where;
  const stageAt = new Date((await readClock(transaction)).now);
  const found = await transaction.concern.findFirst({ where, select: { details: true } });
  if (found === null) return null;
  // Staff may ask more than once: what was answered before stays.
  const details = [found.details, data.details].filter((text) => typeof text === 'string').join('\n\n');
  const said = data.details === undefined ? {} : { details };
  await transaction.concern.update({ where: { id }, data: { ...said, stage: 'waiting', stageAt } });
  const body: RowBody<'concern'> = { concern: id };
  const theirs = { caseId: `dpg/${slug}`, kind: 'concern' } as const;
  const cameBefore = { ...theirs, body: { path: ['concern'], equals: id } };
  const nth = await transaction.submission.count({ where: cameBefore });
  const row = { ...theirs, key: `concern:${id}:${nth}`, applicationId: null, round: null } as const;
  const appended = await appendRow(transaction, { ...row, ...by, body });
  if ('problem' in appended) throw new Error('a concern comes to staff once each time');
  return appended.id;
}
