import type { Instant } from './calendar.js';
import type { Entry, ReviewState } from './case.js';
import type { Level, Seat } from './policy.js';
import type { StaffRole } from './staff.js';

/** The levels at which somebody may review. */
export function levelsOf(roles: readonly StaffRole[]): readonly Level[] {
  return (['l1', 'l2'] as const).filter((level) => roles.includes(level));
}

/** As what somebody may review: at their levels, and, whichever those are, an appeal. */
export function seatsOf(roles: readonly StaffRole[]): readonly Seat[] {
  const levels = levelsOf(roles);
  return levels.length === 0 ? [] : [...levels, 'appeal'];
}

/** As what a reviewer is asked in a state; null: none is. */
export function seatAskedIn(state: ReviewState | null): Seat | null {
  return state === 'l1' || state === 'l2' || state === 'appeal' ? state : null;
}

/** When the time of the reviewers who are asked is over; null: none are, or it is over. */
export function reviewersDue(agenda: readonly Entry[]): Instant | null {
  return agenda.find(({ what }) => what === 'reviewers')?.due ?? null;
}
