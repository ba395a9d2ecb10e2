import { realTime, type Clock } from '../domain/clock.js';
import type { Instant } from '../domain/calendar.js';

/**
 * Milliseconds of a timer that ends when case time reaches an instant; at least 1. The only place where case time
 * becomes a timer: `Date.now` is Temporal's own clock here, the same in each replay.
 */
export function timerUntil(due: Instant, clock: Clock): number {
  return Math.max(realTime(clock, due) - Date.now(), 1);
}
