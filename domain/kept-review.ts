import type { Review } from './case.js';
import { ADDED_POLICY, type Policy } from './policy.js';

/** What reviews have that were written before these words were: nobody had a case, appealed or asked experts then. */
const ADDED: Pick<Review, 'claim' | 'noticed' | 'appeal' | 'unheard' | 'reconsidered' | 'consultation' | 'held'> = {
  claim: null,
  noticed: [],
  appeal: null,
  unheard: false,
  reconsidered: false,
  consultation: null,
  held: null,
};

/** A review as it was kept, by this version or an earlier one. */
export function keptReview(
  kept: Omit<Review, keyof typeof ADDED | 'policy'> & Partial<typeof ADDED> & { readonly policy: KeptPolicy },
): Review {
  return { ...ADDED, ...kept, policy: { ...ADDED_POLICY, ...kept.policy } };
}

type KeptPolicy = Omit<Policy, keyof typeof ADDED_POLICY> & Partial<typeof ADDED_POLICY>;
