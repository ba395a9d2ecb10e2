import type { Review } from '../domain/case.js';
import { keptReview } from '../domain/kept-review.js';

/** A review as a step of this version or an earlier one wrote it: the JSON column holds the domain's own type. */
export function storedReview(column: unknown): Review {
  return keptReview(column as Review);
}
