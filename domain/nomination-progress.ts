/** What everybody may read of how far a nomination is, and how long such cases took. */
import { addDays, dayOf, type Day, type Instant } from './calendar.js';
import { ENDED, type ReviewState } from './case.js';
import type { Policy } from './policy.js';
import { decides } from './verdict.js';

/** Whose turn it is, in words that name nobody; null: it has ended. */
export function turnInWords(state: ReviewState): string | null {
  if (ENDED.includes(state)) return null;
  return state === 'clarification' || state === 'notice' ? 'With its owner' : 'With the reviewers';
}

/** Neither that experts are asked nor that a decision was made is public: until it is known the level stands here. */
const next: Readonly<Partial<Record<ReviewState, string>>> = {
  l1: 'The first level reads all answers. Then the second level decides, or asks.',
  l2: 'The second level decides, or asks about some answers.',
  clarification: 'The owner answers what was asked. Then the reviewers go on with those sections.',
  notice: 'The owner can reply to what does not meet the Standard. Then the reviewers decide.',
  appeal: 'Somebody who gave no verdict before reads the case again.',
};

/** What comes next under the rule of a review; null: nothing does. `state` is the one that everybody may know. */
export function nextInWords(state: ReviewState, policy: Pick<Policy, 'rule' | 'levels'>): string | null {
  if (state === 'l1' && decides(policy, 'l1')) return 'The first level reads all answers. Then it decides, or asks.';
  return next[state] ?? null;
}

/** How long decided nominations took, from the day on which they were sent. */
export interface Durations {
  readonly cases: number;
  /** Days within which half of them, and nine of ten, were decided. */
  readonly median: number;
  readonly nineOfTen: number;
}

/** Fewer cases than this say nothing, and could say too much about one of them. */
export const LEAST_CASES = 10;

/** Sums up whole days; null below ten cases. */
export function durationsOf(days: readonly number[]): Durations | null {
  if (days.length < LEAST_CASES) return null;
  const sorted = [...days].sort((one, other) => one - other);
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
  return { cases: sorted.length, median: at(0.5), nineOfTen: at(0.9) };
}

/** Why nobody can say when a decision is likely: too few were decided, or this one takes longer than nine of ten did. */
export type NoEstimate = 'too_few_decided' | 'longer_than_nine_of_ten';

/** The days between which a decision is likely, by how long others took, or why nobody can say. */
export function estimateOf({
  sentOn,
  today,
  durations,
}: {
  sentOn: Day;
  today: Day;
  durations: Durations | null;
}): { readonly from: Day; readonly to: Day } | NoEstimate {
  if (durations === null) return 'too_few_decided';
  const to = addDays(sentOn, durations.nineOfTen);
  if (to < today) return 'longer_than_nine_of_ten';
  const from = addDays(sentOn, durations.median);
  return { from: from < today ? today : from, to };
}

/** A stage that everybody may know, and its days; `until` null: it lasts. */
export interface Stage {
  readonly state: ReviewState;
  readonly since: Day;
  readonly until: Day | null;
}

/** The stages of a review so far, oldest first, out of the states that it was in after each thing that happened. */
export function stagesOf(happened: readonly { readonly at: Instant; readonly state: ReviewState }[]): readonly Stage[] {
  const stages: Stage[] = [];
  for (const { at, state } of happened) {
    const last = stages.at(-1);
    // Neither that experts are asked nor that a decision was made is public: the stage before lasts.
    if (state === last?.state || state === 'consultation' || state === 'decided') continue;
    const since = dayOf(at);
    if (last !== undefined) stages[stages.length - 1] = { ...last, until: since };
    stages.push({ state, since, until: null });
  }
  return stages;
}
