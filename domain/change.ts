import type { CaseRecord, Entry, Facts, Review, Turn } from './case.js';
import type { Effect, EmailFacts } from './effect.js';
import type { CaseEvent } from './event.js';

/** A step in the making: what the case was, what happened, and what it becomes. Acts change it in place. */
export interface Change {
  readonly event: CaseEvent;
  readonly facts: Facts;
  readonly before: CaseRecord;
  /** Whom the present turn asks, before anybody leaves. */
  readonly asked: number | null;
  listing: CaseRecord['listing'];
  review: Review | null;
  agenda: readonly Entry[];
  /** What opens a review of it again brings an ended case back: it needs a clock, and the relay starts its workflow. */
  ended: boolean;
  /** How many concerns wait for staff. */
  concerns: number;
  readonly effects: Effect[];
}

/** The open or ended review of the change; an act that needs one is only in rows whose state has one. */
export function reviewOf(change: Change): Review {
  if (change.review === null) throw new Error('this act needs a review');
  return change.review;
}

/** The owner's turn of the change. */
export function turnOf(change: Change): Turn {
  const { turn } = reviewOf(change);
  if (turn === null) throw new Error('this act needs a turn of the owner');
  return turn;
}

/** Changes some facts of the review. */
export function amend(change: Change, some: Partial<Review>): void {
  const review = reviewOf(change);
  const since = some.state !== undefined && some.state !== review.state ? { since: change.facts.now } : {};
  change.review = { ...review, ...since, ...some };
}

/** Changes some facts of the owner's turn. */
export function amendTurn(change: Change, some: Partial<Turn>): void {
  amend(change, { turn: { ...turnOf(change), ...some } });
}

/** Replaces all entries of some kinds by new ones. */
export function reschedule(change: Change, kinds: readonly Entry['what'][], entries: readonly Entry[] = []): void {
  change.agenda = [...change.agenda.filter(({ what }) => !kinds.includes(what)), ...entries];
}

/** What asked for an email: the row or the entry of this step. */
export function askedBy(change: Change): string {
  const { event } = change;
  if (event.is === 'due') return event.entry.id;
  return event.is === 'wake' ? `wake:${event.cause}` : `row:${event.row.id}`;
}

/** A line of the case's ledger. */
export function note(change: Change, what: string, detail?: EmailFacts): void {
  change.effects.push(detail === undefined ? { do: 'ledger', what } : { do: 'ledger', what, detail });
}
