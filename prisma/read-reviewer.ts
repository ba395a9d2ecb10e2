import { FREE, type ReviewerFacts } from '../domain/case.js';
import type { Transaction } from './database.js';

/** What stands between a reviewer and a review of a product; nobody is free. */
export async function readReviewer(
  transaction: Transaction,
  { reviewer, slug, reference }: { reviewer: string | null; slug: string; reference: string | null },
): Promise<ReviewerFacts> {
  if (reviewer === null) return FREE;
  const conflict = await transaction.reviewerConflict.count({ where: { reviewer, slug } });
  const person = await transaction.staffPerson.findUnique({ where: { id: reviewer }, select: { address: true } });
  const contacts =
    person === null
      ? 0
      : await transaction.contact.count({ where: { slug, address: { equals: person.address, mode: 'insensitive' } } });
  const holds = await transaction.application.count({
    where: { claimedBy: reviewer, open: true, ...(reference === null ? {} : { id: { not: reference } }) },
  });
  return { conflict: conflict > 0, ownProduct: contacts > 0, holds };
}
