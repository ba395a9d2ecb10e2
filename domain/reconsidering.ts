import { amend, note, reviewOf, type Change } from './change.js';
import { tell, toReviewers } from './acts.js';

/** The conditions of the table about looking at an approval again, each with the words that the documents use. */
export const reconsideringGuards = {
  no_such_level: {
    words: 'at a level that its policy does not have',
    holds: ({ event, review }: Change) =>
      event.is === 'reconsider' && review?.policy.levels.includes(event.level) !== true,
  },
  reviewed_since: {
    words: 'of a nomination whose product was reviewed since',
    holds: ({ facts }: Change) => facts.reviewedSince,
  },
  at_l2: { words: 'at L2', holds: ({ event }: Change) => event.is === 'reconsider' && event.level === 'l2' },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

/** What looking at an approval again does. */
export const reconsidering = {
  /** A new round at a level: the approval stays in the records, and the listing as it is until a new decision. */
  reconsider: (change: Change) => {
    const { event } = change;
    if (event.is !== 'reconsider') throw new Error('an approval is looked at again at a level');
    const round = reviewOf(change).round + 1;
    amend(change, { round, reconsidered: true, verdicts: [], result: null, askedBy: null, noticed: [] });
    change.ended = false;
    note(change, 'reconsidered', { level: event.level });
    tell(change, 'reconsidered', {}, 'everybody');
    toReviewers(change, event.level);
  },
} as const satisfies Record<string, (change: Change) => void>;
