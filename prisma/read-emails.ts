import type { Instant } from '../domain/calendar.js';
import { caseTime, type Clock } from '../domain/clock.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import type { EmailModel } from './generated/models.js';
import { ASKING, heldReviews } from './outbox-standing.js';

/**
 * What an email waits for. `its_time`: the instant from which it may go. `owner_row`: something that its owner sent has
 * no outcome yet. `next_try`: the mail server did not take it. `sender`: nothing; the sender is about to take it.
 */
export type EmailWait = 'its_time' | 'mail_mode' | 'owner_row' | 'next_try' | 'sender';

/** An email as staff look at it. Its text has the placeholder in the place of the person's link. */
export interface EmailRecord {
  readonly id: number;
  /** Null: the staff's own list. */
  readonly reference: string | null;
  readonly kind: string;
  /** primary | alternate | nominator | author of a concern | staff, or the word by which one of ours acts */
  readonly to: string;
  readonly state: string;
  /** Why it waits, was skipped or was refused. */
  readonly reason: string | null;
  /** Null: it was handed over, skipped or refused. */
  readonly waitsFor: EmailWait | null;
  /** Case time of the next try of one that the mail server did not take. */
  readonly nextTry: Instant | null;
  /** From when it may go. */
  readonly dueAt: Instant;
  /** Of its last change of state. */
  readonly at: Instant;
  /** Null: its text is made when it is handed over. */
  readonly subject: string | null;
  readonly text: string | null;
}

/** The emails of a review, of all with a state, or of both, oldest first; at most so many, the newest. */
export async function readEmails(
  database: Database,
  { reference, state, most }: { reference?: string; state?: string; most: number },
): Promise<readonly EmailRecord[]> {
  return database.$transaction(async (transaction) => {
    const found = await transaction.email.findMany({
      where: {
        ...(reference === undefined ? {} : { applicationId: reference }),
        ...(state === undefined ? {} : { state }),
      },
      orderBy: { id: 'desc' },
      take: most,
    });
    const recipients = await transaction.recipient.findMany({
      where: { id: { in: found.flatMap(({ recipientId }) => recipientId ?? []) } },
      select: { id: true, rank: true },
    });
    const ranks = new Map(recipients.map(({ id, rank }) => [id, rank]));
    const { clock, now } = await readClock(transaction);
    const held = new Set(await heldReviews(transaction));
    return found.reverse().map((email) => ({
      id: email.id,
      reference: email.applicationId,
      kind: email.kind,
      to:
        email.personId ??
        (email.startId !== null
          ? 'nominator'
          : email.concernId !== null
            ? 'author of a concern'
            : email.recipientId === null
              ? 'staff'
              : (ranks.get(email.recipientId) ?? 'nobody')),
      state: email.state,
      reason: email.reason,
      waitsFor: waitOf(email, { now, held }),
      nextTry: nextTryOf(email, clock),
      dueAt: email.dueAt.toISOString(),
      at: email.stateAt.toISOString(),
      subject: email.subject,
      text: email.text,
    }));
  });
}

/** As the sender chooses among those that are due (prisma/outbox.ts). */
function waitOf(
  { state, reason, kind, dueAt, applicationId }: EmailModel,
  { now, held }: { now: Instant; held: ReadonlySet<string> },
): EmailWait | null {
  if (state !== 'queued' && state !== 'deferred') return null;
  if (reason === 'mail_mode') return 'mail_mode';
  if (dueAt.toISOString() > now) return 'its_time';
  if (applicationId !== null && held.has(applicationId) && ASKING.includes(kind)) return 'owner_row';
  return state === 'deferred' ? 'next_try' : 'sender';
}

function nextTryOf({ state, notBefore }: EmailModel, clock: Clock): Instant | null {
  return state === 'deferred' && notBefore !== null ? caseTime(clock, notBefore.getTime()) : null;
}
