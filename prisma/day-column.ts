import { dayOf, startOfDay, type Day } from '../domain/calendar.js';

/** The day that a date column holds; null stays null. */
export function dayOfColumn(date: Date | null): Day | null {
  return date === null ? null : dayOf(date.toISOString());
}

/** A day as a date column takes it; null stays null. */
export function columnOfDay(day: Day | null): Date | null {
  return day === null ? null : new Date(startOfDay(day));
}
