import type { Transaction } from './database.js';

/** The oldest row of a case without an outcome that is not set aside. */
export function oldestRow(transaction: Transaction, caseId: string) {
  return transaction.submission.findFirst({ where: { caseId, aside: false, outcome: null }, orderBy: { id: 'asc' } });
}
