import type { Instant } from './calendar.js';

/** An owner's appeal against a decision; what it says stands in its row. */
export interface Appeal {
  readonly row: number;
  readonly at: Instant;
}
