import { dayOf, type Day } from '../domain/calendar.js';
import { caseTime, type Clock } from '../domain/clock.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';

/** What was committed when it was read, and when that was. */
export interface Version {
  /** Equal in two reads only if nothing was committed in between that either could see. */
  readonly seen: string;
  /** Real milliseconds by the database's clock. */
  readonly real: number;
}

/**
 * Reads which transactions the database has committed, by one query that touches no table: the same answer twice
 * means the same records. Any transaction that writes anything makes another version, also of another database of the
 * same server: it may change for nothing, and is never the same by mistake. After a crash numbers of transactions come
 * again: so the start of the server is part of it.
 */
export async function readVersion(database: Database): Promise<Version> {
  const [row] = await database.$queryRaw<{ seen: string; real: number }[]>`
    select pg_current_snapshot()::text || ' since ' || pg_postmaster_start_time()::text as seen, (extract(epoch from clock_timestamp()) * 1000)::float8 as real`;
  if (row === undefined) throw new Error('The database did not say what it has committed.');
  return row;
}

/** Reads the clock alone, for days of versions read before it. */
export async function readClockAlone(database: Database): Promise<Clock> {
  return (await database.$transaction(readClock)).clock;
}

/** The day of case time at a version. */
export function dayAt(clock: Clock, { real }: Version): Day {
  return dayOf(caseTime(clock, real));
}
