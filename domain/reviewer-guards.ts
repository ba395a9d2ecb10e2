import { hasEnded, repliesLate } from './agenda.js';
import type { StandIn } from './absence.js';
import type { Review, ReviewerFacts } from './case.js';
import type { Change } from './change.js';
import type { CaseEvent } from './event.js';
import { CLAIMS_AT_ONCE } from './policy.js';
import { verdictProblem, weigh, type Finding } from './verdict.js';

/** What the verdicts come to with the one that the event gives; null: it gives none. */
export function findingNow(change: Change): Finding | null {
  const { event, review } = change;
  if (event.is !== 'verdict' || review === null) return null;
  const { policy, verdicts } = review;
  return weigh({
    policy,
    level: event.level,
    sections: event.sections,
    earlier: verdicts,
    noticed: review.noticed,
  });
}

/** The reviewer whom a row puts to work on the case; null: none. */
export function reviewerOf(event: CaseEvent): string | null {
  switch (event.is) {
    case 'hand_over':
      return event.to;
    case 'claim':
    case 'verdict':
    case 'consult':
    case 'remove':
      return event.by;
    default:
      return null;
  }
}

/** Who wrote a row of a reviewer. */
function author({ event }: Change): string | null {
  return 'by' in event ? event.by : null;
}

/** Why somebody may not be put to work on a review; null: nothing is in the way. The rows of the table, at once. */
export function inTheWay(
  review: Review,
  { by, reviewer }: { readonly by: string; readonly reviewer: ReviewerFacts },
): 'judged' | 'both_levels' | 'own_product' | 'in_conflict' | null {
  if (review.state === 'appeal' && reviewer.judged) return 'judged';
  if (hasOtherSeat(review, by)) return 'both_levels';
  if (reviewer.ownProduct) return 'own_product';
  return reviewer.conflict ? 'in_conflict' : null;
}

/** Whether somebody may act on a case as the one who has it: they took it, or stand in for who did. */
export function hasCase(
  { claim }: Pick<Review, 'claim'>,
  { person, standIn }: { readonly person: string | null; readonly standIn: StandIn | null },
): boolean {
  return claim !== null && (claim.by === person || (standIn !== null && standIn.deputy === person));
}

/** Whether somebody has a case, or stands in for who does. */
export function isTaken({ claim }: Pick<Review, 'claim'>, standIn: StandIn | null): boolean {
  return claim !== null && (standIn === null || standIn.deputy !== null);
}

/** For whom a verdict is given by a deputy; null: for nobody else. */
export function givenFor({ event, review, facts }: Pick<Change, 'event' | 'review' | 'facts'>): string | null {
  if (event.is !== 'verdict' || review === null || review.claim === null || review.claim.by === event.by) return null;
  return facts.standIn?.deputy === event.by ? review.claim.by : null;
}

/** Whether the verdict of another level that stands is by this person. */
function hasOtherSeat({ verdicts, state }: Review, person: string | null): boolean {
  return verdicts.some((given) => (given.by === person || given.for === person) && given.level !== state);
}

/**
 * Whether somebody is not to know yet what the other level found: both must agree, and they gave no verdict that stands,
 * or can still undo it. An appeal is heard by who reads all of it.
 */
export function isBlind(review: Review, person: string): boolean {
  const { policy, verdicts, appeal, state } = review;
  if (policy.rule !== 'both_agree' || appeal !== null || hasEnded(review)) return false;
  return state === 'decided' || !verdicts.some((given) => given.by === person || given.for === person);
}

/** Whether answers leave a mandatory question open. */
export function isIncomplete(event: CaseEvent): boolean {
  return event.is === 'answers' && (event.empty || event.missing.length > 0);
}

