import { appendSubmission, type NewSubmission } from './append.js';
import { awaitOutcome } from './await-outcome.js';
import type { Database } from './database.js';

/** How long a page waits for the outcome of what it appended, in milliseconds of real time. */
const PATIENCE = 2_000;

/** The row that a one-time key appended already, or null. */
export async function rowOfKey(database: Database, key: string): Promise<number | null> {
  const found = await database.submission.findUnique({ where: { key }, select: { id: true } });
  return found?.id ?? null;
}

/**
 * Appends a row of an owner and waits a moment for its outcome. Without one by then, the row is marked as told
 * "received": its author hears what became of it. The second post of a key gives the first one's row.
 */
export async function appendAndWait(database: Database, row: NewSubmission): Promise<number> {
  const appended = await appendSubmission(database, row);
  const id = 'id' in appended ? appended.id : await rowOfKey(database, row.key);
  if (id === null) throw new Error('a row for a case that there is no record of');
  try {
    const outcome = await awaitOutcome(database, { submissionId: id, milliseconds: PATIENCE });
    if (outcome === null) await markTold(database, id);
  } catch {
    // The row is there: whoever appended it must not hear that nothing was sent. Its page shows what becomes of it.
  }
  return id;
}

/** Notes that a person was told "received" of a row without outcome. */
export async function markTold(database: Database, id: number): Promise<void> {
  await database.submission.updateMany({ where: { id, told: false, outcome: null }, data: { told: true } });
}
