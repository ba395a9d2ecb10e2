import type { Review } from '../domain/case.js';
import type { Database, Transaction } from './database.js';

/** Whether the product of a nomination had a review of its own since it was listed. */
export async function reviewedSince(
  transaction: Database | Transaction,
  { review, slug }: { readonly review: Review | null; readonly slug: string },
): Promise<boolean> {
  if (review?.kind !== 'nomination') return false;
  return (await transaction.application.count({ where: { slug, kind: { not: 'nomination' } } })) > 0;
}
