import type { Ended } from './case.js';
import { reschedule, type Change } from './change.js';

/** The review of concerns ended: whoever raised them is told how. */
export function endConcerns(change: Change, result: Ended): void {
  change.effects.push({ do: 'tell_of_end', result, left: false });
}

/** The product left the list: nothing of what waits is reviewed any more. */
export function forgetConcerns(change: Change, result: Ended): void {
  change.effects.push({ do: 'tell_of_end', result, left: true });
  change.concerns = 0;
  reschedule(change, ['concern']);
}
