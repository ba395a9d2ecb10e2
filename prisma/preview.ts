import type { Day } from '../domain/calendar.js';
import type { ReviewState } from '../domain/case.js';
import type { RowOutcome } from '../domain/effect.js';
import type { EmailContent } from '../mail/content.js';
import { appendRow, type NewSubmission } from './append.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { contentOf } from './email-content.js';
import { eventOfRow } from './event-of-row.js';
import { readLetter, type LetterHead, type LetterWanted } from './letter.js';
import { oldestRow } from './oldest-row.js';
import { personalContentOf } from './personal-content.js';
import { readPersonalLetter } from './personal-letter.js';
import { loadFor, take } from './step.js';

/** What a row would lead to, if it came in now. */
export interface Preview {
  readonly outcome: RowOutcome;
  readonly state: ReviewState;
  /** A decision waits so many minutes, in which it can be undone; null: there is none, or it does not wait. */
  readonly holdMinutes: number | null;
  /** What emails would say, each to one person; in the order in which they are queued. */
  readonly emails: readonly { readonly to: string; readonly content: EmailContent }[];
  /** The registry's facts before and after, so far as they would change. */
  readonly before: Listed;
  readonly after: Listed;
}

interface Listed {
  readonly validUntil: Day | null;
  readonly removedOn: Day | null;
}

/** More rows of a case than this wait for nobody. */
const ROWS_BEFORE = 20;

/** Ends a transaction whose work must leave nothing. */
class Undone extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super('a preview leaves nothing');
    this.preview = preview;
  }
}

/**
 * What a row would lead to: the very step that would take it, and the one with which a decision takes effect, in a
 * transaction that is undone. Null if there is no such case.
 */
export async function previewRow(
  database: Database,
  { row, head }: { row: NewSubmission; head: LetterHead },
): Promise<Preview | null> {
  try {
    await database.$transaction(async (transaction) => {
      if (!(await lockCase(transaction, row.caseId))) return;
      throw new Undone(await lookAhead(transaction, row, head));
    });
    return null;
  } catch (error) {
    if (error instanceof Undone) return error.preview;
    throw error;
  }
}

async function lookAhead(transaction: Transaction, row: NewSubmission, head: LetterHead): Promise<Preview> {
  const { caseId } = row;
  const appended = await appendRow(transaction, row);
  if ('problem' in appended) throw new Error('This was sent before with other content. Nothing was changed.');
  const newest = await transaction.email.aggregate({ _max: { id: true } });
  const { record } = await loadFor(transaction, { caseId, row: null });
  const outcome = await takeUpTo(transaction, { caseId, id: appended.id });
  const decided = await loadFor(transaction, { caseId, row: null });
  const commit = decided.record.agenda.find(({ what }) => what === 'commit');
  if (commit !== undefined) {
    await take(transaction, { loaded: decided, event: { is: 'due', entry: commit }, row: null, ranBy: null });
  }
  const after = await loadFor(transaction, { caseId, row: null });
  const emails = await transaction.email.findMany({
    where: { caseId, id: { gt: newest._max.id ?? 0 }, state: 'queued', NOT: { recipientId: null, personId: null } },
    orderBy: { id: 'asc' },
  });
  const letters = [];
  for (const email of emails) letters.push(await letterOf(transaction, { email, head, now: after.facts.now }));
  return {
    outcome,
    state: after.record.review?.state ?? 'owner',
    holdMinutes: commit === undefined ? null : (decided.record.review?.policy.holdMinutes ?? null),
    emails: letters,
    before: { validUntil: record.listing.validUntil, removedOn: record.listing.removedOn },
    after: { validUntil: after.record.listing.validUntil, removedOn: after.record.listing.removedOn },
  };
}

async function letterOf(transaction: Transaction, wanted: LetterWanted): Promise<Preview['emails'][number]> {
  if (wanted.email.personId !== null) {
    const letter = await readPersonalLetter(transaction, wanted);
    return { to: letter.person.name, content: await personalContentOf(letter) };
  }
  const letter = await readLetter(transaction, wanted);
  return { to: `the ${letter.recipient.rank} contact`, content: await contentOf(letter) };
}

/** Takes the rows of a case until this one has its outcome. */
async function takeUpTo(transaction: Transaction, { caseId, id }: { caseId: string; id: number }): Promise<RowOutcome> {
  for (let taken = 0; taken <= ROWS_BEFORE; taken += 1) {
    const row = await oldestRow(transaction, caseId);
    if (row === null) break;
    const loaded = await loadFor(transaction, { caseId, row });
    const outcome = await take(transaction, { loaded, event: eventOfRow(row, loaded), row, ranBy: null });
    if (row.id === id && outcome !== null) return outcome;
  }
  throw new Error('too many rows of this case wait');
}
