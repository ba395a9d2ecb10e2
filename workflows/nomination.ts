import type { CaseInput } from './contract.js';
import { live } from './case.js';

/**
 * One for each nominated product, for weeks to months: from the draft to the decision, and some time more. What is
 * approved has a certification of its own from then on.
 */
export async function nomination(input: CaseInput): Promise<void> {
  await live(input);
}
