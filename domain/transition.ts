import { ENDED, type ReviewState } from './case.js';
import type { DoingWord } from './doings.js';
import type { RowOutcome } from './effect.js';
import type { CaseEvent, EventWord } from './event.js';
import type { GuardWord } from './guards.js';

/** A state of the application; `none` where the case never had one. */
export type StateWord = ReviewState | 'none';
/** What an event of the table is: a row's kind, or `due:` and what of the agenda is due. */
export type TableEvent = Exclude<EventWord, 'due'> | `due:${Extract<CaseEvent, { is: 'due' }>['entry']['what']}`;

/**
 * One row of the machine. The first row whose state, event and guard hold is taken. `next` is for readers
 * and tests: the state after it, `same` where it stays.
 */
export interface Transition {
  readonly from: readonly StateWord[];
  readonly on: TableEvent;
  readonly when: GuardWord;
  readonly next: ReviewState | 'same';
  readonly does: DoingWord;
  readonly result: RowOutcome['result'];
  /** What the row's author reads. `{emails}`: how many emails go, in words. */
  readonly says: string;
}

/** A row that does something. */
export function row(
  from: readonly StateWord[],
  on: TableEvent,
  when: GuardWord,
  next: Transition['next'],
  does: DoingWord,
  says = 'Done.',
  result: RowOutcome['result'] = 'accepted',
): Transition {
  return { from, on, when, next, does, result, says };
}

/** A row that changes nothing. */
export const refused = (from: readonly StateWord[], on: TableEvent, when: GuardWord, says: string): Transition =>
  row(from, on, when, 'same', 'nothing', says, 'refused');

/** States that more than one part of the table speaks of: those of a review that goes on, drafts left out. */
export const OPEN = ['owner', 'clarification', 'notice', 'l1', 'l2', 'consultation', 'decided', 'appeal'] as const;
/** The open ones, drafts of nominations included. */
export const UNENDED = ['draft', ...OPEN] as const;
/** No review goes on: none yet, or the last one has ended. */
export const ASLEEP: readonly StateWord[] = ['none', ...ENDED];
export const EVERY: readonly StateWord[] = ['none', ...UNENDED, ...ENDED];
/** Where the product's owner is asked. */
export const OWNERS = ['draft', 'owner', 'clarification', 'notice'] as const;
/** Where a reviewer of a level is asked. */
export const REVIEWERS = ['l1', 'l2'] as const;
/** Where a reviewer is asked, whoever hears an appeal included. */
export const SEATS = [...REVIEWERS, 'appeal'] as const;

/** What more than one part of the table says. */
export const ROUND_PASSED = 'The case has moved on since you looked. Open it again and check what it says now.';
export const NOT_OPEN = 'This review has ended. Nothing was changed.';
export const OUT_OF_TURN = 'It is not this level that is asked now.';
export const LOST_ROLE = 'You do not review at this level now. Nothing was changed.';
export const OLDER_ANSWERS = 'The answers have changed since. Read the newest version first.';
export const BOTH_LEVELS = 'The same person never decides at both levels.';
export const OWN_PRODUCT = 'You are a contact of this product: somebody else reviews it.';
export const IN_CONFLICT = 'You declared a conflict of interest with this product: somebody else reviews it.';
export const ANOTHERS = 'Another reviewer has this case. Nothing was changed.';
export const NO_REVIEWER = 'No reviewer is asked now.';
