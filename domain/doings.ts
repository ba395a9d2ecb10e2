import { scopeOfReview } from './answers.js';
import { addDays, later } from './calendar.js';
import {
  armTurn,
  ask,
  askNow,
  begin,
  close,
  open,
  queueAsk,
  rearm,
  resumeClock,
  stopClock,
  tell,
  toReviewers,
} from './acts.js';
import { amend, amendTurn, askedBy, note, reschedule, reviewOf, turnOf, type Change } from './change.js';
import { claiming } from './claiming.js';
import { collaborating } from './colleagues.js';
import { concerning } from './concerning.js';
import { causeOf, decidedLately, requestMeant } from './guards.js';
import { isAskedAnew, isUnasked, sentAgain } from './resending.js';
import { nominating } from './nominating.js';
import { remind } from './reminding.js';
import { reviewing } from './reviewing.js';
import type { OpenRequest, Review } from './case.js';
import {
  commitEntry,
  hasEnded,
  isHeld,
  isOwners,
  isWithReviewers,
  openingEntry,
  reviewersEntry,
  staffEntry,
} from './agenda.js';

function openFrom(change: Change, kind: 'annual_review' | 'privacy'): void {
  const campaign = change.event.is === 'wake' ? change.event.campaign : null;
  open(change, kind, causeOf(change), campaign);
}

/**
 * The answers of the row become the next version, and the round passes to the level that asked for them, or to the
 * first. What the other level said still stands; of the one that asked, its verdict has had its answer.
 */
function takeAnswers(change: Change, level: 'l1' | 'l2'): void {
  const review = reviewOf(change);
  const reader = whoAsked(review);
  amend(change, {
    answersVersion: review.answersVersion + 1,
    answersBy: 'owner',
    round: review.round + 1,
    verdicts: review.askedBy === null ? [] : review.verdicts.filter((given) => given.level !== review.askedBy),
    refusedRow: false,
    requests: review.requests.filter(({ kind }) => kind !== 'more_time' && kind !== 'answered_elsewhere'),
  });
  change.effects.push({ do: 'file_answers', by: 'owner' }, { do: 'drop_drafts' });
  note(change, 'answered', { version: review.answersVersion + 1 });
  tell(change, 'receipt', { version: review.answersVersion + 1 }, 'everybody');
  toReviewers(change, level, reader);
}

/** The reviewer whose verdict asked the owner; null: the machine asked, or nobody. */
function whoAsked({ verdicts, askedBy: level }: Review): string | null {
  const asked = verdicts.findLast((given) => given.level === level);
  return asked?.for ?? asked?.by ?? null;
}

function submitPrevious(change: Change): void {
  const version = reviewOf(change).answersVersion + 1;
  amend(change, { answersVersion: version, answersBy: 'machine' });
  change.effects.push({ do: 'file_answers', by: 'machine' });
  note(change, 'previous_submitted', { version });
}

/** Takes the request that is meant from the open ones. */
function closeRequest(change: Change, answer: 'granted' | 'refused'): OpenRequest {
  const meant = requestMeant(change);
  if (meant === null) throw new Error('there is no such request');
  amend(change, { requests: reviewOf(change).requests.filter((request) => request !== meant) });
  note(change, 'request_answered', { request: meant.kind, answer });
  return meant;
}

/** An owner's row that is not taken: its text stays as a draft, and an email says so. */
function notTaken(change: Change, why: 'refused' | 'late'): void {
  change.effects.push({ do: 'keep_as_draft' });
  tell(change, 'not_taken', { why });
}

/** Takes over the registry's dates, unless they come from an approval that a young decision made here outweighs. */
function takeValidity(change: Change): void {
  const { event, listing } = change;
  if (event.is !== 'listing_changed' || event.validity === null) return;
  if (event.approvedElsewhereOn !== null && decidedLately(change)) return;
  const approvedOn = event.validity.approvedOn ?? listing.approvedOn;
  const validUntil = event.validity.validUntil ?? listing.validUntil;
  change.listing = { ...listing, approvedOn, validUntil };
  note(change, 'validity_elsewhere', { validUntil });
  // The annual review opens in its new time; while it is open itself, its end says when the next one does.
  if (change.review === null || hasEnded(change.review) || change.review.kind === 'privacy') rearmOpening(change);
}

