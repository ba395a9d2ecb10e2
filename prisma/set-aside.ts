import { nextEntry } from '../domain/agenda.js';
import type { Entry } from '../domain/case.js';
import { readClock } from './case-time.js';
import { lockCase, type Database } from './database.js';
import { json } from './json.js';
import { writeLines, type Execution } from './ledger.js';
import { oldestRow } from './oldest-row.js';

/** So many failures of a step in a row, for a reason of its own, set its row or entry aside. */
const PATIENCE = 10;

/**
 * Notes that a step failed for a reason other than a server being away; the tenth time in a row at the same row or
 * entry sets that aside, in a transaction of its own. It then needs a human ("stuck") and goes on by a `release`.
 * Returns whether something was set aside. Any step that wrote begins the count anew.
 */
export async function noteFailure(
  database: Database,
  caseId: string,
  ranBy: Execution | null = null,
): Promise<boolean> {
  return database.$transaction(async (transaction) => {
    if (!(await lockCase(transaction, caseId))) return false;
    const found = await transaction.case.findUniqueOrThrow({ where: { id: caseId } });
    const row = await oldestRow(transaction, caseId);
    // What save-case.ts wrote.
    const entries = found.agenda as unknown as readonly Entry[];
    const entry = row === null ? nextEntry(entries) : null;
    const at = row === null ? entry?.id : `row:${row.id}`;
    if (at === undefined) return false;
    const count = found.failedAt === at ? found.failures + 1 : 1;
    if (count < PATIENCE) {
      await transaction.case.update({ where: { id: caseId }, data: { failures: count, failedAt: at } });
      return false;
    }
    if (row !== null) await transaction.submission.update({ where: { id: row.id }, data: { aside: true } });
    const left = entries.map((one): Entry => (one.id === entry?.id ? { ...one, aside: true } : one));
    const { now } = await readClock(transaction);
    const next = nextEntry(left);
    const attention = [...new Set([...found.attention, 'stuck'])];
    await transaction.case.update({
      where: { id: caseId },
      data: {
        nextDueAt: next === null ? null : new Date(next.due),
        failures: 0,
        failedAt: null,
        agenda: json(left),
        attention,
        revision: { increment: 1 },
      },
    });
    await writeLines(
      transaction,
      {
        ...{ caseId, at: now, row: null, why: 'failures', ranBy },
        before: { attention: found.attention.join(' ') },
        after: { attention: attention.join(' ') },
      },
      [{ what: 'set_aside', applicationId: null, detail: { at } }],
    );
    return true;
  });
}
