import { isAway, type StandIn } from '../domain/absence.js';
import type { Day } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import { inTheWay } from '../domain/reviewer-guards.js';
import { absenceOf } from './absence-columns.js';
import type { Transaction } from './database.js';
import { readReviewer } from './read-reviewer.js';

/** Who stands in for the reviewer who has a review; null: they are here, or nobody has it. */
export async function readStandIn(
  transaction: Transaction,
  { review, slug, today }: { readonly review: Review | null; readonly slug: string; readonly today: Day },
): Promise<StandIn | null> {
  if (review === null || review.claim === null) return null;
  const holder = await transaction.staffPerson.findUnique({ where: { id: review.claim.by } });
  const absence = holder === null ? null : absenceOf(holder);
  if (!isAway(absence, today)) return null;
  const { deputy } = absence;
  return { deputy: (await mayStandIn(transaction, { deputy, review, slug, today })) ? deputy : null };
}

/** A deputy has a role for what is asked, is here, and nothing stands between them and the case. */
async function mayStandIn(
  transaction: Transaction,
  about: { readonly deputy: string; readonly review: Review; readonly slug: string; readonly today: Day },
): Promise<boolean> {
  const { deputy: id, review, slug, today } = about;
  const { reference, state } = review;
  const reviewer = await readReviewer(transaction, { reviewer: id, slug, reference, state, today });
  return reviewer.hasRole && reviewer.awayUntil === null && inTheWay(review, { by: id, reviewer }) === null;
}
