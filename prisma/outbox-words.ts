import { FIRST_EMAILS } from '../domain/effect.js';
import type { Instant } from '../domain/calendar.js';
import { appendRow } from './append.js';
import type { Transaction } from './database.js';
import type { EmailModel } from './generated/models.js';
import { storedReview } from './stored-review.js';

/** The emails whose being taken begins a turn. */
const FIRST: string[] = [...FIRST_EMAILS];

/**
 * Appends the row by which a case hears that an email was refused, or that its fate is unknown. The row names the
 * turn only if no other address took that turn's first email: else it moves nothing.
 */
export async function appendWord(
  transaction: Transaction,
  email: EmailModel,
  kind: 'email_refused' | 'email_unknown',
): Promise<void> {
  const others = await firstsTaken(transaction, email, { recipientId: { not: email.recipientId } });
  await append(transaction, email, { kind, body: { turn: others > 0 ? null : email.turn, email: email.id } });
}

/**
 * Appends the row by which a case hears that an email was taken, if that changes anything: it is the first of its turn,
 * which begins; or its address had refused emails, so that there is somebody to ask again. Else there is no row.
 */
export async function appendTaken(
  transaction: Transaction,
  email: EmailModel,
  { takenAt, reachedAgain }: { takenAt: Instant; reachedAgain: boolean },
): Promise<void> {
  const turn = (await beginsTurn(transaction, email)) ? email.turn : null;
  if (turn === null && !reachedAgain) return;
  await append(transaction, email, { kind: 'email_taken', body: { turn, takenAt } });
}

async function beginsTurn(transaction: Transaction, email: EmailModel): Promise<boolean> {
  if (!FIRST.includes(email.kind) || email.turn === null || email.applicationId === null) return false;
  if ((await firstsTaken(transaction, email, { id: { not: email.id } })) > 0) return false;
  const found = await transaction.application.findUniqueOrThrow({ where: { id: email.applicationId } });
  // What steps wrote.
  const { turn } = storedReview(found.review);
  return turn?.number === email.turn && (turn.begunAt === null || turn.trouble !== null);
}

async function firstsTaken(
  transaction: Transaction,
  { applicationId, turn }: EmailModel,
  which: { id: { not: number } } | { recipientId: { not: number | null } },
): Promise<number> {
  return turn === null
    ? 0
    : transaction.email.count({ where: { applicationId, turn, kind: { in: FIRST }, state: 'sent', ...which } });
}

/** One row for each email and what was heard of it, under the lock of its case. */
async function append(
  transaction: Transaction,
  { id, caseId, applicationId }: EmailModel,
  { kind, body }: { kind: string; body: object },
): Promise<void> {
  if (caseId === null) return;
  const row = { key: `${kind}:${id}`, caseId, applicationId, round: null, kind, role: 'mail', actor: 'sender', body };
  const appended = await appendRow(transaction, { ...row, role: 'mail' });
  if ('problem' in appended) throw new Error(`the row of an email cannot be appended: ${appended.problem}`);
}
