import type { ReviewState } from '../domain/case.js';
import type { Transaction } from './database.js';
import { Prisma } from './generated/client.js';

/**
 * Where a review stands for everybody: while experts are asked it is at the level that asked them, and while a decision
 * can be undone at the level that made it, be it the appeal's.
 */
export const PUBLIC_STATE = Prisma.sql`case state
  when 'decided' then review->'verdicts'->-1->>'level'
  when 'consultation' then review->'consultation'->>'level'
  else state end`;

/** By reference, where reviews stand for everybody that stand elsewhere in truth. */
export async function readPublicStates(transaction: Transaction): Promise<ReadonlyMap<string, ReviewState>> {
  const rows = await transaction.$queryRaw<{ id: string; state: ReviewState }[]>`
    select id, ${PUBLIC_STATE} as state from "Application" where open and state in ('decided', 'consultation')`;
  return new Map(rows.map(({ id, state }) => [id, state]));
}
