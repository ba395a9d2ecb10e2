import type { Absence } from '../domain/absence.js';
import { dayOfColumn } from './day-column.js';

/** The absence in a row of somebody of the staff; null: there is none. */
export function absenceOf({
  awayFrom,
  awayUntil,
  deputyId,
}: {
  readonly awayFrom: Date | null;
  readonly awayUntil: Date | null;
  readonly deputyId: string | null;
}): Absence | null {
  const [from, until] = [dayOfColumn(awayFrom), dayOfColumn(awayUntil)];
  return from === null || until === null || deputyId === null ? null : { from, until, deputy: deputyId };
}
