import pg from 'pg';
import type { RelayRecords, WaitingCase } from '../activities/relay.js';
import { HOUR, later } from '../domain/calendar.js';
import { readClock } from './case-time.js';
import { deleteOldConcerns } from './concerns.js';
import type { Database } from './database.js';
import { deleteOldStarts } from './start-nomination.js';

/** An entry on which no timer acted for so long of case time, ten minutes, is overdue. */
const OVERDUE = HOUR / 6;

/** What waits for the workflows of cases, as the relay asks for it. */
export function waitingRows(database: Database, databaseUrl: string): Omit<RelayRecords, 'look' | 'step'> {
  return {
    waiting: () => waiting(database),
    listen: (hear) => listen(databaseUrl, hear),
    living: async () => {
      const cases = await database.case.findMany({ where: { ended: false }, select: { id: true } });
      return cases.map(({ id }) => id);
    },
    tidy: async () => {
      await deleteOldStarts(database);
      await deleteOldConcerns(database);
    },
    overdue: async () => {
      const { now } = await database.$transaction(readClock);
      const nextDueAt = { lt: new Date(later(now, -OVERDUE)) };
      const cases = await database.case.findMany({ where: { ended: false, nextDueAt }, select: { id: true } });
      return cases.map(({ id }) => id);
    },
  };
}

async function waiting(database: Database): Promise<readonly WaitingCase[]> {
  return database.$queryRaw<WaitingCase[]>`
    select s."caseId", min(s.id)::int as oldest, max(s.id)::int as newest,
           (array_agg(s.kind order by s.id))[1] as kind,
           bool_or(s.role not in ('campaign', 'import')) as person
    from "Submission" s
    where not s.aside and not s.taken
    group by s."caseId"`;
}

/** Hears of appended rows on a connection of its own. */
async function listen(
  connectionString: string,
  { onNews, broken }: { onNews: () => void; broken: (error: Error) => void },
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, keepAlive: true });
  let stopping = false;
  client.on('error', broken);
  client.on('end', () => {
    if (!stopping) broken(new Error('the database closed the connection that listens'));
  });
  client.on('notification', onNews);
  await client.connect();
  await client.query('listen rows');
  return async () => {
    stopping = true;
    await client.end();
  };
}
