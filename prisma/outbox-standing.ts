import { hasEnded } from '../domain/agenda.js';
import { endOfDayAnywhere, type Instant } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import { FIRST_EMAILS } from '../domain/effect.js';
import type { Transaction } from './database.js';
import type { EmailModel } from './generated/models.js';
import { askedByOf, isFarewell, type Letter } from './letter.js';

/** Whether an email still holds: as it is, not yet, not any more, or its address was refused before. */
export type Standing =
  | { readonly is: 'true' }
  | { readonly is: 'held' }
  | { readonly is: 'refused' }
  | { readonly is: 'skip'; readonly reason: 'contact_changed' | 'turn_over' | 'moved' | 'overtaken' };

/** The kinds that remind whoever was asked. */
export const REMINDERS: readonly string[] = ['reminder', 'last_reminder', 'clarification_reminder', 'notice_reminder'];
/** The kinds that ask for answers: a row of the owner without outcome holds them. */
export const ASKING: readonly string[] = [...FIRST_EMAILS, ...REMINDERS];

/**
 * Whether an email still holds at its claim. What asks for answers is held by a row of the owner without outcome and
 * holds in its turn alone, a reminder only as long as the turn has the deadline that it was for, and what invites to help
 * until the review has ended; all others stay true.
 */
export async function standingOf(letter: Letter): Promise<Standing> {
  const { email, recipient } = letter;
  if (recipient.revokedAt !== null && !isFarewell(email)) return { is: 'skip', reason: 'contact_changed' };
  // What was queued for it after that, staff want to be tried again.
  if (recipient.refusedAt !== null && recipient.refusedAt >= email.stateAt) return { is: 'refused' };
  const reason = whyNotAsk(letter);
  if (reason !== null) return { is: 'skip', reason };
  if (!ASKING.includes(email.kind)) return { is: 'true' };
  if (REMINDERS.includes(email.kind) && (await isOvertaken(letter))) return { is: 'skip', reason: 'overtaken' };
  return { is: (await ownerWaits(letter)) ? 'held' : 'true' };
}

/** What an email asks, and of which review, at an instant. */
interface Asking {
  readonly email: Pick<EmailModel, 'kind' | 'turn' | 'key' | 'facts'>;
  readonly review: Review;
  readonly now: Instant;
}

/** Why an email that asks for answers, or for help with them, is not true any more; null: it is, or it asks for neither. */
export function whyNotAsk(asking: Asking): 'turn_over' | 'moved' | null {
  const { kind } = asking.email;
  if (kind === 'colleague_invited') return hasEnded(asking.review) ? 'turn_over' : null;
  if (!ASKING.includes(kind)) return null;
  if (!isItsTurn(asking)) return 'turn_over';
  return REMINDERS.includes(kind) && !stands(asking) ? 'moved' : null;
}

function isItsTurn({ email, review: { turn, state } }: Asking): boolean {
  return turn !== null && turn.number === email.turn && state === turn.of;
}

/** A reminder's entry names the deadline that it was for; with another deadline, or none that runs, it stands no more. */
function stands({ email, review: { turn }, now }: Asking): boolean {
  if (turn === null || turn.deadline === null || turn.stoppedWith !== null || turn.silent) return false;
  if (endOfDayAnywhere(turn.deadline) <= now) return false;
  const [what, , deadline] = askedByOf(email).split(':');
  return what !== 'reminder' || deadline === turn.deadline;
}

/** Of several reminders that wait for one person only the newest goes. */
async function isOvertaken({ transaction, email }: Letter): Promise<boolean> {
  const { id, applicationId, recipientId, turn } = email;
  const newer = await transaction.email.count({
    where: {
      id: { gt: id },
      applicationId,
      recipientId,
      turn,
      kind: { in: [...REMINDERS] },
      state: { in: ['queued', 'deferred'] },
    },
  });
  return newer > 0;
}

/** The references of all reviews with a row of the owner without outcome, one that was set aside included. */
export async function heldReviews(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.submission.findMany({
    where: { role: 'owner', taken: false, applicationId: { not: null } },
    distinct: ['applicationId'],
    select: { applicationId: true },
  });
  return rows.flatMap(({ applicationId }) => applicationId ?? []);
}

async function ownerWaits({ transaction, reference }: Letter): Promise<boolean> {
  return (
    (await transaction.submission.count({ where: { applicationId: reference, role: 'owner', outcome: null } })) > 0
  );
}
