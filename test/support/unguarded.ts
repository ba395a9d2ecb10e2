import type { Database, Transaction } from '../../prisma/database.js';

/** Changes the ledger as nobody but the owner of a database can: in one transaction, without its triggers. */
export function unguarded<Result>(
  database: Database,
  change: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRaw`set local session_replication_role = replica`;
    return change(transaction);
  });
}
