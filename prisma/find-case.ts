import type { Review } from '../domain/case.js';
import { caseOfProduct } from './case-of-product.js';
import type { Database } from './database.js';
import { storedReview } from './stored-review.js';

/** A case as somebody outside the rules finds it. */
export interface FoundCase {
  readonly caseId: string;
  readonly slug: string;
  /** The review that was named, or the newest of the product; null if it never had one. */
  readonly review: Review | null;
  /** The version of the Standard that it keeps. */
  readonly version: string | null;
}

/** The case that a reference, a slug or a case's own id names; null if there is none. */
export async function findCase(database: Database, given: string): Promise<FoundCase | null> {
  const name = given.trim();
  const byReference = await database.application.findUnique({ where: { id: name.toUpperCase() } });
  if (byReference !== null) {
    const { caseId, slug, review, standard: version } = byReference;
    // Written by steps: the domain's own type.
    return { caseId, slug, review: storedReview(review), version };
  }
  const slug = name.toLowerCase().replace(/^(dpg|nomination)\//u, '');
  const found = await database.case.findUnique({
    where: { id: await caseOfProduct(database, slug) },
    include: { applications: { orderBy: { openedAt: 'desc' }, take: 1 } },
  });
  if (found === null) return null;
  const newest = found.applications[0];
  if (newest === undefined) return { caseId: found.id, slug, review: null, version: null };
  return { caseId: found.id, slug, review: storedReview(newest.review), version: newest.standard };
}
