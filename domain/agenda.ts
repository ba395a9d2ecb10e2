import {
  addDays,
  dayOf,
  DAY,
  endOfDayAnywhere,
  instant,
  later,
  latest,
  millisecondsOf,
  nextSendingTime,
  sendingTime,
  startOfDay,
  type Day,
  type Instant,
} from './calendar.js';
import { ENDED, type Attention, type CaseRecord, type Entry, type Review, type Turn, type WaitingOn } from './case.js';
import { seatAskedIn } from './seats.js';
import { NOMINATION_STAYS, OPENS_BEFORE, REOPEN_WITHIN, type Policy } from './policy.js';

/** The earliest entry that is not set aside, or null. */
export function nextEntry(agenda: readonly Entry[]): Entry | null {
  let earliest: Entry | null = null;
  for (const entry of agenda) {
    if (entry.aside !== true && (earliest === null || entry.due < earliest.due)) earliest = entry;
  }
  return earliest;
}

/** The earliest entry, if it is due, and if it is the one that the timer was armed for (null: whichever). */
export function dueEntry({
  agenda,
  armedFor,
  now,
}: {
  agenda: readonly Entry[];
  armedFor: string | null;
  now: Instant;
}): Entry | null {
  const entry = nextEntry(agenda);
  return entry !== null && entry.due <= now && (armedFor === null || entry.id === armedFor) ? entry : null;
}

/** Whether an application has ended. */
export function hasEnded(review: Review): boolean {
  return ENDED.includes(review.state);
}

/** The annual review's own opening: 60 days before valid-until. Null if it waits for a person. */
export function openingEntry(listing: CaseRecord['listing']): Entry | null {
  if (listing.removedOn !== null || listing.nominated !== undefined || !listing.opensByItself) return null;
  if (listing.validUntil === null) return null;
  const due = startOfDay(addDays(listing.validUntil, -OPENS_BEFORE));
  return { id: `open:${listing.validUntil}`, what: 'open', due, for: 'nobody' };
}

/** The end of a removed product's case: it can be reopened for so long. */
export function forgettingEntry(removedOn: Day): Entry {
  return {
    id: `forget:${removedOn}`,
    what: 'forget',
    due: endOfDayAnywhere(addDays(removedOn, REOPEN_WITHIN)),
    for: 'nobody',
  };
}

/** The end of a nomination's case, some time after its nomination ended. */
export function nominationsEnd(endedOn: Day): Entry {
  const due = endOfDayAnywhere(addDays(endedOn, NOMINATION_STAYS));
  return { id: `forget:${endedOn}`, what: 'forget', due, for: 'nobody' };
}

/** What watches over a turn's first email: needs a human if no mail server took it in time. */
export function mailEntry({ turn, policy, now }: { turn: number; policy: Policy; now: Instant }): Entry {
  const due = later(nextSendingTime(now), policy.notTakenAfter * DAY);
  return { id: `mail_late:${turn}`, what: 'mail_late', due, for: 'mail' };
}

/** The deadline of a turn that begins at an instant; an annual review's is never before valid-until. */
export function deadlineOf({
  review,
  turn,
  begunAt,
  validUntil,
  stated,
}: {
  review: Review;
  turn: Turn;
  begunAt: Instant;
  validUntil: Day | null;
  stated: Day | null;
}): Day {
  const counted = addDays(dayOf(begunAt), turn.days);
  const annual = review.kind === 'annual_review' && turn.of === 'owner' && !review.reopened;
  const day = annual && validUntil !== null ? latest(counted, validUntil) : counted;
  return stated === null ? day : latest(day, stated);
}

/** Reminders and deadline of a turn, as they now stand. Dates already past are left out. */
export function turnEntries({ review, turn, now }: { review: Review; turn: Turn; now: Instant }): readonly Entry[] {
  if (turn.deadline === null || turn.begunAt === null) return [];
  const { deadline } = turn;
  const isFirst = turn.of === 'owner' || turn.of === 'draft';
  const days = isFirst ? review.policy.reminders : weekly({ review, turn });
  const reminders = days
    .map((before, index): Entry => {
      const day = addDays(deadline, -before);
      const id = `reminder:${turn.number}:${deadline}:${before}`;
      return { id, what: 'reminder', due: sendingTime(day), for: 'owner', nth: index + 1, of: days.length };
    })
    .filter(({ due }) => due > now);
  const what = turn.of === 'draft' ? 'abandon' : 'deadline';
  return [
    ...reminders,
    { id: `${what}:${turn.number}:${deadline}`, what, due: endOfDayAnywhere(deadline), for: 'owner' },
  ];
}

/** A reminder a week, counted from the turn's beginning, the last at least a day before the deadline. */
function weekly({ review, turn }: { review: Review; turn: Turn }): readonly number[] {
  const every = review.policy.clarificationReminderEvery;
  const days: number[] = [];
  for (let day = every; day < turn.days; day += every) days.push(turn.days - day);
  return days;
}

