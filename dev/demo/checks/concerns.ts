import { storedReview } from '../../../prisma/stored-review.js';
import type { CheckParts, Looked } from './check.js';

/** What an answer of staff brings whoever raised a concern. */
const TELLS: readonly string[] = ['concern_answered', 'concern_ended'];

/**
 * Each concern that staff accepted stands with a review of its product that asks about its sections, or waits for one;
 * none that they rejected does; a product has one such review open at a time; and whoever was answered is written to.
 * Tried: concerns whose address was confirmed.
 */
export async function lookAtConcerns({ database }: Pick<CheckParts, 'database'>): Promise<Looked> {
  const concerns = await database.concern.findMany({
    where: { stage: { not: 'unconfirmed' } },
    include: { emails: { where: { kind: { in: [...TELLS] } } } },
    orderBy: { id: 'asc' },
  });
  const reviews = await database.application.findMany({ where: { kind: 'concern' }, orderBy: { openedAt: 'asc' } });
  const byReference = new Map(reviews.map((review) => [review.id, review]));
  const problems = concerns.flatMap(({ id, slug, stage, sections, applicationId, emails }) => {
    const review = byReference.get(applicationId ?? '');
    const about = review === undefined ? [] : (storedReview(review.review).about ?? []);
    const asked = review?.slug === slug && sections.every((section) => about.some((one) => one === section));
    return [
      ...(applicationId === null || asked
        ? []
        : [`concern ${id} is with ${applicationId}, which does not ask about it`]),
      ...(stage === 'rejected' && applicationId !== null ? [`concern ${id} was rejected, and is reviewed`] : []),
      ...(stage !== 'waiting' && emails.length === 0
        ? [`concern ${id} is ${stage}, and its author was not written to`]
        : []),
    ];
  });
  const unasked = reviews.filter(({ id }) => !concerns.some(({ applicationId }) => applicationId === id));
  const beside = reviews.filter(({ id, slug, openedAt }) =>
    reviews.some((other) => {
      if (other.id === id || other.slug !== slug || other.openedAt > openedAt) return false;
      return other.endedAt === null || other.endedAt > openedAt;
    }),
  );
  return {
    tried: concerns.length,
    problems: [
      ...problems,
      ...unasked.map(({ id }) => `${id} reviews a concern that nobody raised`),
      ...beside.map(({ id }) => `${id} was opened while another review of concerns was open`),
    ],
    found: `${concerns.length} concerns led to ${reviews.length} reviews of what they named; whoever raised one was answered`,
  };
}
