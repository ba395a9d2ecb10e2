import { dayOfHeads, exportHeads, LedgerError, newestHeads, type HeadsPlace } from '../adapters/ledger-heads.js';
import { describeError, type Log } from '../adapters/log.js';
import { casesLost, ledgerHeads } from '../prisma/check-ledger.js';
import type { Database } from '../prisma/database.js';

const LOOK_EVERY = 60 * 60 * 1000;

/** What exports heads, and how it is heard. */
export interface DailyHeadsPlan {
  readonly place: HeadsPlace;
  readonly database: Database;
  readonly log: Log;
}

/**
 * Exports the heads of the ledger once a day of UTC, in real time: at start and then every hour it looks whether
 * today's are there. What cannot be exported is logged, as `ledger_broken` if the database lacks what was exported.
 */
export function startDailyHeads(plan: DailyHeadsPlan): { readonly stop: () => Promise<void> } {
  let work = exportOnce(plan);
  const timer = setInterval(() => {
    work = work.then(() => exportOnce(plan));
  }, LOOK_EVERY);
  return {
    stop: async () => {
      clearInterval(timer);
      await work;
    },
  };
}

async function exportOnce({ place, database, log }: DailyHeadsPlan): Promise<void> {
  const at = new Date().toISOString();
  try {
    const newest = newestHeads(place.folder);
    if (newest !== null && dayOfHeads(newest) === at.slice(0, 10)) return;
    const source = { heads: () => ledgerHeads(database), lost: casesLost.bind(null, database) };
    await exportHeads(place, { source, at });
  } catch (error) {
    log({ what: error instanceof LedgerError ? 'ledger_broken' : 'ledger_not_exported', ...describeError(error) });
  }
}
