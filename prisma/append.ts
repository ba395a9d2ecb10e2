import { json, sameJson } from './json.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { readClock } from './case-time.js';
import { Prisma } from './generated/client.js';

/** A row before it is appended. */
export interface NewSubmission {
  /** One-time key of the form, command or fact behind it. */
  readonly key: string;
  readonly caseId: string;
  readonly applicationId: string | null;
  /** The round that its author saw. */
  readonly round: number | null;
  readonly kind: string;
  readonly role: 'owner' | 'l1' | 'l2' | 'expert' | 'secretariat' | 'campaign' | 'import' | 'mail' | 'public';
  readonly actor: string;
  /** A plain object, checked at the door where it came in. */
  readonly body: object;
}

/** What became of an append: the row's number, whether it is new, or why it cannot be. */
export type Appended =
  | { readonly id: number; readonly isNew: boolean }
  | { readonly problem: 'no_case' | 'other_content' };

/**
 * Appends one row under the lock of its case and wakes the relay. The second append of a key with equal content
 * gives the first one's row; with other content it is a problem, and nothing is written.
 */
export async function appendSubmission(database: Database, row: NewSubmission): Promise<Appended> {
  const appending = database.$transaction(async (transaction): Promise<Appended> => {
    if (!(await lockCase(transaction, row.caseId))) return { problem: 'no_case' };
    return appendRow(transaction, row);
  });
  return appending.catch((failure: unknown) => {
    // The lock is that of one case: of two at once with one key, the other one is about another case.
    if (isTakenKey(failure)) return { problem: 'other_content' };
    throw failure;
  });
}

function isTakenKey(failure: unknown): boolean {
  return failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002';
}

/** The same for a caller that holds the lock of the case and writes more in its transaction. */
export async function appendRow(transaction: Transaction, row: NewSubmission): Promise<Appended> {
  const earlier = await transaction.submission.findUnique({ where: { key: row.key } });
  if (earlier !== null) {
    const same = earlier.kind === row.kind && earlier.caseId === row.caseId && sameJson(earlier.body, row.body);
    return same ? { id: earlier.id, isNew: false } : { problem: 'other_content' };
  }
  const { now } = await readClock(transaction);
  const { id } = await transaction.submission.create({ data: { ...row, body: json(row.body), at: now } });
  if (row.role === 'owner' && row.kind !== 'new_link') await noteReached(transaction, row);
  await transaction.$executeRaw`select pg_notify('rows', ${row.caseId})`;
  return { id, isNew: true };
}

/** Whoever acts by a link has an email of ours, though the mail server refused the address once. */
async function noteReached(transaction: Transaction, { applicationId, actor }: NewSubmission): Promise<void> {
  await transaction.$executeRaw`
    update "Recipient" set "refusedAt" = null
    where "applicationId" = ${applicationId} and id::text = ${actor} and "refusedAt" is not null`;
}
