import { DAY, instant, millisecondsOf, type Instant } from './calendar.js';

/**
 * A stretch of the clock of case time: from the real instant `realAt` on, case time starts at `caseAt`
 * and one day of it lasts `dayMs` real milliseconds. 86,400,000 is real time.
 */
export interface Segment {
  readonly realAt: Instant;
  readonly caseAt: Instant;
  readonly dayMs: number;
}

/** Segments, oldest first; at least one. */
export type Clock = readonly Segment[];

/** Case time at a real instant. Before the first segment it is that segment's clock, run backwards. */
export function caseTime(clock: Clock, real: number): Instant {
  const segment = segmentAt(clock, real);
  return instant(
    Math.floor(millisecondsOf(segment.caseAt) + ((real - millisecondsOf(segment.realAt)) * DAY) / segment.dayMs),
  );
}

/**
 * Real milliseconds since 1970 at which case time reaches an instant. What a segment leaps over is reached when that
 * segment begins; what it sets back to comes again.
 */
export function realTime(clock: Clock, due: Instant): number {
  const wanted = millisecondsOf(due);
  let real = realIn(first(clock), wanted);
  for (const segment of clock.slice(1)) {
    const reaches = millisecondsOf(segment.caseAt) <= wanted;
    real = reaches ? realIn(segment, wanted) : Math.min(real, millisecondsOf(segment.realAt));
  }
  return Math.ceil(real);
}

function realIn({ realAt, caseAt, dayMs }: Segment, wanted: number): number {
  return millisecondsOf(realAt) + ((wanted - millisecondsOf(caseAt)) * dayMs) / DAY;
}

/** How many real milliseconds a day of case time lasts at a real instant. */
export function dayLasts(clock: Clock, real: number): number {
  return segmentAt(clock, real).dayMs;
}

/** What of a clock still matters at an instant of case time: the segment that runs, and later ones. */
export function clockFrom(clock: Clock, now: Instant): Clock {
  const first = clock.findLastIndex(({ caseAt }) => caseAt <= now);
  return clock.slice(Math.max(first, 0));
}

function segmentAt(clock: Clock, real: number): Segment {
  let found: Segment | undefined;
  for (const segment of clock) if (millisecondsOf(segment.realAt) <= real) found = segment;
  return found ?? first(clock);
}

function first(clock: Clock): Segment {
  const [segment] = clock;
  if (!segment) throw new Error('the clock has no segment');
  return segment;
}
