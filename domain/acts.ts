import { scopeOfReview } from './answers.js';
import { addYear, dayOf, latest, type Day } from './calendar.js';
import {
  deadlineOf,
  forgettingEntry,
  hasEnded,
  mailEntry,
  nominationsEnd,
  openingEntry,
  remaining,
  resumedDeadline,
  reviewersEntry,
  turnEntries,
} from './agenda.js';
import { endConcerns, forgetConcerns } from './concern-end.js';
import { endConsultation } from './consultation-end.js';
import type { Ended, OpenRequest, Review, Turn } from './case.js';
import { takesOffList } from './removing.js';
import { amend, amendTurn, askedBy, note, reschedule, reviewOf, turnOf, type Change } from './change.js';
import { watch } from './escalating.js';
import type { Kind, Policy, Seat } from './policy.js';
import type { EmailFacts } from './effect.js';
import type { SectionId } from './standard.js';

const ofTurn = ['mail_late', 'reminder', 'deadline', 'abandon'] as const;

/** Opens a review of a kind with its first turn; a privacy case that is still open yields and pre-fills it. */
export function open(
  change: Change,
  kind: Kind,
  cause: string,
  campaign: string | null,
  about?: Review['about'],
): void {
  const { now, policies } = change.facts;
  const policy = policies[kind];
  const yielding = change.review;
  if (yielding !== null && !hasEnded(yielding)) {
    end(change, 'superseded');
    change.effects.push({ do: 'take_drafts_from', reference: yielding.reference });
  }
  // The annual review still opens in its time, also while a privacy case is open: that one yields then.
  if (kind !== 'privacy') reschedule(change, ['open']);
  change.effects.push({ do: 'open', cause });
  change.review = newReview({ kind, campaign, now, policy, ...(about === undefined ? {} : { about }) });
  note(change, 'opened', { kind, campaign });
  ask(change, { of: kind === 'nomination' ? 'draft' : 'owner', by: 'start', days: policy.ownerDays });
}

function newReview({
  kind,
  campaign,
  now,
  policy,
  ...rest
}: {
  kind: Kind;
  campaign: string | null;
  now: string;
  policy: Policy;
  about?: readonly SectionId[];
}): Review {
  return {
    // The store gives the reference when it carries out the effect `open`.
    reference: '',
    kind,
    campaign,
    openedAt: now,
    policy,
    state: 'owner',
    since: now,
    round: 1,
    ...rest,
    asks: scopeOfReview({ kind, ...rest }),
    turn: null,
    answersVersion: 0,
    answersBy: null,
    verdicts: [],
    askedBy: null,
    claim: null,
    noticed: [],
    clarifications: 0,
    consultation: null,
    requests: [],
    result: null,
    held: null,
    reviewersLate: false,
    refusedRow: false,
    elsewhere: false,
    reopened: false,
    appeal: null,
    unheard: false,
    reconsidered: false,
  };
}

/**
 * Passes the turn to the owner. Its first email is queued when the step is settled, at once or as soon as there is
 * somebody to ask; we wait on the mail server until it took it.
 */
export function ask(change: Change, { of, by, days }: Pick<Turn, 'of' | 'by' | 'days'>): void {
  const review = reviewOf(change);
  const turn: Turn = {
    number: (review.turn?.number ?? 0) + 1,
    of,
    by,
    askedAt: change.facts.now,
    begunAt: null,
    days,
    deadline: null,
    stoppedWith: null,
    silent: false,
    trouble: null,
  };
  endConsultation(change, 'overtaken');
  amend(change, { turn, state: of, reviewersLate: false, claim: null, held: null });
  change.effects.push({ do: 'skip_queued', reason: 'turn_over' });
  reschedule(change, [...ofTurn, 'reviewers', 'watch']);
}

/** Queues the first email of the present turn. */
export function queueAsk(change: Change): void {
  const { of, by, number } = turnOf(change);
  change.effects.push({
    do: 'email',
    kind: of === 'owner' || of === 'draft' ? 'prompt' : of,
    to: 'primary',
    askedBy: askedBy(change),
    when: 'sending_time',
    turn: number,
    facts: { by },
  });
}

/** Asks for the present turn, whatever became of it until now, and watches over its first email. */
export function askNow(change: Change): void {
  const { policy } = reviewOf(change);
  amendTurn(change, { trouble: null });
  const entry = mailEntry({ turn: turnOf(change).number, policy, now: change.facts.now });
  reschedule(change, ['mail_late'], [entry]);
  queueAsk(change);
}

/** The turn begins: the mail server took its first email, or the link was used. */
export function begin(change: Change): void {
  const review = reviewOf(change);
  const turn = turnOf(change);
  const begunAt = change.event.is === 'email_taken' ? change.event.takenAt : change.facts.now;
  const deadline = deadlineOf({
    review,
    turn,
    begunAt,
    validUntil: change.listing.validUntil,
    stated: change.facts.stated,
  });
  amendTurn(change, { begunAt, deadline, trouble: null });
  note(change, 'turn_began', { deadline });
  if (reviewOf(change).requests.length === 0) armTurn(change);
  else amendTurn(change, { stoppedWith: remaining({ turn: turnOf(change), now: change.facts.now }) });
}

/** Sets reminders and deadline as the turn now stands. */
export function armTurn(change: Change): void {
  reschedule(change, ofTurn, turnEntries({ review: reviewOf(change), turn: turnOf(change), now: change.facts.now }));
}

