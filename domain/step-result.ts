import type { Attention, Ended, Entry, ReviewState, WaitingOn } from './case.js';
import type { Clock } from './clock.js';
import type { Kind } from './policy.js';

/** What a workflow learns from a step: ids, dates, counts and words of closed lists, no names and no texts. */
export interface StepResult {
  /** Null for a campaign. */
  readonly product: string | null;
  readonly state: ReviewState | 'asleep' | 'expired' | 'running' | 'closed';
  readonly kind: Kind | null;
  readonly reference: string | null;
  readonly campaign: string | null;
  /** How the newest review ended; null while one is open, or if there was none. */
  readonly outcome: Ended | null;
  readonly waitingOn: WaitingOn;
  readonly attention: readonly Attention[];
  readonly next: Entry | null;
  /** More rows wait. */
  readonly more: boolean;
  readonly wrote: boolean;
  /** An open review has ended in this step. */
  readonly reviewEnded: boolean;
  /** The case has ended; its workflow may. */
  readonly ended: boolean;
  readonly clock: Clock;
}
