import { printInstant } from '../../adapters/dates.js';
import { instant, type Instant } from '../../domain/calendar.js';
import { realTime, type Clock } from '../../domain/clock.js';

/** Less than this between the two times is no difference to people, in milliseconds. */
const SAME = 60_000;

/** An instant as people read it: in the time of the reviews, and in real time where that is another one. */
export function When({ at, clock }: { readonly at: Instant; readonly clock: Clock }) {
  const real = realTime(clock, at);
  const differs = Math.abs(real - Date.parse(at)) > SAME;
  return (
    <>
      <time datetime={at}>{printInstant(at)}</time>
      {differs ? <span class="small"> (really {printInstant(instant(real))})</span> : null}
    </>
  );
}
