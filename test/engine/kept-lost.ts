import { hasEnded } from '../../domain/agenda.js';
import { endOfDayAnywhere, type Instant } from '../../domain/calendar.js';
import type { Review } from '../../domain/case.js';
import type { LostEmail } from '../../domain/effect.js';
import type { KeptCase, KeptEmail } from './kept-case.js';
import { askedByOf, isFarewell } from './kept-emails.js';

const isReminder = ({ kind }: KeptEmail) => kind.includes('reminder');
const isFirst = ({ kind }: KeptEmail) => kind === 'prompt' || kind === 'clarification' || kind === 'notice';

/** What staff may send again of a review; an email's number is its place among those that are kept. */
export function lostOf(kept: KeptCase, { review, now }: { review: Review; now: Instant }): readonly LostEmail[] {
  const { reference } = review;
  return kept.emails.flatMap((email, id) => {
    if (email.reference !== reference || (email.state !== 'refused' && email.state !== 'unknown')) return [];
    const later = kept.emails.slice(id + 1);
    if (later.some((one) => one.reference === reference && one.state !== 'skipped' && isSame(one, email))) return [];
    const reader = kept.recipients.find((one) => one.id === email.to);
    if (reader?.revokedAt !== null && !isFarewell(email)) return [];
    if (!isTrue(email, { review, now })) return [];
    return [{ id, unknown: email.state === 'unknown', first: isFirst(email) }];
  });
}

/** One email asks a person in a turn; a later reminder stands for the earlier ones. */
function isSame(one: KeptEmail, other: KeptEmail): boolean {
  if (one.to !== other.to) return false;
  for (const is of [isFirst, isReminder])
    if (is(one) || is(other)) return is(one) && is(other) && one.turn === other.turn;
  return one.kind === other.kind && askedByOf(one) === askedByOf(other);
}

function isTrue(email: KeptEmail, { review, now }: { review: Review; now: Instant }): boolean {
  if (email.kind === 'decision' || email.kind === 'closed') return hasEnded(review) && email.round === review.round;
  if (!isFirst(email) && !isReminder(email)) return true;
  const { turn, state } = review;
  if (turn === null || turn.number !== email.turn || state !== turn.of) return false;
  if (isFirst(email)) return true;
  const runs = turn.deadline !== null && turn.stoppedWith === null && !turn.silent;
  return runs && now < endOfDayAnywhere(turn.deadline) && askedByOf(email).split(':')[2] === turn.deadline;
}