/** The reviewers' one clock for a level, or for an appeal. */
export function reviewersEntry({ review, now }: { review: Review; now: Instant }): Entry {
  const level = seatAskedIn(review.state) ?? 'l1';
  return {
    id: `reviewers:${level}:${review.round}:${review.answersVersion}`,
    what: 'reviewers',
    due: later(now, review.policy.levelDays * DAY),
    for: level,
  };
}

/**
 * Whether a decision has to wait: none takes effect while a withdrawal or "not me" is open. A verdict that decides
 * nothing does not wait for them.
 */
export function isHeld(review: Review): boolean {
  return review.held === null && review.requests.some(({ kind }) => kind === 'withdrawal' || kind === 'not_me');
}

/** The instant at which a decision takes effect. */
export function commitEntry({ review, due }: { review: Review; due: Instant }): Entry {
  return { id: `commit:${review.round}`, what: 'commit', due, for: 'nobody' };
}

/** The secretariat's own entry, so many days ahead. */
export function staffEntry({ days, now }: { days: number; now: Instant }): Entry {
  const due = later(now, days * DAY);
  return { id: `staff:${due}`, what: 'staff', due, for: 'secretariat' };
}

/** How much of the owner's clock is left, in milliseconds; null if it does not run. */
export function remaining({ turn, now }: { turn: Turn; now: Instant }): number | null {
  if (turn.deadline === null || turn.begunAt === null) return null;
  return Math.max(0, millisecondsOf(endOfDayAnywhere(turn.deadline)) - millisecondsOf(now));
}

/** The deadline after the clock stood still: what was left, at least `atLeast` days, never before the old one. */
export function resumedDeadline({ turn, policy, now }: { turn: Turn; policy: Policy; now: Instant }): Day | null {
  if (turn.stoppedWith === null || turn.deadline === null) return turn.deadline;
  const end = instant(millisecondsOf(now) + Math.max(turn.stoppedWith, 0));
  return latest(turn.deadline, latest(dayOf(later(end, -DAY / 2)), addDays(dayOf(now), policy.atLeast)));
}

/** Why a human must look at a case; empty when nobody must. */
export function attentionOf({
  review,
  reachable,
  stuck,
  concerns = 0,
}: {
  review: Review | null;
  reachable: boolean;
  stuck: boolean;
  concerns?: number | undefined;
}): readonly Attention[] {
  const reasons: Attention[] = [];
  if (review !== null && !hasEnded(review)) {
    if (review.turn !== null && isOwners(review) && !endsByItself(review)) {
      if (!reachable) reasons.push(review.turn.trouble === 'undeliverable' ? 'undeliverable' : 'no_contact');
      else if (review.turn.trouble !== null) reasons.push(review.turn.trouble);
      if (review.turn.silent) reasons.push('silence');
    }
    if (review.requests.length > 0) reasons.push('request');
    if (review.reviewersLate) reasons.push('reviewer_late');
    if (review.unheard) reasons.push('no_reviewer');
    if (review.refusedRow) reasons.push('refused_row');
    if (review.elsewhere) reasons.push('elsewhere');
  }
  if (concerns > 0) reasons.push('concern');
  if (stuck) reasons.push('stuck');
  return reasons;
}

/** Whether it is a draft with a deadline: whomever it reaches or not, it is given up in its time, and nothing depends on it. */
function endsByItself({ state, turn }: Review): boolean {
  return state === 'draft' && (turn?.deadline ?? null) !== null;
}

/** Whether the application is in a state in which the next move is its owner's. */
export function isOwners({ state }: Pick<Review, 'state'>): boolean {
  return state === 'draft' || state === 'owner' || state === 'clarification' || state === 'notice';
}

/** Whether a verdict is asked: at a level, or on an appeal. */
export function isWithReviewers({ state }: Pick<Review, 'state'>): boolean {
  return seatAskedIn(state) !== null;
}

/** Whether the time to reply to a notice is over, and nothing was decided since: a reply is still taken. */
export function repliesLate({ state, turn, verdicts, answersVersion }: Review): boolean {
  const asks = state === 'l1' || state === 'l2' || state === 'consultation';
  return asks && turn?.of === 'notice' && verdicts.at(-1)?.answersVersion === answersVersion;
}

/** Whose turn it is. */
export function waitingOn({ review, reachable }: { review: Review | null; reachable: boolean }): WaitingOn {
  if (review === null || hasEnded(review)) return 'nobody';
  switch (review.state) {
    case 'l1':
    case 'l2':
      return review.state;
    case 'consultation':
      return 'expert';
    case 'appeal':
      return review.unheard ? 'secretariat' : 'appeal';
    case 'decided':
      return review.requests.length > 0 ? 'secretariat' : 'nobody';
    default: {
      const turn = review.turn;
      if (endsByItself(review)) return review.requests.length > 0 ? 'secretariat' : 'owner';
      if (turn === null || turn.silent || !reachable || review.requests.length > 0) return 'secretariat';
      if (turn.begunAt === null) return turn.trouble === null ? 'mail' : 'secretariat';
      return 'owner';
    }
  }
}
