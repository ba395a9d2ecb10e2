import { addDays, daysBetween, dayOf } from './calendar.js';
import { hasEnded, openingEntry } from './agenda.js';
import type { ListingState, OpenRequest } from './case.js';
import type { Change } from './change.js';
import { ANNUAL_WITHIN, DECIDED_LATELY, PRIVACY_SET_SINCE, REOPEN_WITHIN } from './policy.js';
import { appealGuards } from './appealing.js';
import { colleagueGuards } from './colleagues.js';
import { escalatingGuards } from './escalating.js';
import { holdingGuards } from './holding.js';
import { reconsideringGuards } from './reconsidering.js';
import { expertGuards } from './expert-guards.js';
import { nominationGuards } from './nomination-guards.js';
import { concernGuards } from './concern-guards.js';
import { isIncomplete, reviewerGuards } from './reviewer-guards.js';
import { isAskedAnew, isUnasked, sentAgain } from './resending.js';

/** The kind of review that a wake opens: an annual review if valid-until is near, past or unknown. */
export function wakeKind(change: Change): 'annual_review' | 'privacy' {
  const { validUntil } = change.before.listing;
  const near = validUntil === null || daysBetween(dayOf(change.facts.now), validUntil) <= ANNUAL_WITHIN;
  return near ? 'annual_review' : 'privacy';
}

/** The cause that makes an opening unique. */
export function causeOf(change: Change): string {
  const { event, before } = change;
  if (event.is === 'wake' && wakeKind(change) === 'privacy') return `privacy:${event.cause}`;
  return `annual:${before.listing.validUntil ?? 'unknown'}`;
}

/** The presumption that a product was asked: its present approval was first seen after the privacy set came in. */
export function presumedAsked({ approvedOn }: Pick<ListingState, 'approvedOn'>): boolean {
  return approvedOn !== null && approvedOn >= PRIVACY_SET_SINCE;
}

function ownRow(change: Change) {
  return 'row' in change.event ? change.event.row : null;
}

/** The open request that a grant or a refusal is about: the named one, or the oldest. */
export function requestMeant({ event, review }: Pick<Change, 'event' | 'review'>): OpenRequest | null {
  if (event.is !== 'grant' && event.is !== 'refuse') return null;
  return review?.requests.find(({ kind }) => event.request === null || kind === event.request) ?? null;
}

/** Who is asked no more after this event: whoever said "not me", once staff grant it. Null: nobody, or not known. */
export function whoLeaves(change: Pick<Change, 'event' | 'review'>): number | null {
  const meant = change.event.is === 'grant' ? requestMeant(change) : null;
  return meant?.kind === 'not_me' ? meant.by : null;
}

/** Whether a decision made here is so young that one made elsewhere does not overrule it. */
export function decidedLately({ before, facts }: Change): boolean {
  const { decidedHereAt } = before.listing;
  return decidedHereAt !== null && daysBetween(dayOf(decidedHereAt), dayOf(facts.now)) < DECIDED_LATELY;
}

function isNewerElsewhere(change: Change): boolean {
  const { event } = change;
  return event.is === 'listing_changed' && event.approvedElsewhereOn !== null && !decidedLately(change);
}

/** Silence never beats a person (design, rule 4). */
function silenceCounts({ facts, review, before }: Change): boolean {
  const { firstTaken, remindersTaken, cameBack, draftSaved } = facts;
  const came = draftSaved || before.stuck || review?.requests.length !== 0;
  return firstTaken && remindersTaken > 0 && !cameBack && !came;
}

function hasNothingToSend(change: Change): boolean {
  return sentAgain(change).length === 0 && !isAskedAnew(change);
}

