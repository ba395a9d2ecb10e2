import { toReviewers } from './acts.js';
import { reviewersEntry } from './agenda.js';
import { later, millisecondsOf } from './calendar.js';
import { amend, reschedule, reviewOf, type Change } from './change.js';
import { watch } from './escalating.js';
import type { Seat } from './policy.js';
import { reviewersDue } from './seats.js';

/** What is left of the reviewers' time, in milliseconds; null: it is over. */
export function timeLeft({ agenda, facts }: Change): number | null {
  const due = reviewersDue(agenda);
  return due === null ? null : Math.max(0, millisecondsOf(due) - millisecondsOf(facts.now));
}

/** The case is with a reviewer again, who has the time that was left, and no more. */
export function giveBack(
  change: Change,
  { level, reader, left }: { readonly level: Seat; readonly reader: string | null; readonly left: number | null },
): void {
  toReviewers(change, level, reader);
  if (left === null) amend(change, { reviewersLate: true });
  const { now } = change.facts;
  const entry = { ...reviewersEntry({ review: reviewOf(change), now }), due: later(now, left ?? 0) };
  reschedule(change, ['reviewers'], left === null ? [] : [entry]);
  watch(change);
}
