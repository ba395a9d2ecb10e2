import { addDays } from './calendar.js';
import type { Review } from './case.js';
import type { Change } from './change.js';
import { nominationOf } from './nomination.js';

/**
 * Whether somebody worked on a draft so late that it is not given up at the present deadline. What its owner sent may
 * be what was set aside: then it waits for staff.
 */
function workedOn({ facts, review, before }: Change): boolean {
  const deadline = review?.turn?.deadline ?? null;
  if (review === null || deadline === null) return false;
  if (before.stuck) return true;
  if (facts.draftSavedOn === null) return false;
  return addDays(facts.draftSavedOn, review.policy.ownerDays) > deadline;
}

/** Whether no reviewer ever judged a nomination, be it that nothing of that counts any more. */
export function isUnreviewed({ kind, verdicts, askedBy, reconsidered, reopened }: Review): boolean {
  return kind === 'nomination' && verdicts.length === 0 && askedBy === null && !reconsidered && !reopened;
}

/** The conditions of the table about nominations alone, each with the words that the documents use. */
export const nominationGuards = {
  withdraws_draft: {
    words: 'a withdrawal, before anything was sent',
    holds: ({ event, review }: Change) =>
      event.is === 'request' && event.request === 'withdrawal' && event.row.reference === review?.reference,
  },
  last_and_worked_on: {
    words: 'the last one, of a draft that somebody worked on since, or of which a row is set aside',
    holds: (change: Change) =>
      change.event.is === 'due' && change.event.entry.nth === change.event.entry.of && workedOn(change),
  },
  worked_on: { words: 'somebody worked on it since, or a row of it is set aside', holds: workedOn },
  unwarned: {
    words: 'no mail server took a reminder yet',
    holds: ({ facts }: Change) => facts.remindersTaken === 0 && facts.reachable.length > 0,
  },
  of_nomination: {
    words: 'in the case of a nomination',
    holds: ({ before }: Change) => nominationOf(before.id) !== null,
  },
  unreviewed: {
    words: 'a nomination that nobody judged',
    holds: ({ review }: Change) => review !== null && isUnreviewed(review),
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;
