import type { FormRecord } from '../../prisma/read-form.js';

/** What is different for the owner of a nomination: there is no listing yet that silence or a decision could change. */

/** What a case is called on its owner's pages. */
export function caseTitle({ review, product }: Pick<FormRecord, 'review' | 'product'>): string {
  return review.kind === 'nomination' ? `The nomination of ${product}` : `The review of ${product}`;
}

/** What silence brings in a turn of a nomination. */
export function nominationsSilence({ review, product }: FormRecord): string {
  if (review.state !== 'draft') return 'The secretariat decides. It can end the nomination without an answer.';
  return (
    'The nomination ends, and what you saved is deleted. We remind you before, and each answer that you save gives ' +
    `you ${review.policy.ownerDays} days again. You can nominate ${product} anew.`
  );
}

/** How a nomination ended. */
export function nominationsResult({ review, product }: FormRecord): string {
  switch (review.state) {
    case 'approved':
      return `${product} meets the Standard. It is listed as a digital public good.`;
    case 'ineligible':
      return `${product} does not meet the Standard yet, and is not listed. Change what does not meet it, and nominate it again at any time.`;
    case 'withdrawn':
      return 'The nomination was withdrawn. You can nominate the product again at any time.';
    case 'unanswered':
      return 'The nomination was closed without an answer. You can nominate the product again at any time.';
    case 'removed':
      return 'The reviewers removed the nomination without a review.';
    case 'abandoned':
      return 'The answers were never sent, so the nomination ended. You can nominate the product again at any time.';
    default:
      return 'The nomination ended.';
  }
}
