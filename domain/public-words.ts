/** What everybody may read of a review: its stage and what happened, in words that name no person and nobody's delay. */
import type { Instant } from './calendar.js';
import { ENDED, type Ended, type ReviewState } from './case.js';
import type { Kind } from './policy.js';

/** A line of a review's timeline. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly words: string;
}

/** A line of the ledger as recorded. */
export interface LedgerLine {
  readonly at: Instant;
  readonly what: string;
  readonly detail: unknown;
}

/** What pages and emails of a demonstration say: the products are real, what is said of them is not. */
export const DEMONSTRATION_WORDS =
  'This is a demonstration. What it says of products is invented: answers, people and outcomes.';

/** What is recorded when a review first asks somebody, or has answers: from then on it is open for the public. */
export const OPENING_WORDS = ['turn_began', 'answered', 'previous_submitted'] as const;

const kinds: Readonly<Record<Kind, string>> = {
  nomination: 'Nomination',
  annual_review: 'Annual review',
  privacy: 'Privacy questions',
  concern: 'Review of a concern',
};

const stages: Readonly<Record<Exclude<ReviewState, Ended>, string>> = {
  draft: 'Being prepared',
  owner: 'Answers are being collected',
  l1: 'First level of the review',
  l2: 'Second level of the review',
  // Whether anybody is asked for advice is for reviewers and staff alone.
  consultation: 'Second level of the review',
  clarification: 'Some answers are being clarified',
  notice: 'A notice was given',
  // An undo is still possible: the result is not public before it takes effect.
  decided: 'Second level of the review',
  appeal: 'Appeal',
};

const results: Readonly<Record<Ended, string>> = {
  approved: 'Approved',
  ineligible: 'Does not meet the Standard',
  withdrawn: 'Ended: withdrawn',
  unanswered: 'Closed without an answer',
  removed: 'Ended: removed',
  superseded: 'Continued in the annual review',
  closed_elsewhere: 'Ended: decided outside this website',
  abandoned: 'Ended: never sent',
};

/** What kind of review it is. Words that are not known stay as they are. */
export function kindInWords(kind: string): string {
  return isKey(kinds, kind) ? kinds[kind] : kind;
}

/** How a review ended. Words that are not known stay as they are. */
export function resultInWords(result: string): string {
  return isKey(results, result) ? results[result] : result;
}

/** Where a review stands; `begun`: somebody was asked, or answers came. */
export function stageInWords({ state, begun }: { state: ReviewState; begun: boolean }): string {
  if (isEnded(state)) return results[state];
  return state === 'owner' && !begun ? 'Not yet opened' : stages[state];
}

/** What the next turn of the owner is called after something happened. */
const askingAgain: Readonly<Record<string, string>> = {
  verdict: 'Some answers were asked for again.',
  previous_submitted: 'Some answers were asked for again.',
  reopened: 'Answers were asked for again.',
};

/**
 * What happened to a review, oldest first; what concerns nobody but owner and staff is left out, and so is a verdict that
 * its reviewer undid, or, while it is `deciding`, still can undo.
 */
export function timelineOf(
  ledger: readonly LedgerLine[],
  { deciding = false }: { readonly deciding?: boolean } = {},
): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let asking: string | null = 'The review opened.';
  let verdict = -1;
  for (const { at, what, detail } of ledger) {
    if (what === 'verdict') verdict = entries.length;
    // Nothing public happens between a decision and its undoing but what is told by itself.
    if (what === 'undone' && verdict >= 0) entries.splice(verdict, 1);
    const words: string | null = what === 'turn_began' ? asking : lineInWords(what, detail);
    // A turn that begins anew, such as with another contact, is no news.
    asking = askingAgain[what] ?? (words === null ? asking : null);
    if (words !== null) entries.push({ at, words });
  }
  if (deciding && verdict >= 0) entries.splice(verdict, 1);
  return entries;
}

const verdicts: Readonly<Record<string, string>> = {
  l1: 'The first level recorded its verdict.',
  l2: 'The second level recorded its verdict.',
  appeal: 'A verdict on the appeal was recorded.',
};

function lineInWords(what: string, detail: unknown): string | null {
  switch (what) {
    case 'answered':
      return 'Answers came in.';
    case 'previous_submitted':
      return 'The answers on file went to the reviewers.';
    case 'verdict':
      return verdicts[word(detail, 'level')] ?? null;
    case 'appealed':
      return 'An appeal was made against the decision.';
    case 'reconsidered':
      return 'The decision is looked at again.';
    case 'reopened':
      return 'The review was opened again.';
    case 'ended':
      return `${resultInWords(word(detail, 'result'))}.`;
    default:
      return null;
  }
}

function word(detail: unknown, name: 'level' | 'result'): string {
  if (typeof detail !== 'object' || detail === null || !(name in detail)) return '';
  const found: unknown = Object.entries(detail).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : '';
}

function isEnded(state: ReviewState): state is Ended {
  return ENDED.includes(state);
}

function isKey<Key extends string>(words: Readonly<Record<Key, string>>, key: string): key is Key {
  return Object.hasOwn(words, key);
}