/** The conditions of the table, each with the words that the documents use. */
export const guards = {
  ...reviewerGuards,
  ...appealGuards,
  ...escalatingGuards,
  ...holdingGuards,
  ...reconsideringGuards,
  ...expertGuards,
  ...nominationGuards,
  ...colleagueGuards,
  ...concernGuards,
  always: { words: '', holds: () => true },
  other_review: {
    words: 'of another or an ended review',
    holds: (change: Change) => {
      const row = ownRow(change);
      return row !== null && row.reference !== (change.review?.reference ?? null);
    },
  },
  older_round: {
    words: 'of an older round',
    holds: (change: Change) => {
      const row = ownRow(change);
      return row !== null && row.round !== null && row.round !== change.review?.round;
    },
  },
  left: {
    words: 'the product left the list',
    holds: ({ before }: Change) => before.listing.removedOn !== null || before.ended,
  },
  // Its nomination, another case, may have taken the product from the list, and brought it back, in the meantime.
  not_to_open: {
    words: 'the product left the list, or its date moved on',
    holds: ({ listing, facts }: Change) => (openingEntry(listing)?.due ?? '') > facts.now || listing.removedOn !== null,
  },
  listed_again: {
    words: 'the product is on the list again',
    holds: ({ before, review }: Change) => before.listing.removedOn === null && review?.kind !== 'nomination',
  },
  open_meets: {
    words: 'a review is open',
    holds: (change: Change) =>
      change.review !== null &&
      !hasEnded(change.review) &&
      !(change.review.kind === 'privacy' && wakeKind(change) === 'annual_review'),
  },
  done_for_date: {
    words: 'the review of this date has ended',
    holds: (change: Change) => change.before.causes.includes(causeOf(change)),
  },
  annual: {
    words: 'valid-until near, past or unknown',
    holds: (change: Change) => wakeKind(change) === 'annual_review',
  },
  nothing_to_ask: {
    words: 'nothing to ask',
    holds: (change: Change) =>
      change.event.is === 'wake' &&
      (change.facts.privacyOnFile || (presumedAsked(change.before.listing) && !change.event.handPicked)),
  },
  waits_on_mail: { words: 'the turn has not begun', holds: ({ review }: Change) => review?.turn?.begunAt === null },
  this_turn: {
    words: "this turn's own email",
    holds: ({ event, review }: Change) =>
      (event.is === 'email_taken' || event.is === 'email_refused' || event.is === 'email_unknown') &&
      event.turn !== null &&
      event.turn === review?.turn?.number,
  },
  eases: {
    words: 'when the turn has begun: its own email, or any if the address refused one',
    holds: ({ event, review }: Change) =>
      event.is === 'email_taken' &&
      (review?.turn?.begunAt ?? null) !== null &&
      (event.turn === review?.turn?.number || (event.turn === null && review?.turn?.trouble === 'undeliverable')),
  },
  unasked: {
    words: 'of no turn, while nobody was asked in the present one',
    holds: (change: Change) => change.event.is === 'email_taken' && change.event.turn === null && isUnasked(change),
  },
  no_turn: {
    words: 'of no turn: an address that was refused takes emails again',
    holds: ({ event }: Change) => event.is === 'email_taken' && event.turn === null,
  },
  incomplete: {
    words: 'mandatory answers missing',
    holds: ({ event }: Change) => isIncomplete(event),
  },
  replaces_machine: {
    words: "instead of the machine's, before the first verdict",
    holds: ({ review }: Change) => review?.answersBy === 'machine' && review.verdicts.length === 0,
  },
  asked_already: {
    words: 'asked before, not answered yet',
    holds: ({ event, review }: Change) =>
      event.is === 'request' && (review?.requests ?? []).some(({ kind }) => kind === event.request),
  },
  no_request: {
    words: 'no such request is open',
    holds: (change: Change) => requestMeant(change) === null,
  },
  withdrawal_granted: { words: 'a withdrawal', holds: (change: Change) => requestMeant(change)?.kind === 'withdrawal' },
  elsewhere_granted: {
    words: 'answered elsewhere',
    holds: (change: Change) => requestMeant(change)?.kind === 'answered_elsewhere',
  },
  not_me_granted: { words: '"not me"', holds: (change: Change) => whoLeaves(change) !== null },
  begun: { words: 'the turn has begun', holds: ({ review }: Change) => (review?.turn?.deadline ?? null) !== null },
  loud: {
    words: 'unless nothing came and all emails were taken',
    holds: (change: Change) => !silenceCounts(change),
  },
  submits_previous: {
    words: "last year's answers are complete",
    holds: ({ facts, review }: Change) =>
      review?.policy.silence === 'submit_previous' && !review.reopened && facts.missingOnFile.length === 0,
  },
  submits_some: {
    words: "some of last year's answers are missing",
    holds: ({ review }: Change) => review?.policy.silence === 'submit_previous' && !review.reopened,
  },
  ends_by_itself: {
    words: 'a privacy case',
    holds: ({ review }: Change) => review?.policy.silence === 'end' && review.state === 'owner',
  },
  not_silent: {
    words: 'it does not wait on silence',
    holds: ({ review }: Change) => review?.turn?.silent !== true,
  },
  may_expire: {
    words: 'silent, after a first email and a reminder',
    holds: ({ facts, review, before }: Change) =>
      review?.turn?.silent === true &&
      facts.firstTaken &&
      facts.remindersTaken > 0 &&
      !facts.draftSaved &&
      !before.stuck &&
      review.requests.length === 0,
  },
  only_unknown: {
    words: 'unknown hand-overs alone, not asked for by name',
    holds: (change: Change) => hasNothingToSend(change) && change.facts.lost.length > 0,
  },
  nothing_lost: { words: 'nothing to send again', holds: hasNothingToSend },
  reopenable: {
    words: 'within 210 days of the removal',
    holds: ({ before, facts }: Change) =>
      before.listing.removedOn !== null && dayOf(facts.now) <= addDays(before.listing.removedOn, REOPEN_WITHIN),
  },
  newer_elsewhere: {
    words: 'approved elsewhere, no recent decision here',
    holds: (change: Change) =>
      isNewerElsewhere(change) && change.review?.kind !== 'privacy' && change.review?.about === undefined,
  },
  covers_privacy: {
    words: 'a privacy case without answers, now presumed to have been asked',
    holds: (change: Change) =>
      isNewerElsewhere(change) &&
      change.review?.kind === 'privacy' &&
      change.review.answersVersion === 0 &&
      change.event.is === 'listing_changed' &&
      presumedAsked({ approvedOn: change.event.approvedElsewhereOn }) &&
      // Who was presumed to have been asked before, a person picked all the same.
      !presumedAsked(change.before.listing),
  },
  privacy_goes_on: {
    words: 'any other privacy case, or a review of concerns',
    holds: (change: Change) =>
      isNewerElsewhere(change) && (change.review?.kind === 'privacy' || change.review?.about !== undefined),
  },
  shown_elsewhere: {
    words: 'approved elsewhere',
    holds: ({ event }: Change) => event.is === 'listing_changed' && event.approvedElsewhereOn !== null,
  },
  primary_changed: {
    words: 'a new primary contact',
    holds: ({ event, facts }: Change) =>
      event.is === 'contact_changed' && event.primaryChanged && facts.reachable.length > 0,
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

export type GuardWord = keyof typeof guards;
