import { FREE, type ReviewerFacts } from '../domain/case.js';
import type { Transaction } from './database.js';

/** What stands between a reviewer and a review of a product; nobody is free. */
export async function readReviewer(
  transaction: Transaction,
  { reviewer, slug, reference }: { reviewer: string | null; slug: string; reference: string | null },
): Promise<ReviewerFacts> {
  if (reviewer === null) return FREE;
  const conflict = await transaction.reviewerConflict.count({ where: { reviewer, slug } });
  const holds = await transaction.application.count({
    where: { claimedBy: reviewer, open: true, ...(reference === null ? {} : { id: { not: reference } }) },
  });
  return { ...FREE, conflict: conflict > 0, holds };
}
