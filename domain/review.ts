import { askNow } from './acts.js';
import { attentionOf, isOwners, staffEntry } from './agenda.js';
import type { CaseRecord, Facts } from './case.js';
import { isUnheard } from './appealing.js';
import { amend, reschedule, type Change } from './change.js';
import { hastenConcerns } from './concerning.js';
import { doings } from './doings.js';
import type { Effect, RowOutcome } from './effect.js';
import type { CaseEvent } from './event.js';
import { guards, whoLeaves } from './guards.js';
import { emailsInWords } from './resending.js';
import { table, type StateWord, type TableEvent, type Transition } from './table.js';

/** What a step makes of a case. */
export interface Result {
  readonly record: CaseRecord;
  readonly effects: readonly Effect[];
  /** For rows; null when an entry was due. */
  readonly outcome: RowOutcome | null;
  /** Who can be written to after the step. */
  readonly reachable: readonly number[];
  readonly transition: Transition;
}

/**
 * Applies one event to a case: the first row of the table that fits, then what holds after every step: an entry
 * that was due is gone or lies ahead, and whatever waits for staff has an entry. Pure.
 */
export function apply({ record, event, facts }: { record: CaseRecord; event: CaseEvent; facts: Facts }): Result {
  const leaving = whoLeaves({ event, review: record.review });
  const reachable = facts.reachable.filter((one) => one !== leaving);
  const change: Change = {
    event,
    facts: { ...facts, reachable },
    before: record,
    asked: facts.reachable[0] ?? null,
    listing: record.listing,
    review: record.review,
    agenda: event.is === 'due' ? record.agenda.filter(({ id }) => id !== event.entry.id) : record.agenda,
    ended: record.ended,
    concerns: record.concerns ?? 0,
    effects: [],
  };
  const transition = transitionOf(change);
  doings[transition.does](change);
  const stuck = record.stuck && event.is !== 'release';
  settle(change, stuck);
  return {
    record: {
      ...record,
      listing: change.listing,
      review: change.review,
      agenda: change.agenda,
      ended: change.ended,
      stuck,
      ...(record.concerns === undefined ? {} : { concerns: change.concerns }),
    },
    effects: change.effects,
    outcome: event.is === 'due' ? null : { result: transition.result, sentence: sentenceOf(change, transition) },
    reachable,
    transition,
  };
}

function sentenceOf({ effects }: Change, { says }: Transition): string {
  return says.replace('{emails}', emailsInWords(effects));
}

/** The row of the table that an event takes. Throws if the table has none: it is to be complete. */
export function transitionOf(change: Change): Transition {
  const state: StateWord = change.review?.state ?? 'none';
  const on = tableEvent(change.event);
  const found = table.find((row) => row.on === on && row.from.includes(state) && guards[row.when].holds(change));
  if (found === undefined) throw new Error(`the table has no row for ${on} in ${state}`);
  return found;
}

function tableEvent(event: CaseEvent): TableEvent {
  return event.is === 'due' ? `due:${event.entry.what}` : event.is;
}

/** Whatever waits for staff has an entry of theirs, nothing else has; and nobody waits for an email that was never queued. */
function settle(change: Change, stuck: boolean): void {
  const { review } = change;
  const unheard = isUnheard(change);
  if (review !== null && review.unheard !== unheard) amend(change, { unheard });
  const reachable = change.facts.reachable.length > 0;
  const waits = attentionOf({ review: change.review, reachable, stuck, concerns: change.concerns }).length > 0;
  if (neverAsked(change)) askNow(change);
  hastenConcerns(change);
  const has = change.agenda.some(({ what }) => what === 'staff');
  if (!waits && has) reschedule(change, ['staff']);
  if (waits && !has)
    reschedule(change, ['staff'], [staffEntry({ days: change.review?.policy.staffFirst ?? 7, now: change.facts.now })]);
}

/** Whether the owner's turn has not been asked for yet, and there is somebody to ask: it was passed just now, or to nobody. */
function neverAsked({ review, facts, agenda }: Change): boolean {
  if (review === null || review.turn === null || !isOwners(review) || facts.reachable.length === 0) return false;
  const { begunAt, trouble } = review.turn;
  return begunAt === null && trouble === null && !agenda.some(({ what }) => what === 'mail_late');
}
