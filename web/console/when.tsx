import { instant, type Instant } from '../../domain/calendar.js';
import { Moment } from '../moment.js';
import { realTime, type Clock } from '../../domain/clock.js';

/** Less than this between the two times is no difference to people, in milliseconds. */
const SAME = 60_000;

/** An instant as people read it: in the time of the reviews, and in real time where that is another one. */
export function When({ at, clock }: { readonly at: Instant; readonly clock: Clock }) {
  const real = realTime(clock, at);
  const differs = Math.abs(real - Date.parse(at)) > SAME;
  return (
    <>
      <Moment at={at} />
      {differs ? (
        <span class="small">
          {' '}
          (really <Moment at={instant(real)} />)
        </span>
      ) : null}
    </>
  );
}
