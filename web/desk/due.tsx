import type { Instant } from '../../domain/calendar.js';
import { Moment } from '../moment.js';
import { howFar } from './words.js';

/** When something is due, and how far that is from now. */
export function Due({ due, now }: { readonly due: Instant | null; readonly now: Instant }) {
  if (due === null) return <>No date runs</>;
  return (
    <>
      <Moment at={due} /> ({howFar(due, now)})
    </>
  );
}