/** The conditions of the table about what reviewers do, each with the words that the documents use. */
export const reviewerGuards = {
  goes_on: { words: 'a level follows', holds: (change: Change) => findingNow(change) === 'next_level' },
  gives_notice: {
    words: 'does not meet, and the owner was not told',
    holds: (change: Change) => findingNow(change) === 'notice',
  },
  asks: { words: 'needs clarification', holds: (change: Change) => findingNow(change) === 'clarify' },
  asks_again: {
    words: 'a further round without a reason',
    holds: (change: Change) =>
      findingNow(change) === 'clarify' &&
      change.event.is === 'verdict' &&
      (change.review?.clarifications ?? 0) >= (change.review?.policy.clarifications ?? 1) &&
      (change.event.secondRoundReason ?? '').trim() === '',
  },
  out_of_turn: {
    words: 'of the other level',
    holds: ({ event, review }: Change) =>
      (event.is === 'verdict' || event.is === 'claim' || event.is === 'consult') && event.level !== review?.state,
  },
  older_answers: {
    words: 'of an older version of the answers',
    holds: ({ event, review }: Change) =>
      (event.is === 'verdict' || event.is === 'consult') && event.answersVersion !== review?.answersVersion,
  },
  both_levels: {
    words: 'by the person of the other level',
    holds: ({ event, review }: Change) => review !== null && hasOtherSeat(review, reviewerOf(event)),
  },
  own_product: { words: 'by a contact of the product', holds: ({ facts }: Change) => facts.reviewer.ownProduct },
  in_conflict: { words: 'after a conflict of interest', holds: ({ facts }: Change) => facts.reviewer.conflict },
  has_it: {
    words: 'by the one who has it',
    holds: ({ event, review, facts }: Change) => {
      // A deputy to whom a case is handed over has it then without the other one.
      const standIn = event.is === 'hand_over' ? null : facts.standIn;
      return review !== null && hasCase(review, { person: reviewerOf(event), standIn });
    },
  },
  anothers: {
    words: 'another reviewer has it',
    holds: (change: Change) => {
      const { event, review, facts } = change;
      if (review === null || review.claim === null) return false;
      const { standIn } = facts;
      const free = !isTaken(review, standIn) && (event.is === 'claim' || event.is === 'verdict');
      return !free && !hasCase(review, { person: author(change), standIn });
    },
  },
  not_theirs_to_give: {
    words: 'by a reviewer who does not have it',
    holds: (change: Change) => {
      const { event, review, facts } = change;
      const byReviewer = 'row' in event && event.row.byReviewer === true;
      return byReviewer && review !== null && !hasCase(review, { person: author(change), standIn: facts.standIn });
    },
  },
  no_role: {
    words: 'to one who has no role for what is asked',
    holds: ({ facts }: Change) => facts.reviewer.role !== 'has',
  },
  lost_role: {
    words: 'by one of ours who has no role for what is asked',
    holds: ({ facts }: Change) => facts.reviewer.role === 'has_not',
  },
  away: { words: 'by one who is away', holds: ({ facts }: Change) => facts.reviewer.awayUntil !== null },
  nobodys: { words: 'nobody has it', holds: ({ review }: Change) => review?.claim === null },
  holds_enough: {
    words: `by one who has ${CLAIMS_AT_ONCE} others`,
    holds: ({ facts }: Change) => facts.reviewer.holds >= CLAIMS_AT_ONCE,
  },
  not_decider: {
    words: 'by another than who decided',
    holds: (change: Change) => change.review?.verdicts.at(-1)?.by !== author(change),
  },
  no_reason: {
    words: 'without a reason',
    holds: ({ event }: Change) => event.is === 'verdict' && verdictProblem(event.sections) !== null,
  },
  disagree: { words: 'the levels disagree', holds: (change: Change) => findingNow(change) === 'disagree' },
  approves: { words: 'meets', holds: (change: Change) => findingNow(change) === 'approved' },
  returns_to_l2: { words: 'L2 asked', holds: ({ review }: Change) => review?.askedBy === 'l2' },
  after_notice: {
    words: 'after a notice, not replied to yet',
    holds: ({ review }: Change) => review !== null && repliesLate(review),
  },
  incomplete_reply: {
    words: 'after a notice, mandatory answers missing',
    holds: ({ event, review }: Change) => review !== null && repliesLate(review) && isIncomplete(event),
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;
