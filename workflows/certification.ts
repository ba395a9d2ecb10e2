import type { CaseInput } from './contract.js';
import { live } from './case.js';

/**
 * One for each listed product, for years: asleep until its annual review opens or a wake comes; the review; asleep
 * again. After a removal it stays as long as the review can be reopened, then it ends.
 */
export async function certification(input: CaseInput): Promise<void> {
  await live(input);
}
