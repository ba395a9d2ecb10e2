import { DAY, later, type Instant } from './calendar.js';
import type { Entry, Review } from './case.js';
import { reviewersDue, seatAskedIn } from './seats.js';
import { amend, askedBy, note, reschedule, reviewOf, type Change } from './change.js';

/**
 * When the reviewers of what is asked are late: by their clock, or, where that has run out, by when they were asked. Who
 * was late before a consultation is late again as soon as it is over.
 */
function limitOf({ agenda, review }: Pick<Change, 'agenda' | 'review'>): Instant | null {
  if (review === null) return null;
  const { since, reviewersLate, policy } = review;
  return reviewersDue(agenda) ?? (reviewersLate ? since : later(since, policy.levelDays * DAY));
}

/**
 * Watches over a case: one that a reviewer has some days before the limit, else some after it, or after it was taken;
 * one that nobody has for some days.
 */
export function watch(change: Change): void {
  const review = reviewOf(change);
  const limit = limitOf(change);
  if (limit === null || seatAskedIn(review.state) === null) return reschedule(change, ['watch']);
  const { remindBefore, giveBackAfter, callAfter } = review.policy;
  if (review.claim === null) {
    const untaken = watchEntry(review, later(change.facts.now, callAfter * DAY));
    return reschedule(change, ['watch'], callAfter === 0 ? [] : [untaken]);
  }
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
    const to = change.facts.standIn?.deputy ?? claim.by;
    change.effects.push({ do: 'email_person', kind: 'reviewer_reminder', to, askedBy: event.entry.id });
    note(change, 'reviewer_reminded', { level: reviewOf(change).state });
    watch(change);
  },
  /** Once: whoever has taken the case by then, or gives it back, has the days counted anew. */
  call_reviewers: (change: Change) => {
    const { takers } = change.facts;
    for (const to of takers) {
      change.effects.push({ do: 'email_person', kind: 'reviewer_wanted', to, askedBy: askedBy(change) });
    }
    note(change, 'reviewers_called', { level: reviewOf(change).state, emails: takers.length });
  },
  take_back: (change: Change) => {
    amend(change, { claim: null });
    note(change, 'taken_back', { level: reviewOf(change).state });
    watch(change);
  },
} as const satisfies Record<string, (change: Change) => void>;
