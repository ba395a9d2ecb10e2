import { DAY, millisecondsOf, type Instant } from '../../domain/calendar.js';
import type { ReviewState } from '../../domain/case.js';
import type { Level, Seat } from '../../domain/policy.js';
import { stageInWords } from '../../domain/public-words.js';
import type { StaffRole } from '../../domain/staff.js';

/** How far it is to an instant at which something is due, or since when it is overdue. */
export function howFar(due: Instant, now: Instant): string {
  const left = millisecondsOf(due) - millisecondsOf(now);
  const days = Math.floor(Math.abs(left) / DAY);
  const many = days === 1 ? '1 day' : `${days} days`;
  if (left < 0) return days === 0 ? 'overdue since today' : `overdue by ${many}`;
  return days === 0 ? 'today' : `${many} left`;
}

/** As what a reviewer is asked. */
export const SEATS: Readonly<Record<Seat, string>> = { l1: 'First level', l2: 'Second level', appeal: 'Appeal' };

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
export function seatAskedIn(state: ReviewState): Seat | null {
  return state === 'l1' || state === 'l2' || state === 'appeal' ? state : null;
}

/** Where a review stands, for reviewers: they see that experts are asked. */
export function deskStage(state: ReviewState): string {
  return state === 'consultation' ? 'Experts are asked; your time stands still' : stageInWords({ state, begun: true });
}
