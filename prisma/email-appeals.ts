import { dayOf } from '../domain/calendar.js';
import { reviewersDue, seatAskedIn } from '../domain/seats.js';
import type { AppealDecidedEmail, AppealReceivedEmail, ReconsideredEmail } from '../mail/content.js';
import { askingRow, decisionOf } from './email-telling.js';
import { caseFrame, type Letter } from './letter.js';
import { groundsOf } from './read-appeal.js';

/** The appeal came in: what it says, and what happens until it is decided. */
export async function appealReceivedOf(letter: Letter): Promise<AppealReceivedEmail> {
  const { review, agenda, listing } = letter;
  const row = await askingRow(letter);
  if (row === null) throw new Error('an email about an appeal names its row');
  const due = review.state === 'appeal' ? reviewersDue(agenda) : null;
  return {
    ...caseFrame(letter),
    kind: 'appeal_received',
    receivedOn: row.receivedOn,
    grounds: groundsOf(row.body),
    nextBy: due === null ? null : dayOf(due),
    listing: review.kind !== 'privacy' && listing.removedOn !== null ? 'removed' : 'unchanged',
  };
}

/** An approval is looked at again by us: what it means for the owner. */
export function reconsideredOf(letter: Letter): Promise<ReconsideredEmail> {
  const { review, agenda } = letter;
  const due = seatAskedIn(review.state) === null ? null : reviewersDue(agenda);
  return Promise.resolve({
    ...caseFrame(letter),
    kind: 'reconsidered',
    nextBy: due === null ? null : dayOf(due),
  });
}

/** What became of the appeal, section by section. */
export async function appealDecidedOf(letter: Letter): Promise<AppealDecidedEmail> {
  const decided = await decisionOf(letter);
  if (decided.variant === 'approved') return { ...decided, kind: 'appeal_decided' };
  const { appealUntil: _, ...told } = decided;
  return { ...told, kind: 'appeal_decided' };
}
