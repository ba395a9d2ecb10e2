import { isAway, type StandIn } from '../domain/absence.js';
import { isWithReviewers } from '../domain/agenda.js';
import type { Day } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import { inTheWay } from '../domain/reviewer-guards.js';
import { absenceOf } from './absence-columns.js';
import type { Transaction } from './database.js';
import { readReviewer } from './read-reviewer.js';

/**
 * Who stands in for the reviewer who has a review; null: they are here, or nobody has it. For one of ours who left, has
 * no role any more for what is asked, or is not to judge the product, nobody does.
 */
export async function readStandIn(
  transaction: Transaction,
  { review, slug, today }: { readonly review: Review | null; readonly slug: string; readonly today: Day },
): Promise<StandIn | null> {
  if (review === null || review.claim === null) return null;
  const holder = await transaction.staffPerson.findUnique({ where: { id: review.claim.by } });
  if (holder === null) return null;
  const about = { review, slug, today };
  if (isWithReviewers(review) && (await canAct(transaction, { by: holder.id, ...about })) === 'never') {
    return { deputy: null };
  }
  const absence = absenceOf(holder);
  if (!isAway(absence, today)) return null;
  const { deputy } = absence;
  return { deputy: (await canAct(transaction, { by: deputy, ...about })) === 'now' ? deputy : null };
}

/** Whether somebody has a role for what is asked, and nothing stands between them and the case; `later`: is away. */
async function canAct(
  transaction: Transaction,
  about: { readonly by: string; readonly review: Review; readonly slug: string; readonly today: Day },
): Promise<'now' | 'later' | 'never'> {
  const { by, review, slug, today } = about;
  const { reference, state } = review;
  const reviewer = await readReviewer(transaction, { reviewer: by, slug, reference, state, today });
  if (reviewer.role !== 'has' || inTheWay(review, { by, reviewer }) !== null) return 'never';
  return reviewer.awayUntil === null ? 'now' : 'later';
}
