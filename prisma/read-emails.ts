import type { Instant } from '../domain/calendar.js';
import type { Database } from './database.js';

/** An email as staff look at it. Its text has the placeholder in the place of the person's link. */
export interface EmailRecord {
  readonly id: number;
  /** Null: the staff's own list. */
  readonly reference: string | null;
  readonly kind: string;
  /** primary | alternate | staff */
  readonly to: string;
  readonly state: string;
  /** Why it waits, was skipped or was refused. */
  readonly reason: string | null;
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
  const found = await database.email.findMany({
    where: {
      ...(reference === undefined ? {} : { applicationId: reference }),
      ...(state === undefined ? {} : { state }),
    },
    orderBy: { id: 'desc' },
    take: most,
  });
  const recipients = await database.recipient.findMany({
    where: { id: { in: found.flatMap(({ recipientId }) => recipientId ?? []) } },
    select: { id: true, rank: true },
  });
  const ranks = new Map(recipients.map(({ id, rank }) => [id, rank]));
  return found
    .reverse()
    .map(({ id, applicationId, recipientId, kind, state: word, reason, dueAt, stateAt, subject, text }) => ({
      id,
      reference: applicationId,
      kind,
      to: recipientId === null ? 'staff' : (ranks.get(recipientId) ?? 'nobody'),
      state: word,
      reason,
      dueAt: dueAt.toISOString(),
      at: stateAt.toISOString(),
      subject,
      text,
    }));
}
