import type { Ended } from './case.js';

/** The ends that can take a listed product from the list; after them its review can be reopened. */
export const REMOVING = ['ineligible', 'unanswered', 'withdrawn', 'removed'] as const satisfies readonly Ended[];

/** Whether a review that ends so takes a listed product from the list: by silence an annual review does alone. */
export function takesOffList({ kind, result }: { readonly kind: string; readonly result: string }): boolean {
  if (kind === 'privacy' || !REMOVING.some((one) => one === result)) return false;
  return result !== 'unanswered' || kind === 'annual_review';
}
