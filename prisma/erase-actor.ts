import { readClock } from './case-time.js';
import { lockCase, type Database } from './database.js';
import { writeLines } from './ledger.js';

/**
 * Takes the name of somebody who acted out of every line of the ledger, case by case; a line says of each that it was
 * done, and the chains hold. Run again it finds nothing. Returns how many lines had it. Throws if `by` is
 * that very name, and if this user of the database may not: only the owner of the table changes it.
 */
export async function eraseActor(database: Database, { actor, by }: { actor: string; by: string }): Promise<number> {
  if (by.trim().toLowerCase() === actor.trim().toLowerCase()) {
    throw new Error('Each erased line says who erased it. Nothing was erased. Give --by another name.');
  }
  const [may] = await database.$queryRaw<{ may: boolean }[]>`
    select has_column_privilege('"LedgerEntry"', 'actor', 'update') as may`;
  if (may?.may !== true) {
    throw new Error(
      'This user of the database may not change the ledger. Set DATABASE_URL to the owner of its tables.',
    );
  }
  const cases = await database.ledgerEntry.findMany({
    where: { actor },
    select: { caseId: true },
    distinct: ['caseId'],
    orderBy: { caseId: 'asc' },
  });
  let erased = 0;
  for (const { caseId } of cases) erased += await eraseIn(database, { caseId, actor, by });
  return erased;
}

async function eraseIn(
  database: Database,
  { caseId, actor, by }: { caseId: string; actor: string; by: string },
): Promise<number> {
  return database.$transaction(async (transaction) => {
    await lockCase(transaction, caseId);
    const lines = await transaction.ledgerEntry.findMany({ where: { caseId, actor }, orderBy: { seq: 'asc' } });
    const { now } = await readClock(transaction);
    const row = { role: 'secretariat', actor: by };
    const step = { caseId, at: now, row, why: 'command', before: {}, after: {}, ranBy: null };
    const notes = lines.map(({ seq }) => ({ what: 'actor_erased', applicationId: null, detail: { seq } }));
    await writeLines(transaction, step, notes);
    const where = { id: { in: lines.map(({ id }) => id) } };
    await transaction.ledgerEntry.updateMany({ where, data: { actor: null, salt: null } });
    return lines.length;
  });
}
