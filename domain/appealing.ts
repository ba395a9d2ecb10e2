import { addDays, dayOf, endOfDayAnywhere, type Day } from './calendar.js';
import { judgedSections, type Asking } from './answers.js';
import type { Review } from './case.js';
import { amend, note, reviewOf, type Change } from './change.js';
import { tell, toReviewers } from './acts.js';
import type { SectionId } from './standard.js';
import { findingOf } from './verdict.js';

/** The last day on which a decision can be appealed; null: there is none, or it was appealed already. */
export function appealUntil({ state, since, appeal, policy }: Review): Day | null {
  if (state !== 'ineligible' || appeal !== null || policy.appealDays === 0) return null;
  return addDays(dayOf(since), policy.appealDays);
}

/** What an appeal is about: the sections that did not meet. Null: the review has none that waits. */
export function appealedSections({ state, verdicts }: Pick<Review, 'state' | 'verdicts'>): readonly SectionId[] | null {
  if (state !== 'appeal') return null;
  const decided = verdicts.findLast(({ level }) => level !== 'appeal');
  return (decided?.sections ?? []).flatMap(({ section, verdict }) => (verdict === 'does_not_meet' ? [section] : []));
}

/** The sections on which a verdict is asked: of an appeal, those that it is about. */
export function sectionsAsked({
  review,
  asking,
}: {
  readonly review: Pick<Review, 'state' | 'verdicts'>;
  readonly asking: Asking;
}): readonly SectionId[] {
  return appealedSections(review) ?? judgedSections(asking);
}

/** Whether nobody may hear the appeal that waits to be taken. */
export function isUnheard({ review, facts }: Pick<Change, 'review' | 'facts'>): boolean {
  return review !== null && review.state === 'appeal' && review.claim === null && facts.hearers === 0;
}

/** The conditions of the table about appeals, each with the words that the documents use. */
export const appealGuards = {
  appealed: { words: 'appealed before', holds: ({ review }: Change) => (review?.appeal ?? null) !== null },
  appeal_over: {
    words: 'after the days in which it can be appealed',
    // By when it came, not by when a step takes it: a worker that was away costs nobody an appeal.
    holds: ({ event, review }: Change) => {
      const until = review === null ? null : appealUntil(review);
      return until === null || event.is !== 'appeal' || event.row.at >= endOfDayAnywhere(until);
    },
  },
  judged: { words: 'by one who gave a verdict in this review', holds: ({ facts }: Change) => facts.reviewer.judged },
  asks_on_appeal: {
    words: 'needs clarification',
    holds: ({ event }: Change) => event.is === 'verdict' && findingOf(event.sections) === 'clarify',
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

/** What appeals do, by name. */
export const appealing = {
  appeal: (change: Change) => {
    const { event } = change;
    if (event.is !== 'appeal') throw new Error('an appeal is made by its row');
    const { round } = reviewOf(change);
    amend(change, { round: round + 1, appeal: { row: event.row.id, at: event.row.at }, result: null });
    change.ended = false;
    note(change, 'appealed');
    tell(change, 'appeal_received', {}, 'everybody');
    toReviewers(change, 'appeal');
  },
} as const satisfies Record<string, (change: Change) => void>;
