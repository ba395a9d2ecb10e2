import { hasEnded } from '../domain/agenda.js';
import type { Instant } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import type { LostEmail } from '../domain/effect.js';
import type { Transaction } from './database.js';
import { askedByOf, isFarewell } from './letter.js';
import { ASKING, REMINDERS, whyNotAsk } from './outbox-standing.js';
import { OWED } from './save-emails.js';

/** What says which email one is, however often it was queued. */
interface Queued {
  readonly id: number;
  readonly key: string;
  readonly applicationId: string | null;
  readonly recipientId: number | null;
  readonly kind: string;
  readonly turn: number | null;
  readonly facts: unknown;
  readonly state: string;
}

/** The newest of each email among those given, oldest first; what was skipped is none. */
export function newestOfEach<Email extends Queued>(emails: readonly Email[]): readonly Email[] {
  const newest = new Map<string, Email>();
  for (const email of [...emails].sort((one, other) => one.id - other.id)) {
    if (email.state !== 'skipped') newest.set(whichOf(email), email);
  }
  return [...newest.values()].sort((one, other) => one.id - other.id);
}

/** A person gets one email that asks in a turn, and of its reminders only the newest is true; else what asked says it. */
function whichOf({ id, applicationId, recipientId, kind, turn, ...email }: Queued): string {
  if (applicationId === null) return String(id);
  const isReminder = REMINDERS.includes(kind);
  const what = isReminder ? 'reminder' : ASKING.includes(kind) ? 'first' : null;
  return JSON.stringify([applicationId, recipientId, ...(what === null ? [kind, askedByOf(email)] : [what, turn])]);
}

/**
 * Of the emails of a review those that the mail server refused, or whose fate is unknown, oldest first: so far as they
 * were not queued anew since then, are still true, and their reader is still asked.
 */
export async function lostEmails(
  transaction: Transaction,
  { review, now }: { review: Review; now: Instant },
): Promise<readonly LostEmail[]> {
  const { reference: applicationId } = review;
  const emails = await transaction.email.findMany({
    where: { applicationId, personId: null },
    omit: { subject: true, text: true, html: true },
  });
  const left = await transaction.recipient.findMany({ where: { applicationId, revokedAt: { not: null } } });
  const gone = new Set<number | null>(left.map(({ id }) => id));
  const lost = newestOfEach(emails).filter(
    (email) =>
      (email.state === 'refused' || email.state === 'unknown') &&
      (!gone.has(email.recipientId) || isFarewell(email)) &&
      (OWED.includes(email.kind) ? isItsEnd(email, review) : whyNotAsk({ email, review, now }) === null),
  );
  return lost.map(({ id, kind, state }) => ({
    id,
    unknown: state === 'unknown',
    first: ASKING.includes(kind) && !REMINDERS.includes(kind),
  }));
}

/** What an earlier end was to tell is no longer true in a review that was opened again. */
function isItsEnd({ round }: { readonly round: number }, review: Review): boolean {
  return hasEnded(review) && round === review.round;
}
