import type { CaseRecord } from '../domain/case.js';
import type { ConcernFacts, ConcernStage } from '../domain/concern.js';
import type { CaseEvent } from '../domain/event.js';
import { nominationOf } from '../domain/nomination.js';
import type { Transaction } from './database.js';
import { concernOfRow, type StoredRow } from './event-of-row.js';

/** What of a case waits: a row that was set aside, and so many concerns that staff have not answered. */
export interface WaitingInCase {
  readonly aside: boolean;
  readonly concerns?: number;
}

/**
 * Reads it, in one query: each step does. Concerns are of the product's own case, and not of that of its nomination,
 * whatever that still has to do.
 */
export async function waitingIn(
  transaction: Transaction,
  { caseId, slug }: { caseId: string; slug: string },
): Promise<WaitingInCase> {
  const isOwn = nominationOf(caseId) === null;
  const [found] = await transaction.$queryRaw<[WaitingInCase]>`
    select exists (select 1 from "Submission" where "caseId" = ${caseId} and aside and not taken) as aside,
           (select count(*)::int from "Concern" where slug = ${slug} and stage = 'waiting' and ${isOwn}) as concerns`;
  return found;
}

/**
 * Where the concern stands that a row is about, nothing if it is about none of this product; and whether its nomination
 * is open again, where that matters: for what opens a review, or waits to, and for the end of the case.
 */
export async function concernFacts(
  transaction: Transaction,
  { row, slug, record }: { row: StoredRow | null; slug: string; record: CaseRecord },
): Promise<ConcernFacts> {
  const id = row === null ? null : concernOfRow(row);
  const found = id === null ? null : await transaction.concern.findFirst({ where: { id, slug } });
  const opens = row !== null && OPENING.includes(row.kind);
  const waits = opens || record.agenda.some(({ what }) => what === 'concern' || what === 'forget');
  const where = { slug, kind: 'nomination', open: true };
  const approvalOpen = waits && (await transaction.application.count({ where })) > 0;
  // Written by prisma/concerns.ts and by steps, from the domain's own words.
  const stage = found === null ? {} : { concern: found.stage as ConcernStage };
  return { ...stage, ...(approvalOpen ? { approvalOpen } : {}) };
}

const OPENING: readonly string[] = ['wake', 'accept_concern'] satisfies CaseEvent['is'][];