function rearmOpening(change: Change): void {
  const entry = openingEntry(change.listing);
  reschedule(change, ['open'], entry === null ? [] : [entry]);
}

/** What the rows of the table do, by name. */
export const doings = {
  ...reviewing,
  ...claiming,
  ...nominating,
  ...collaborating,
  ...concerning,
  nothing: () => undefined,
  note_link: (change: Change) => note(change, 'link_used'),
  open_annual: (change: Change) => openFrom(change, 'annual_review'),
  open_privacy: (change: Change) => openFrom(change, 'privacy'),
  begin,
  ask_now: askNow,
  ease: (change: Change) => amendTurn(change, { trouble: null }),
  trouble: (change: Change) => {
    amendTurn(change, { trouble: change.event.is === 'email_unknown' ? 'unknown_handover' : 'undeliverable' });
    note(change, change.event.is);
  },
  email_refused: (change: Change) => {
    note(change, 'email_refused');
    // The turn's first email also where a reminder was refused: whoever is next has not been asked yet, and a
    // reminder of that is no email to begin with.
    const { reachable, asked } = change.facts;
    if (reachable.length === 0) amendTurn(change, { trouble: 'undeliverable' });
    // This word may come late: whoever was asked since then, by staff or as the next, is not asked twice.
    else if (!asked) queueAsk(change);
  },
  forward: (change: Change) => {
    const { event } = change;
    if (event.is === 'email_refused') change.effects.push({ do: 'forward', email: event.email });
  },
  not_taken: (change: Change) => {
    const { firstWaits } = change.facts;
    const trouble =
      firstWaits === 'mail_mode' ? 'mail_mode' : firstWaits === 'unknown' ? 'unknown_handover' : 'undeliverable';
    amendTurn(change, { trouble });
    note(change, 'not_taken', { trouble });
  },
  take_and_review: (change: Change) => takeAnswers(change, 'l1'),
  take_and_return: (change: Change) => takeAnswers(change, 'l2'),
  refuse_answers: (change: Change) => {
    amend(change, { refusedRow: true });
    notTaken(change, 'refused');
  },
  keep_draft: (change: Change) => notTaken(change, 'refused'),
  late_row: (change: Change) => notTaken(change, 'late'),
  ask_staff: (change: Change) => {
    const { event } = change;
    if (event.is !== 'request') throw new Error('a request is asked by a request');
    const { id: row, recipient: by } = event.row;
    stopClock(change, { row, by, kind: event.request, at: change.facts.now });
    if (isHeld(reviewOf(change))) reschedule(change, ['commit']);
    note(change, 'requested', { request: event.request });
  },
  grant: (change: Change) => {
    const { event } = change;
    const { kind: request } = closeRequest(change, 'granted');
    const days = event.is === 'grant' ? event.days : null;
    const deadline = reviewOf(change).turn?.deadline ?? null;
    resumeClock(change, request === 'more_time' && deadline !== null ? addDays(deadline, days ?? 14) : null);
    recommit(change);
    tell(change, 'request_answered', { request, answer: 'granted' }, 'everybody');
  },
  grant_not_me: (change: Change) => {
    const { by } = closeRequest(change, 'granted');
    if (by === null) throw new Error('nobody knows who leaves');
    change.effects.push({ do: 'renew_recipients', without: by });
    const review = reviewOf(change);
    // Whoever is next was never asked: the turn begins anew, as for every new primary contact.
    if (review.turn !== null && isOwners(review) && by === change.asked) ask(change, review.turn);
    else resumeClock(change);
    recommit(change);
    tell(change, 'request_answered', { request: 'not_me', answer: 'granted' }, by);
  },
  refuse: (change: Change) => {
    const { kind: request, by } = closeRequest(change, 'refused');
    resumeClock(change);
    recommit(change);
    // "You are still the person whom we ask" is about one person; a deadline is for all who are asked.
    const to = request === 'not_me' && by !== null ? by : 'everybody';
    tell(change, 'request_answered', { request, answer: 'refused' }, to);
  },
  grant_withdrawal: (change: Change) => {
    closeRequest(change, 'granted');
    close(change, 'withdrawn');
  },
  grant_elsewhere: (change: Change) => {
    closeRequest(change, 'granted');
    close(change, 'closed_elsewhere');
  },
  withdraw: (change: Change) => close(change, 'withdrawn'),
  extend: (change: Change) => {
    const { event } = change;
    if (event.is !== 'extend') throw new Error('an extension names its day');
    amendTurn(change, { deadline: event.until, silent: false });
    if (turnOf(change).stoppedWith === null) armTurn(change);
    note(change, 'extended', { deadline: event.until });
    tell(change, 'request_answered', { request: 'more_time', answer: 'granted' }, 'everybody');
  },
  resend: (change: Change) => {
    const emails = sentAgain(change).map(({ id }) => id);
    change.effects.push({ do: 'resend', emails, askedBy: askedBy(change) });
    if (isAskedAnew(change)) askNow(change);
    note(change, 'resent', { emails: emails.length });
  },
  remind,
  submit_previous: (change: Change) => {
    submitPrevious(change);
    toReviewers(change, 'l1');
  },
  ask_missing: (change: Change) => {
    submitPrevious(change);
    amend(change, { asks: change.facts.missingOnFile, askedBy: null });
    ask(change, { of: 'clarification', by: 'machine', days: reviewOf(change).policy.clarificationDays });
  },
  put_before_staff: (change: Change) => {
    amendTurn(change, { silent: true });
    note(change, 'silence');
  },
  notice_over: (change: Change) => {
    const review = reviewOf(change);
    note(change, 'notice_over');
    toReviewers(change, review.askedBy ?? 'l1', whoAsked(review));
  },
  end_unanswered: (change: Change) => close(change, 'unanswered'),
  reopen: (change: Change) => {
    const review = reviewOf(change);
    amend(change, { round: review.round + 1, reopened: true, asks: scopeOfReview(review) });
    amend(change, { verdicts: [], result: null, askedBy: null, noticed: [], reconsidered: false });
    reschedule(change, ['forget']);
    change.ended = false;
    note(change, 'reopened');
    ask(change, { of: 'owner', by: 'reopening', days: review.policy.reopenedDays });
  },
  close_elsewhere: (change: Change) => {
    takeValidity(change);
    close(change, 'closed_elsewhere');
  },
  take_validity: takeValidity,
  show_elsewhere: (change: Change) => amend(change, { elsewhere: true }),
  new_contact: (change: Change) => {
    change.effects.push({ do: 'renew_recipients' });
    const turn = turnOf(change);
    note(change, 'contact_changed');
    const requests = reviewOf(change).requests.filter(({ kind }) => kind !== 'not_me');
    amend(change, { requests });
    ask(change, { of: turn.of, by: turn.by, days: turn.days });
  },
  renew_contacts: (change: Change) => {
    change.effects.push({ do: 'renew_recipients' });
    note(change, 'contact_changed');
    // Whoever came is asked if the email to those before them reached nobody.
    if (isUnasked(change)) askNow(change);
  },
  new_link: (change: Change) => tell(change, 'link'),
  release: (change: Change) => {
    change.effects.push({ do: 'release' });
    change.agenda = change.agenda.map(({ aside: _, ...entry }) => entry);
    note(change, 'released');
  },
  still_waits: (change: Change) => {
    const days = change.review?.policy.staffEvery ?? 14;
    reschedule(change, ['staff'], [staffEntry({ days, now: change.facts.now })]);
    note(change, 'waits_for_staff');
  },
  rearm,
  forget: (change: Change) => {
    change.ended = true;
    change.agenda = [];
    note(change, 'case_ended');
  },
} as const satisfies Record<string, (change: Change) => void>;

export type DoingWord = keyof typeof doings;

/** A decision that waited takes effect when no withdrawal or "not me" is open any more, and its hold is over. */
function recommit(change: Change): void {
  const review = reviewOf(change);
  if (review.state === 'decided' && !isHeld(review)) {
    const held = later(review.since, review.policy.holdMinutes * 60_000);
    const due = held > change.facts.now ? held : change.facts.now;
    reschedule(change, ['commit'], [commitEntry({ review, due })]);
  }
  if (isWithReviewers(review) && !change.agenda.some(({ what }) => what === 'reviewers')) {
    reschedule(change, ['reviewers'], [reviewersEntry({ review, now: change.facts.now })]);
  }
}
