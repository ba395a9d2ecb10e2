import { FIRST_EMAILS, type EmailFacts } from '../domain/effect.js';
import type { Instant } from '../domain/calendar.js';
import type { Turn } from '../domain/case.js';
import { appendRow } from './append.js';
import { bringBackToStaff } from './concerns.js';
import type { Transaction } from './database.js';
import type { EmailModel } from './generated/models.js';
import { storedReview } from './stored-review.js';

/** The emails whose being taken begins a turn. */
const FIRST: string[] = [...FIRST_EMAILS];

/**
 * Appends the row by which a case hears that an email was refused, or that its fate is unknown. The row names the
 * turn only if no other address took that turn's first email: else it moves nothing. Of an email to one of ours the
 * case hears nothing, but that an expert cannot be reached: the next one is asked then.
 * Of one about a concern, but that its author cannot be asked.
 */
export async function appendWord(
  transaction: Transaction,
  email: EmailModel,
  kind: 'email_refused' | 'email_unknown',
): Promise<void> {
  if (email.personId !== null) return kind === 'email_refused' ? appendUnreachable(transaction, email) : undefined;
  // Whoever invited the colleague sees it beside the address.
  if (email.kind === 'colleague_invited') return;
  if (email.concernId !== null) return kind === 'email_refused' ? appendUnasked(transaction, email) : undefined;
  const others = await firstsTaken(transaction, email, { recipientId: { not: email.recipientId } });
  await append(transaction, email, { kind, body: { turn: others > 0 ? null : email.turn, email: email.id } });
}

async function appendUnasked(transaction: Transaction, { kind, facts, concernId }: EmailModel): Promise<void> {
  // Written with the email.
  const { answer } = facts as { readonly answer?: string };
  if (kind === 'concern_answered' && answer === 'asked') await bringBackToStaff(transaction, { id: concernId ?? '' });
}

async function appendUnreachable(
  transaction: Transaction,
  { id, kind, personId, caseId, applicationId, facts }: EmailModel,
): Promise<void> {
  if (kind !== 'expert_asked' || caseId === null) return;
  // Written by steps.
  const { number, section } = facts as EmailFacts;
  await appendRow(transaction, {
    ...{ key: `unreachable:${id}`, caseId, applicationId, round: null, kind: 'expert_decline', role: 'mail' },
    ...{ actor: 'sender', body: { by: personId, number, section, why: 'unreachable' } },
  });
}

/**
 * Appends the row by which a case hears that an email was taken, if that changes anything: it is the first of its turn,
 * which begins; the turn was in trouble, or is about to be, since this email was called unknown; or its address had
 * refused emails, so that there is somebody to ask again. Else there is no row.
 */
export async function appendTaken(
  transaction: Transaction,
  email: EmailModel,
  { takenAt, reachedAgain }: { takenAt: Instant; reachedAgain: boolean },
): Promise<void> {
  if (email.personId !== null || email.kind === 'colleague_invited') return;
  const present = await presentTurn(transaction, email);
  const isOfTurn = email.turn !== null && email.turn === present?.number;
  const begins = isOfTurn && present.begunAt === null && (await isFirstTaken(transaction, email));
  const eases = isOfTurn && (present.trouble !== null || email.state === 'unknown');
  if (!begins && !eases && !reachedAgain && present?.trouble !== 'undeliverable') return;
  await append(transaction, email, {
    kind: 'email_taken',
    body: { turn: begins || eases ? email.turn : null, takenAt },
  });
}

/** The owner's turn of an email's review; null: it is somebody else's, or over. */
async function presentTurn(transaction: Transaction, { applicationId }: EmailModel): Promise<Turn | null> {
  if (applicationId === null) return null;
  const { review } = await transaction.application.findUniqueOrThrow({ where: { id: applicationId } });
  // What steps wrote.
  const { turn, state } = storedReview(review);
  return state === turn?.of ? turn : null;
}

async function isFirstTaken(transaction: Transaction, email: EmailModel): Promise<boolean> {
  return FIRST.includes(email.kind) && (await firstsTaken(transaction, email, { id: { not: email.id } })) === 0;
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
