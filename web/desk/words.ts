import { printInstant } from '../../adapters/dates.js';
import { DAY, millisecondsOf, type Instant } from '../../domain/calendar.js';
import type { Level } from '../../domain/policy.js';
import type { StaffRole } from '../../domain/staff.js';

/** When something is due, and how far that is from now. */
export function dueInWords(due: Instant | null, now: Instant): string {
  if (due === null) return 'No date runs';
  const left = millisecondsOf(due) - millisecondsOf(now);
  const days = Math.floor(Math.abs(left) / DAY);
  const many = days === 1 ? '1 day' : `${days} days`;
  const when =
    left < 0 ? (days === 0 ? 'overdue since today' : `overdue by ${many}`) : days === 0 ? 'today' : `${many} left`;
  return `${printInstant(due)} (${when})`;
}

/** What a reviewer is asked at a level. */
export const LEVELS: Readonly<Record<Level, string>> = { l1: 'First level', l2: 'Second level' };

/** The levels at which somebody may review. */
export function levelsOf(roles: readonly StaffRole[]): readonly Level[] {
  return (['l1', 'l2'] as const).filter((level) => roles.includes(level));
}
