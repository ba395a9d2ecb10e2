import { NO_COLLEAGUES, type ColleagueFacts } from '../domain/colleagues.js';
import type { Review } from '../domain/case.js';
import type { Effect, RowOutcome } from '../domain/effect.js';
import type { CaseEvent } from '../domain/event.js';
import type { Database, Transaction } from './database.js';
import type { Invitation, RowBody, StoredRow } from './event-of-row.js';
import type { RecipientModel } from './generated/models.js';
import type { Saving } from './save-case.js';
import { queueEmail } from './save-emails.js';

/** The rank of a recipient who may only draft: no prompt, no reminder and no result is for them. */
export const COLLEAGUE = 'colleague';

const ABOUT: readonly string[] = ['invite', 'uninvite'] satisfies CaseEvent['is'][];

/** What the rules want to know of colleagues, for a row that is about one. */
export async function readColleagueFacts(
  transaction: Transaction,
  { row, review }: { row: StoredRow | null; review: Review | null },
): Promise<ColleagueFacts> {
  if (row === null || review === null || !ABOUT.includes(row.kind)) return NO_COLLEAGUES;
  // Checked at the door where the row came in.
  const { address, recipient } = row.body as Partial<Invitation & RowBody<'uninvite'>>;
  const present = await transaction.recipient.findMany({
    where: { applicationId: review.reference, revokedAt: null },
  });
  const theirs = present.find((one) => one.address.toLowerCase() === address?.toLowerCase());
  const colleagues = present.filter(({ rank }) => rank === COLLEAGUE);
  return {
    now: colleagues.length,
    invitations: await transaction.submission.count({
      where: { applicationId: review.reference, kind: 'invite', outcome: { result: 'accepted' } },
    }),
    address: theirs === undefined ? null : theirs.rank === COLLEAGUE ? 'colleague' : 'contact',
    isOne: colleagues.some(({ id }) => id === recipient),
  };
}

/** Lets a colleague in, or out again. */
export async function saveColleague(
  saving: Saving,
  review: Review,
  effect: Extract<Effect, { do: 'invite' | 'uninvite' }>,
): Promise<void> {
  if (effect.do === 'uninvite') return revoke(saving, [effect.recipient]);
  const { transaction, row } = saving;
  if (row === null) throw new Error('a colleague is invited by a row');
  const applicationId = review.reference;
  // Checked at the door where the row came in.
  const { address } = row.body as Invitation;
  const present = await transaction.recipient.findMany({ where: { applicationId } });
  const inviter = row.role === 'owner' ? present.find(({ id }) => String(id) === row.actor) : undefined;
  const known = present.find((one) => one.revokedAt === null && one.address.toLowerCase() === address.toLowerCase());
  const { id } =
    known ??
    (await letIn(transaction, {
      ...{ applicationId, position: present.length, address },
      ...{ language: inviter?.language ?? 'en', invitedBy: inviter?.id ?? null },
    }));
  // Whoever invites once more says that the address is right.
  await transaction.recipient.update({ where: { id }, data: { refusedAt: null } });
  const { askedBy } = effect;
  const email = { do: 'email', kind: 'colleague_invited', to: id, askedBy, when: 'now', turn: null } as const;
  await queueEmail(saving, review, email);
}

function letIn(
  transaction: Transaction,
  data: Pick<RecipientModel, 'applicationId' | 'position' | 'address' | 'language' | 'invitedBy'>,
): Promise<RecipientModel> {
  return transaction.recipient.create({ data: { ...data, rank: COLLEAGUE, name: '' } });
}

/**
 * Whoever may draft in a review that yields may in the one that takes its place, by a link of their own there, as long
 * as whoever invited them is asked there too. They hear of it when its owner is asked.
 */
