import { caseTime, type Clock } from '../domain/clock.js';
import type { Instant } from '../domain/calendar.js';
import type { Transaction } from './database.js';

/** The clock of case time and what it shows, by the database's own time. Read inside each transaction, never kept. */
export async function readClock(transaction: Transaction): Promise<{ clock: Clock; now: Instant }> {
  const [time] = await transaction.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  const segments = await transaction.clockSegment.findMany({ orderBy: { realAt: 'asc' } });
  if (time === undefined || segments.length === 0) {
    throw new Error('The database has no clock: prepare it with "perennial import" first.');
  }
  const clock = segments.map(({ realAt, caseAt, dayMs }) => ({
    realAt: realAt.toISOString(),
    caseAt: caseAt.toISOString(),
    dayMs,
  }));
  return { clock, now: caseTime(clock, time.now.getTime()) };
}
