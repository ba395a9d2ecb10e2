import { instant } from '../../domain/calendar.js';
import { caseTime } from '../../domain/clock.js';
import { readClock } from '../../prisma/case-time.js';
import { appendSegment } from '../../prisma/clock.js';
import type { Database } from '../../prisma/database.js';

/** From now on a day of cases lasts so many real milliseconds. */
export async function changePace(database: Database, dayMs: number): Promise<void> {
  const { clock } = await database.$transaction(readClock);
  const now = Date.now();
  await appendSegment(database, { realAt: instant(now), caseAt: caseTime(clock, now), dayMs });
}
