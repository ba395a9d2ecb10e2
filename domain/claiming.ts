import type { Claim } from './case.js';
import { watch } from './escalating.js';
import { amend, note, reviewOf, type Change } from './change.js';
import { reviewerOf } from './reviewer-guards.js';

/** How reviewers share the work, by name. */
export const claiming = {
  claim: (change: Change) => take(change, 'claimed'),
  hand_over: (change: Change) => take(change, 'handed_over'),
  give_back: (change: Change) => {
    amend(change, { claim: null });
    watch(change);
    note(change, 'given_back');
  },
  set_aside: (change: Change) => {
    const { event } = change;
    if (event.is !== 'set_aside') throw new Error('a case is set aside by its reviewer');
    amend(change, { claim: { ...claimOf(change), aside: event.until } });
    note(change, 'set_aside', { until: event.until });
  },
  declare_conflict: (change: Change) => {
    const { event } = change;
    if (event.is !== 'conflict') throw new Error('a conflict is declared by its reviewer');
    if (reviewOf(change).claim?.by === event.by) {
      amend(change, { claim: null });
      watch(change);
    }
    change.effects.push({ do: 'remember_conflict', by: event.by });
    note(change, 'conflict_declared');
  },
} as const satisfies Record<string, (change: Change) => void>;

function take(change: Change, what: 'claimed' | 'handed_over'): void {
  const by = reviewerOf(change.event);
  if (by === null) throw new Error('this row puts nobody to work');
  amend(change, { claim: { by, at: change.facts.now, aside: null } });
  note(change, what, { level: reviewOf(change).state });
  watch(change);
}

function claimOf(change: Change): Claim {
  const { claim } = reviewOf(change);
  if (claim === null) throw new Error('this act needs a claim');
  return claim;
}