export async function takeColleagues(saving: Saving, review: Review, from: string): Promise<void> {
  const { transaction } = saving;
  const earlier = await transaction.recipient.findMany({
    where: { applicationId: from, revokedAt: null },
    orderBy: { id: 'asc' },
  });
  const present = await transaction.recipient.findMany({ where: { applicationId: review.reference } });
  const hereAs = (address: string) => present.find((one) => one.address.toLowerCase() === address.toLowerCase());
  for (const { rank, address, language, invitedBy: by, refusedAt } of earlier) {
    if (rank !== COLLEAGUE || refusedAt !== null || hereAs(address) !== undefined) continue;
    const inviter = by === null ? null : hereAs(earlier.find(({ id }) => id === by)?.address ?? '');
    if (inviter === undefined) continue;
    const one = await letIn(transaction, {
      ...{ applicationId: review.reference, position: present.length, address, language },
      invitedBy: inviter?.id ?? null,
    });
    present.push(one);
    const email = { do: 'email', kind: 'colleague_invited', to: one.id, askedBy: `with:${from}` } as const;
    await queueEmail(saving, review, { ...email, when: 'sending_time', turn: null });
  }
}

/** Those whom somebody invited who is a contact no more leave with them. */
export async function revokeInvited(saving: Saving, applicationId: string): Promise<void> {
  const colleagues = await saving.transaction.recipient.findMany({
    where: { applicationId, revokedAt: null, rank: COLLEAGUE, invitedBy: { not: null } },
  });
  const inviters = await saving.transaction.recipient.findMany({
    where: { id: { in: colleagues.flatMap(({ invitedBy }) => invitedBy ?? []) }, revokedAt: { not: null } },
  });
  const gone = new Set(inviters.map(({ id }) => id));
  await revoke(
    saving,
    colleagues.flatMap(({ id, invitedBy }) => (gone.has(invitedBy ?? 0) ? [id] : [])),
  );
}

async function revoke({ transaction, before }: Saving, ids: readonly number[]): Promise<void> {
  const recipientId = { in: [...ids] };
  const now = new Date(before.facts.now);
  await transaction.recipient.updateMany({ where: { id: recipientId }, data: { revokedAt: now } });
  await transaction.session.updateMany({ where: { recipientId, endedAt: null }, data: { endedAt: now } });
  await transaction.email.updateMany({
    where: { recipientId, state: { in: ['queued', 'deferred'] } },
    data: { state: 'skipped', reason: 'contact_changed', stateAt: now },
  });
}

/** A colleague who may draft, as the people of the product and staff see them. */
export interface Colleague {
  readonly id: number;
  readonly address: string;
  /** The mail server refused the address. */
  readonly refused: boolean;
}

/** The colleagues of a review, and what became of the newest row about them, or of the one that is named. */
export async function readColleagues(
  database: Database,
  { reference, row }: { readonly reference: string; readonly row?: string | undefined },
): Promise<{
  readonly colleagues: readonly Colleague[];
  /** The number of the newest row about colleagues; 0 if there is none. */
  readonly newest: number;
  /** Of the row; null while it has none, or if there is no such row. */
  readonly outcome: RowOutcome | null;
  readonly waits: boolean;
}> {
  const found = await database.recipient.findMany({
    where: { applicationId: reference, rank: COLLEAGUE, revokedAt: null },
    orderBy: { id: 'asc' },
  });
  const rows = await database.submission.findMany({
    where: { applicationId: reference, kind: { in: [...ABOUT] } },
    include: { outcome: true },
    orderBy: { id: 'asc' },
  });
  const asked = rows.find(({ id }) => String(id) === row);
  const outcome = asked?.outcome ?? null;
  return {
    colleagues: found.map(({ id, address, refusedAt }) => ({ id, address, refused: refusedAt !== null })),
    newest: rows.at(-1)?.id ?? 0,
    // Steps write the words of the table only.
    outcome: outcome === null ? null : { result: outcome.result as RowOutcome['result'], sentence: outcome.sentence },
    waits: asked !== undefined && outcome === null,
  };
}
