import { caseTime, type Clock } from '../domain/clock.js';
import type { Instant } from '../domain/calendar.js';
import type { Database, Transaction } from './database.js';

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

/** Starts the clock of a new installation in real time; a clock that is there stays as it is. */
export async function startClock(database: Database): Promise<void> {
  await database.$executeRaw`
    insert into "ClockSegment" ("realAt", "caseAt", "dayMs")
    select now, now, 86400000
    from (select (clock_timestamp() at time zone 'utc')::timestamp(3) as now) as real
    where not exists (select 1 from "ClockSegment")`;
}
