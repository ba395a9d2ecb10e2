import type { Connection } from '@temporalio/client';
import { ConfigError } from '../adapters/config.js';
import { isDevServer } from '../adapters/temporal.js';
import { DAY } from '../domain/calendar.js';
import { readClock } from '../prisma/case-time.js';
import { isInvented } from '../prisma/clock.js';
import type { Database } from '../prisma/database.js';

/**
 * Refuses to write to everybody where that would be a mistake that only the servers know of: invented people, days that
 * are not real ones, a Temporal that is made for trials.
 * @throws ConfigError with every reason at once.
 */
export async function mayGoLive(database: Database, connection: Connection): Promise<void> {
  const { clock } = await database.$transaction(readClock);
  const reasons = [
    ...((await isInvented(database))
      ? ['DATABASE_URL names the data of a demonstration, whose people are invented.']
      : []),
    ...(clock.every(({ dayMs }) => dayMs === DAY)
      ? []
      : ['DATABASE_URL names data whose days were not real ones, as in the demonstration.']),
    ...((await isDevServer(connection))
      ? ["TEMPORAL_ADDRESS names a dev server, which is made for trials. Use Temporal's server on PostgreSQL."]
      : []),
  ];
  if (reasons.length > 0) {
    throw new ConfigError(
      ['Mode live is refused; PERENNIAL_MAIL_MODE=allowlist is for trials.', ...reasons].join('\n'),
    );
  }
}
