import { isOwners } from './agenda.js';
import type { LostEmail } from './effect.js';
import type { Change } from './change.js';
import type { Effect } from './effect.js';

/** What staff send again: what was refused; what nobody knows of only if they say so, since it may have arrived. */
export function sentAgain({ event, facts }: Change): readonly LostEmail[] {
  return event.is === 'resend' ? facts.lost.filter(({ unknown }) => !unknown || event.unknown) : [];
}

/**
 * Whether the owner's turn has not begun, no first email of it is on its way to anybody who can be written to, and
 * there is somebody to ask.
 */
export function isUnasked({ review, facts }: Change): boolean {
  if (review === null || review.turn === null || !isOwners(review)) return false;
  return review.turn.begunAt === null && facts.reachable.length > 0 && !facts.asked;
}

/** Whether a command to send again asks for the turn: nobody was asked, and no first email of it was lost. */
export function isAskedAnew(change: Change): boolean {
  return change.event.is === 'resend' && isUnasked(change) && !sentAgain(change).some(({ first }) => first);
}

/** "1 email", "2 emails": how many emails effects queue. */
export function emailsInWords(effects: readonly Effect[]): string {
  let count = 0;
  for (const effect of effects) {
    if (effect.do === 'resend') count += effect.emails.length;
    if (effect.do === 'email' && effect.skipped === undefined) count += 1;
  }
  return `${count} ${count === 1 ? 'email' : 'emails'}`;
}