/** Stops the owner's clock; what is left is kept. */
export function stopClock(change: Change, request: OpenRequest): void {
  const review = reviewOf(change);
  amend(change, { requests: [...review.requests, request] });
  if (review.turn === null || review.turn.stoppedWith !== null || isPast(review)) return;
  amendTurn(change, { stoppedWith: remaining({ turn: review.turn, now: change.facts.now }), silent: false });
  if (review.turn.begunAt !== null) reschedule(change, ['reminder', 'deadline', 'abandon']);
}

/** Lets the owner's clock run on, when the last open request has its answer. */
export function resumeClock(change: Change, until: Day | null = null): void {
  const review = reviewOf(change);
  if (review.requests.length > 0 || review.turn === null || isPast(review) || review.turn.deadline === null) return;
  const { now } = change.facts;
  const resumed = resumedDeadline({ turn: review.turn, policy: review.policy, now }) ?? review.turn.deadline;
  amendTurn(change, { deadline: until === null ? resumed : latest(resumed, until), stoppedWith: null, silent: false });
  armTurn(change);
}

/** Passes the turn to the reviewers of a level, or of an appeal: to one of them who has read the case before, or into the pool. */
export function toReviewers(change: Change, level: Seat, reader: string | null = null): void {
  const claim = reader === null ? null : { by: reader, at: change.facts.now, aside: null };
  endConsultation(change, 'overtaken');
  amend(change, { state: level, reviewersLate: false, claim, held: null });
  change.effects.push({ do: 'skip_queued', reason: 'turn_over' });
  const entry = reviewersEntry({ review: reviewOf(change), now: change.facts.now });
  reschedule(change, [...ofTurn, 'reviewers', 'watch'], [entry]);
  watch(change);
}

/** Ends the review: entries of its turns go, the listing keeps or loses its place, the case sleeps. */
export function end(change: Change, result: Ended): void {
  const review = reviewOf(change);
  const today = dayOf(change.facts.now);
  endConsultation(change, 'overtaken');
  amend(change, { state: result, requests: [], reviewersLate: false, refusedRow: false, claim: null, held: null });
  change.effects.push({ do: 'skip_queued', reason: 'turn_over' }, { do: 'drop_drafts' });
  reschedule(change, [...ofTurn, 'reviewers', 'watch', 'staff', 'commit']);
  const removes = takesOffList({ kind: review.kind, result });
  if (removes && change.listing.removedOn === null && change.listing.nominated === undefined) {
    change.listing = { ...change.listing, removedOn: today, removedBecause: result };
    forgetConcerns(change, result);
  } else if (review.about !== undefined) endConcerns(change, result);
  const renews = review.kind === 'annual_review' || review.kind === 'nomination';
  // Its date stays: a concern that is answered gives the product back the place that it took, and no more.
  if (result === 'approved' && review.about !== undefined && (review.appeal !== null || review.reopened)) {
    change.listing = { ...change.listing, removedOn: null, removedBecause: null };
  }
  const validUntil = result === 'approved' && renews ? renewed(change, today) : null;
  change.effects.push({ do: 'decision', result, validUntil });
  note(change, 'ended', { result });
  if (review.kind === 'privacy') return;
  // The next review of a listed product opens in the case of its certification.
  if (review.kind === 'nomination') return reschedule(change, ['open', 'forget'], [nominationsEnd(today)]);
  rearm(change);
}

/** Sets what comes next of a product whose case is asleep: its next review, or the end of a removed one's case. */
export function rearm(change: Change): void {
  const opening = openingEntry(change.listing);
  const forgetting = change.listing.removedOn === null ? null : forgettingEntry(change.listing.removedOn);
  reschedule(change, ['open', 'forget'], [opening ?? [], forgetting ?? []].flat());
}

/** Ends the review without a decision of ours, and tells the owner. */
export function close(
  change: Change,
  variant: Extract<Ended, 'unanswered' | 'withdrawn' | 'closed_elsewhere' | 'removed' | 'abandoned'>,
): void {
  end(change, variant);
  tell(change, 'closed', { variant });
}

/**
 * A listing approved, or approved anew: one year after the later of decision and old valid-until; looked at again, the
 * date stays.
 */
function renewed(change: Change, today: Day): Day {
  const { nominated, ...listing } = change.listing;
  if (nominated === 'nominee') change.effects.push({ do: 'give_slug' });
  if (nominated !== undefined) change.effects.push({ do: 'list_product' });
  const { validUntil } = listing;
  const again = reviewOf(change).reconsidered ? validUntil : null;
  const next = again ?? addYear(validUntil === null ? today : latest(today, validUntil));
  change.listing = {
    ...listing,
    validUntil: next,
    approvedOn: today,
    removedOn: null,
    removedBecause: null,
    opensByItself: true,
    decidedHereAt: change.facts.now,
  };
  return next;
}

/** Queues an email that goes at once. */
export function tell(
  change: Change,
  kind:
    | 'receipt'
    | 'decision'
    | 'appeal_received'
    | 'reconsidered'
    | 'appeal_decided'
    | 'closed'
    | 'not_taken'
    | 'request_answered'
    | 'link',
  facts: EmailFacts = {},
  to: 'primary' | 'everybody' | number = 'primary',
): void {
  change.effects.push({ do: 'email', kind, to, askedBy: askedBy(change), when: 'now', turn: null, facts });
}

/** Whether the owner's turn has passed to somebody else. */
function isPast(review: Review): boolean {
  return review.turn === null || review.state !== review.turn.of;
}
