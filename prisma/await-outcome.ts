import type { RowOutcome } from '../domain/effect.js';
import type { Database } from './database.js';

/** How often it looks, in milliseconds of real time. */
const EVERY = 100;

/** Waits for the outcome of a row, at most so many milliseconds of real time; null if there is none by then. */
export async function awaitOutcome(
  database: Database,
  { submissionId, milliseconds }: { submissionId: number; milliseconds: number },
): Promise<RowOutcome | null> {
  const until = performance.now() + milliseconds;
  for (;;) {
    const found = await database.outcome.findUnique({ where: { submissionId } });
    // Steps write the words of the table only.
    if (found !== null) return { result: found.result as RowOutcome['result'], sentence: found.sentence };
    if (performance.now() + EVERY > until) return null;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}
