import type { Absence } from '../domain/absence.js';
import { dayOf } from '../domain/calendar.js';
import { readClock } from './case-time.js';
import { columnOfDay } from './day-column.js';
import type { Database } from './database.js';
import { lockStaff, memberOf, noteStaff, type StaffChanged } from './staff.js';

/** Why an absence was not noted: its days are over or the wrong way round, or its deputy cannot be one. */
export type AbsenceProblem = 'no_days' | 'no_deputy';

interface Who {
  readonly id: string;
  /** Who says so, in our own terms. */
  readonly by: string;
}

/** A reviewer is away on these days of case time, in the place of what was known before. A problem changes nothing. */
export async function setAbsence(
  database: Database,
  { id, by, absence }: Who & { readonly absence: Absence },
): Promise<StaffChanged | AbsenceProblem> {
  const { from, until, deputy } = absence;
  return database.$transaction(async (transaction) => {
    await lockStaff(transaction);
    const known = await transaction.staffPerson.findUnique({ where: { id } });
    if (known === null) return 'unknown';
    if (known.offAt !== null) return 'off';
    const { now } = await readClock(transaction);
    if (until < from || until < dayOf(now)) return 'no_days';
    const other = await transaction.staffPerson.findUnique({ where: { id: deputy, offAt: null } });
    if (other === null || deputy === id || !sharesLevel(known.roles, other.roles)) return 'no_deputy';
    const days = { awayFrom: columnOfDay(from), awayUntil: columnOfDay(until), deputyId: deputy };
    await transaction.staffPerson.update({ where: { id }, data: days });
    await noteStaff(transaction, { id, by, at: new Date(), roles: memberOf(known).roles, what: 'away' });
    return 'done';
  });
}

/** Somebody is back before their time. */
export async function endAbsence(database: Database, { id, by }: Who): Promise<StaffChanged> {
  return database.$transaction(async (transaction) => {
    await lockStaff(transaction);
    const known = await transaction.staffPerson.findUnique({ where: { id } });
    if (known === null) return 'unknown';
    if (known.deputyId === null) return 'as_it_was';
    await transaction.staffPerson.update({
      where: { id },
      data: { awayFrom: null, awayUntil: null, deputyId: null },
    });
    await noteStaff(transaction, { id, by, at: new Date(), roles: memberOf(known).roles, what: 'returned' });
    return 'done';
  });
}

/** Somebody who reviews at no level of theirs could act on none of their cases. */
function sharesLevel(roles: readonly string[], others: readonly string[]): boolean {
  return ['l1', 'l2'].some((level) => roles.includes(level) && others.includes(level));
}
