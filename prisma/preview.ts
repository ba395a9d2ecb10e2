import type { Day } from '../domain/calendar.js';
import type { Review, ReviewState } from '../domain/case.js';
import type { RowOutcome } from '../domain/effect.js';
import { isBlind } from '../domain/reviewer-guards.js';
import type { EmailContent } from '../mail/content.js';
import { appendRow, type NewSubmission } from './append.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { contentOf } from './email-content.js';
import { eventOfRow, type RowBody } from './event-of-row.js';
import { json } from './json.js';
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
  /** It supposes that the other level found the same: whoever asks is not to know yet what that one found. */
  readonly ifAgreed: boolean;
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

/** Where more rows of a case than this wait, its steps do not go on: a page that took them all would take long. */
const ROWS_BEFORE = 20;

/** Ends a transaction whose work must leave nothing. */
class Undone extends Error {
  readonly preview: Preview | 'rows_wait';
  constructor(preview: Preview | 'rows_wait') {
    super('a preview leaves nothing');
    this.preview = preview;
  }
}

/**
 * What a row would lead to: the very step that would take it, and the one with which a decision takes effect, in a
 * transaction that is undone. Nobody can tell as long as many rows of the case wait for their steps.
 */
export async function previewRow(
  database: Database,
  { row, head }: { row: NewSubmission; head: LetterHead },
): Promise<Preview | 'no_case' | 'rows_wait'> {
  try {
    return await database.$transaction<'no_case'>(async (transaction) => {
      if (!(await lockCase(transaction, row.caseId))) return 'no_case';
      throw new Undone((await lookAhead(transaction, row, head)) ?? 'rows_wait');
    });
  } catch (error) {
    if (error instanceof Undone) return error.preview;
    throw error;
  }
}

async function lookAhead(transaction: Transaction, row: NewSubmission, head: LetterHead): Promise<Preview | null> {
  const { caseId } = row;
  const appended = await appendRow(transaction, row);
  if ('problem' in appended) throw new Error('This was sent before with other content. Nothing was changed.');
  const newest = await transaction.email.aggregate({ _max: { id: true } });
  const { record } = await loadFor(transaction, { caseId, row: null });
  const ifAgreed = await supposeAgreed(transaction, record.review, row);
  const outcome = await takeUpTo(transaction, { caseId, id: appended.id });
  if (outcome === null) return null;
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
    ...{ emails: letters, ifAgreed },
    before: { validUntil: record.listing.validUntil, removedOn: record.listing.removedOn },
    after: { validUntil: after.record.listing.validUntil, removedOn: after.record.listing.removedOn },
  };
}

/** Whoever is not to know yet what another level found learns it from no preview either. Whether that is so. */
async function supposeAgreed(
  transaction: Transaction,
  review: Review | null,
  { kind, body }: NewSubmission,
): Promise<boolean> {
  if (kind !== 'verdict' || review === null) return false;
  // Checked at its door.
  const { by, level, sections } = body as RowBody<'verdict'>;
  const others = review.verdicts.filter((given) => given.level !== level);
  if (others.length === 0 || !isBlind(review, by)) return false;
  const verdicts = review.verdicts.map((given) => (others.includes(given) ? { ...given, sections } : given));
  const where = { id: review.reference };
  await transaction.application.update({ where, data: { review: json({ ...review, verdicts }) } });
  return true;
}

async function letterOf(transaction: Transaction, wanted: LetterWanted): Promise<Preview['emails'][number]> {
  if (wanted.email.personId !== null) {
    const letter = await readPersonalLetter(transaction, wanted);
    return { to: letter.person.name, content: await personalContentOf(letter) };
  }
  const letter = await readLetter(transaction, wanted);
  return { to: `the ${letter.recipient.rank} contact`, content: await contentOf(letter) };
}

/** Takes the rows of a case until this one has its outcome. Null: too many wait before it. */
async function takeUpTo(
  transaction: Transaction,
  { caseId, id }: { caseId: string; id: number },
): Promise<RowOutcome | null> {
  for (let taken = 0; taken <= ROWS_BEFORE; taken += 1) {
    const row = await oldestRow(transaction, caseId);
    if (row === null) break;
    const loaded = await loadFor(transaction, { caseId, row });
    const outcome = await take(transaction, { loaded, event: eventOfRow(row, loaded), row, ranBy: null });
    if (row.id === id && outcome !== null) return outcome;
  }
  return null;
}
