import type { Instant } from '../../domain/calendar.js';
import { Moment } from '../moment.js';

/** When a campaign was started, by whom where that is to be said, and when it was closed. */
export function Started({
  startedAt,
  closedAt,
  by,
}: {
  readonly startedAt: Instant;
  readonly closedAt: Instant | null;
  readonly by?: string;
}) {
  return (
    <>
      Started <Moment at={startedAt} />
      {by === undefined ? '' : ` by ${by}`}
      {closedAt === null ? (
        ''
      ) : (
        <>
          , closed <Moment at={closedAt} />
        </>
      )}
    </>
  );
}
