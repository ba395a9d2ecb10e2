import { commitEntry, isHeld } from './agenda.js';
import { later } from './calendar.js';
import type { Review } from './case.js';
import type { HeldVerdict } from './held-verdict.js';
import { amend, note, reschedule, reviewOf, type Change } from './change.js';
import { toReviewers } from './acts.js';
import { findingNow } from './reviewer-guards.js';
import { giveBack, timeLeft } from './time-left.js';

/** What a verdict leads to that decides nothing yet; null: it decides, or the secretariat is told at once. */
export function leadsTo(change: Change): HeldVerdict['leadsTo'] | null {
  const finding = findingNow(change);
  return finding === 'next_level' || finding === 'clarify' || finding === 'notice' ? finding : null;
}

function heldFor({ review }: Change): HeldVerdict['leadsTo'] | null {
  return review?.held?.leadsTo ?? null;
}

/** The conditions of the table about verdicts that can be undone, each with the words that the documents use. */
export const holdingGuards = {
  hold: { words: 'undo is possible', holds: ({ review }: Change) => (review?.policy.holdMinutes ?? 0) > 0 },
  held_undecided: {
    words: 'undo is possible, and it decides nothing yet',
    holds: (change: Change) => (change.review?.policy.holdMinutes ?? 0) > 0 && leadsTo(change) !== null,
  },
  waits_for_request: {
    words: 'a withdrawal or "not me" is open',
    holds: ({ review }: Change) => review !== null && isHeld(review),
  },
  passes_on: { words: 'a level follows', holds: (change: Change) => heldFor(change) === 'next_level' },
  asks_owner: { words: 'needs clarification', holds: (change: Change) => heldFor(change) === 'clarify' },
  notifies_owner: {
    words: 'does not meet, and the owner was not told',
    holds: (change: Change) => heldFor(change) === 'notice',
  },
  was_on_appeal: { words: 'on an appeal', holds: ({ review }: Change) => review?.verdicts.at(-1)?.level === 'appeal' },
  was_at_l2: { words: 'by L2', holds: ({ review }: Change) => review?.verdicts.at(-1)?.level === 'l2' },
  was_approved: { words: 'approved', holds: ({ review }: Change) => review?.result === 'approved' },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

/** Keeps what a recorded verdict leads to until its hold is over. Nobody is told before, and its reviewer can undo it. */
export function hold(change: Change, verdict: Pick<Review, 'result'> | Pick<Review, 'held'>): void {
  const heldWith = timeLeft(change);
  amend(change, { state: 'decided', ...verdict, heldWith, reviewersLate: false, claim: null });
  const review = reviewOf(change);
  const due = later(change.facts.now, review.policy.holdMinutes * 60_000);
  reschedule(change, ['reviewers', 'watch', 'commit'], isHeld(review) ? [] : [commitEntry({ review, due })]);
}

/** Takes the newest verdict back: its level is asked again, and the reviewer has the case. */
export function undo(change: Change): void {
  const review = reviewOf(change);
  const undone = review.verdicts.at(-1);
  if (undone === undefined) throw new Error('there is no verdict to undo');
  amend(change, { round: review.round + 1, verdicts: review.verdicts.slice(0, -1), result: null });
  change.effects.push({ do: 'undo_verdict' });
  note(change, 'undone', { level: undone.level });
  const reader = undone.for ?? undone.by;
  // One that was held before this was kept has the whole time anew.
  if (review.heldWith === undefined) toReviewers(change, undone.level, reader);
  else giveBack(change, { level: undone.level, reader, left: review.heldWith });
  reschedule(change, ['commit']);
}
