import { DAY, later, type Instant } from './calendar.js';
import type { Entry, Review } from './case.js';
import { reviewersDue, seatAskedIn } from './seats.js';
import { amend, note, reschedule, reviewOf, type Change } from './change.js';

/**
 * When the reviewers of what is asked are late: by their clock, or, where that has run out, by when they were asked. Who
 * was late before a consultation is late again as soon as it is over.
 */
function limitOf({ agenda, review }: Pick<Change, 'agenda' | 'review'>): Instant | null {
  if (review === null) return null;
  const { since, reviewersLate, policy } = review;
  return reviewersDue(agenda) ?? (reviewersLate ? since : later(since, policy.levelDays * DAY));
}

/** Watches over a case that a reviewer has: some days before the limit, else some after it, or after it was taken. */
export function watch(change: Change): void {
  const review = reviewOf(change);
  const limit = limitOf(change);
  if (limit === null || review.claim === null) return;
  const { remindBefore, giveBackAfter } = review.policy;
  const early = later(limit, -remindBefore * DAY);
  const over = later(limit < change.facts.now ? change.facts.now : limit, giveBackAfter * DAY);
  reschedule(change, ['watch'], [watchEntry(review, early > change.facts.now ? early : over)]);
}

function watchEntry(review: Review, due: Instant): Entry {
  const level = seatAskedIn(review.state) ?? 'l1';
  return { id: `watch:${level}:${review.round}:${due}`, what: 'watch', due, for: level };
}

/** The conditions of the table about reviewers who do not finish, each with the words that the documents use. */
export const escalatingGuards = {
  limit_ahead: {
    words: 'before the limit',
    holds: (change: Change) => (limitOf(change) ?? change.facts.now) > change.facts.now,
  },
  unclaimed: { words: 'nobody has it', holds: ({ review }: Change) => (review?.claim ?? null) === null },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

/** What happens to a case whose reviewer does not finish, by name. */
export const escalating = {
  remind_reviewer: (change: Change) => {
    const { event } = change;
    const { claim } = reviewOf(change);
    if (event.is !== 'due' || claim === null) throw new Error('a reviewer is reminded by the agenda');
    change.effects.push({ do: 'email_person', kind: 'reviewer_reminder', to: claim.by, askedBy: event.entry.id });
    note(change, 'reviewer_reminded', { level: reviewOf(change).state });
    watch(change);
  },
  take_back: (change: Change) => {
    amend(change, { claim: null });
    note(change, 'taken_back', { level: reviewOf(change).state });
  },
} as const satisfies Record<string, (change: Change) => void>;
