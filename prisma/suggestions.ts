import { dayOf, type Day } from '../domain/calendar.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import type { NominationStart } from './generated/client.js';
import { addStart } from './start-nomination.js';

/** A product that somebody who does not speak for it suggests; confirmed by its email, and not dealt with yet. */
export interface Suggestion {
  readonly id: string;
  readonly product: string;
  readonly website: string;
  readonly why: string;
  /** Who suggests it; never told to the owner, never public. */
  readonly name: string;
  readonly address: string;
  readonly on: Day;
}

const OPEN = { kind: 'suggestion', usedAt: { not: null }, closedAt: null } as const;

/** The address of whoever suggests it is confirmed: from here staff see it. Pressing twice changes nothing. */
export async function confirmSuggestion(database: Database, { id }: Pick<NominationStart, 'id'>): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    await transaction.nominationStart.updateMany({
      where: { id, kind: 'suggestion', usedAt: null },
      data: { usedAt: new Date(now) },
    });
  });
}

/** What staff have to deal with, the oldest first. */
export async function readSuggestions(database: Database): Promise<readonly Suggestion[]> {
  const found = await database.nominationStart.findMany({ where: OPEN, orderBy: [{ usedAt: 'asc' }, { id: 'asc' }] });
  return found.map(suggestionOf);
}

/** How many of them there are, without saying which. */
export interface Suggested {
  readonly waiting: number;
  readonly oldest: Day;
}

/** Counts them; null: there is none. */
export async function countSuggestions(client: Database | Transaction): Promise<Suggested | null> {
  const found = await client.nominationStart.aggregate({ where: OPEN, _count: true, _min: { usedAt: true } });
  const oldest = found._min.usedAt;
  return oldest === null ? null : { waiting: found._count, oldest: dayOf(oldest.toISOString()) };
}

/** One of them; null: there is none, or somebody dealt with it. */
export async function readSuggestion(database: Database, id: string): Promise<Suggestion | null> {
  const found = await database.nominationStart.findUnique({ where: { id, ...OPEN } });
  return found === null ? null : suggestionOf(found);
}

function suggestionOf({ id, product, website, why, name, address, usedAt, createdAt }: NominationStart): Suggestion {
  return { id, product, website, why, name, address, on: dayOf((usedAt ?? createdAt).toISOString()) };
}

/** How an earlier suggestion of a product of that name ended. */
export interface EarlierSuggestion {
  readonly on: Day;
  readonly outcome: Dealt['outcome'];
  /** The word of whoever dealt with it. */
  readonly by: string;
  readonly reason: string | null;
}

/** What became of earlier suggestions of a product of the same name, the newest first. */
export async function readEarlierSuggestions(
  database: Database,
  { product }: Pick<Suggestion, 'product'>,
): Promise<readonly EarlierSuggestion[]> {
  const found = await database.nominationStart.findMany({
    where: { kind: 'suggestion', closedAt: { not: null }, product: { equals: product, mode: 'insensitive' } },
    orderBy: [{ closedAt: 'desc' }, { id: 'asc' }],
  });
  return found.map(({ closedAt, createdAt, closedBy, outcome, reason }) => ({
    on: dayOf((closedAt ?? createdAt).toISOString()),
    // Written below.
    outcome: outcome as Dealt['outcome'],
    by: closedBy ?? '',
    reason,
  }));
}

/** How staff deal with a suggestion. */
export type Dealt =
  | { readonly outcome: 'invited'; readonly owner: { readonly name: string; readonly address: string } }
  | { readonly outcome: 'dismissed'; readonly reason: string };

/**
 * Deals with a suggestion once: invites the owner by an email of their own, or dismisses it. What is left says what was
 * suggested and what became of it, and nobody. `gone`: somebody was faster; `full`: the owner has links that wait.
 */
export async function dealWithSuggestion(
  database: Database,
  { id, by, dealt }: { readonly id: string; readonly by: string; readonly dealt: Dealt },
): Promise<'done' | 'gone' | 'full'> {
  return database
    .$transaction(async (transaction) => {
      const start = await transaction.nominationStart.findUnique({ where: { id, ...OPEN } });
      const closed = { closedAt: new Date(), closedBy: by, outcome: dealt.outcome };
      const reason = dealt.outcome === 'dismissed' ? dealt.reason : null;
      if (start === null) return 'gone';
      if (dealt.outcome === 'invited') {
        const { product, website } = start;
        const added = await addStart(transaction, { kind: 'invitation', product, website, ...dealt.owner });
        if (added === 'full') return 'full';
      }
      const nobody = { name: '', address: '', why: '' };
      const { count } = await transaction.nominationStart.updateMany({
        where: { id, ...OPEN },
        data: { ...closed, reason, ...nobody },
      });
      // Both waited for the row, and the other one had it first.
      if (count === 0) throw new DealtMeanwhile();
      await transaction.email.updateMany({ where: { startId: id }, data: { subject: null, text: null, html: null } });
      return 'done';
    })
    .catch((error: unknown) => {
      if (error instanceof DealtMeanwhile) return 'gone';
      throw error;
    });
}

/** Undoes what was written for a suggestion that somebody else dealt with. */
class DealtMeanwhile extends Error {}
