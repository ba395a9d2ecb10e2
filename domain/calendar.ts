/**
 * The only file that computes with dates. Plain UTC, given "now"; nothing here reads a clock.
 * An `Instant` is ISO 8601 with milliseconds and Z; a `Day` is YYYY-MM-DD. Both compare as strings.
 */
export type Instant = string;
export type Day = string;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Hour of the day, UTC, at which prompts and reminders are handed over. */
const SENDING_HOUR = 9;

/** The instant of a number of milliseconds since 1970. */
export function instant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** Milliseconds since 1970 of an instant. Throws on what is not one. */
export function millisecondsOf(value: Instant): number {
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) throw new Error(`not an instant: ${value}`);
  return milliseconds;
}

/** Whether a text is a day that the calendar has, as YYYY-MM-DD: 30 February is none. */
export function isDay(text: string): boolean {
  const read = new Date(`${text}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}

/** The UTC day of an instant. */
export function dayOf(value: Instant): Day {
  return value.slice(0, 10);
}

/** An instant `milliseconds` later (or earlier, if negative). */
export function later(value: Instant, milliseconds: number): Instant {
  return instant(millisecondsOf(value) + milliseconds);
}

/** A day `days` later (or earlier, if negative). */
export function addDays(day: Day, days: number): Day {
  return dayOf(instant(startOf(day) + days * DAY));
}

/** The same date next year; 29 February becomes 28 February. */
export function addYear(day: Day): Day {
  const year = Number(day.slice(0, 4)) + 1;
  const rest = day.slice(4);
  if (rest !== '-02-29') return `${year}${rest}`;
  return `${year}-02-28`;
}

/** Whole days from one day to another; negative if the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOf(to) - startOf(from)) / DAY);
}

/** The first instant of a day, UTC. */
export function startOfDay(day: Day): Instant {
  return instant(startOf(day));
}

/** The end of a day anywhere on Earth (UTC-12): whatever midnight its reader means, it is not later. */
export function endOfDayAnywhere(day: Day): Instant {
  return instant(startOf(day) + DAY + 12 * HOUR);
}

/** The instant of a day at which prompts and reminders go. */
export function sendingTime(day: Day): Instant {
  return instant(startOf(day) + SENDING_HOUR * HOUR);
}

/** The next sending time at or after an instant. */
export function nextSendingTime(now: Instant): Instant {
  const today = sendingTime(dayOf(now));
  return today >= now ? today : sendingTime(addDays(dayOf(now), 1));
}

/** The later of two instants or days. */
export function latest<T extends string>(one: T, other: T): T {
  return one > other ? one : other;
}

function startOf(day: Day): number {
  return millisecondsOf(`${day}T00:00:00.000Z`);
}
