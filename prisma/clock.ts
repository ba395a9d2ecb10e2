import { DAY } from '../domain/calendar.js';
import type { Segment } from '../domain/clock.js';
import { startClock } from './case-time.js';
import type { Database } from './database.js';

/** Data that runs on another clock than it is started with: it must not be touched. */
export class OtherClockError extends Error {}

/**
 * Makes sure that the database has a clock: real time if it is new. A clock whose days are not real ones is refused:
 * only the demo makes such data, and only the demo starts it, afresh.
 * @throws OtherClockError.
 */
export async function ensureRealClock(database: Database): Promise<void> {
  await startClock(database);
  const last = await database.clockSegment.findFirst({ orderBy: { realAt: 'desc' } });
  if (last !== null && last.dayMs !== DAY) {
    throw new OtherClockError(
      'The days of this data are not real days: it was made by the demo. Set PERENNIAL_HOME to another folder.',
    );
  }
}

/** Appends a segment to the clock. Only the demo and tests do, in data of their own. */
export async function appendSegment(database: Database, { realAt, caseAt, dayMs }: Segment): Promise<void> {
  await database.clockSegment.create({ data: { realAt: new Date(realAt), caseAt: new Date(caseAt), dayMs } });
}

/** Whether this installation is a demonstration, whose people, answers and outcomes are invented: all pages and emails say so. */
export async function isInvented(database: Database): Promise<boolean> {
  return (await database.setting.findUnique({ where: { name: 'invented' } }))?.value === 'yes';
}

/** Says, for good, that this installation is a demonstration. */
export async function markInvented(database: Database): Promise<void> {
  await database.setting.createMany({ data: [{ name: 'invented', value: 'yes' }], skipDuplicates: true });
}
