import { printInstant } from '../adapters/dates.js';
import type { Instant } from '../domain/calendar.js';

/** An instant in UTC; on pages of staff the script puts the reader's own time before it. */
export function Moment({ at }: { readonly at: Instant }) {
  return (
    <time datetime={at} data-zone="">
      {printInstant(at)}
    </time>
  );
}
