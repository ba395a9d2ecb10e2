import type { Day } from './calendar.js';

/** Days of UTC on which somebody takes no cases, both included, and who acts on those that they have. */
export interface Absence {
  readonly from: Day;
  readonly until: Day;
  /** The word by which the deputy acts. */
  readonly deputy: string;
}

/** Who stands in for the reviewer who has a case and is away. */
export interface StandIn {
  /** Null: the deputy may not act on this case either: it is as good as given back. */
  readonly deputy: string | null;
}

/** Whether somebody is away on a day. They are back on the day after the last, with no more to do. */
export function isAway(absence: Absence | null, today: Day): absence is Absence {
  return absence !== null && absence.from <= today && today <= absence.until;
}

/** An absence that goes on, or is ahead; null: there is none, or its days are over. */
export function absenceLeft(absence: Absence | null, today: Day): Absence | null {
  return absence === null || absence.until < today ? null : absence;
}
