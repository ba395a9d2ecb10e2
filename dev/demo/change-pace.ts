import { instant } from '../../domain/calendar.js';
import { caseTime } from '../../domain/clock.js';
import { readClock } from '../../prisma/case-time.js';
import { appendSegment } from '../../prisma/clock.js';
import type { Database } from '../../prisma/database.js';
import type { RunningPace } from './pace.js';

/** From now on a day of cases lasts so many real milliseconds. */
export async function changePace(database: Database, dayMs: number): Promise<void> {
  const { clock } = await database.$transaction(readClock);
  const now = Date.now();
  await appendSegment(database, { realAt: instant(now), caseAt: caseTime(clock, now), dayMs });
}

/** Makes days longer if they have to be. How long they are from then on, in real milliseconds; null: as long as before. */
export async function slowDown(
  database: Database,
  { pace, longerDay }: { readonly pace: RunningPace; readonly longerDay: (now: number) => number | null },
): Promise<number | null> {
  const longer = longerDay(pace.dayMs);
  if (longer === null) return null;
  pace.slowTo(longer);
  await pace.patiently(() => changePace(database, longer));
  return longer;
}
