import { isStaffRole, STAFF_ROLES, type StaffRole } from '../domain/staff.js';
import type { Seat } from '../domain/policy.js';
import { seatsOf } from '../domain/seats.js';
import { readClock } from './case-time.js';
import type { Absence } from '../domain/absence.js';
import type { Database, Transaction } from './database.js';
import { absenceOf } from './absence-columns.js';
import type { StaffPerson } from './generated/client.js';

/** Of all advisory locks of a database, this is that of changes of staff: "staf", in letters. */
const STAFF_LOCK = 0x73746166;

/** Somebody of the staff. */
export interface StaffMember {
  /** The word by which they act, as the ledger has it. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly StaffRole[];
  /** Real time; null: they may sign in. */
  readonly offAt: Date | null;
  /** The newest; it may be over, or ahead. */
  readonly absence: Absence | null;
}

/** What became of a change; a problem changed nothing. */
export type StaffChanged = 'done' | 'as_it_was' | StaffProblem;
/** `unknown`: nobody has that id. `id_taken`, `address_taken`: somebody else has it. `off`: they left. */
export type StaffProblem = 'unknown' | 'id_taken' | 'address_taken' | 'off';

/** Who may sign in to do what, and who changed that. */
interface Change {
  readonly id: string;
  /** Who does this, in our own terms. */
  readonly by: string;
}

/** Everybody of the staff, also who left, by id. */
export async function readStaff(database: Database): Promise<readonly StaffMember[]> {
  return (await database.staffPerson.findMany({ orderBy: { id: 'asc' } })).map(memberOf);
}

/** Who may be given a case at a level now; an appeal is heard by somebody of whichever. */
export async function readReviewers(database: Database, seat: Seat): Promise<readonly StaffMember[]> {
  return (await readStaff(database)).filter(({ offAt, roles }) => offAt === null && seatsOf(roles).includes(seat));
}

/**
 * Adds somebody, or brings back who left: the same word with the same address. A word is never given to another person,
 * for the ledger would say that they did what the other did.
 */
export async function addStaff(
  database: Database,
  given: Change & Pick<StaffMember, 'name' | 'address' | 'roles'>,
): Promise<StaffChanged> {
  const { id, name, by } = given;
  const address = given.address.toLowerCase();
  const roles = inOrder(given.roles);
  return database.$transaction(async (transaction) => {
    await lockStaff(transaction);
    const holder = await transaction.staffPerson.findUnique({ where: { address } });
    if (holder !== null && holder.id !== id) return 'address_taken';
    const known = await transaction.staffPerson.findUnique({ where: { id } });
    if (known !== null && (known.address !== address || known.offAt === null)) return 'id_taken';
    const at = new Date();
    const data = { name, address, roles };
    if (known === null) await transaction.staffPerson.create({ data: { id, ...data, createdAt: at } });
    else await transaction.staffPerson.update({ where: { id }, data: { ...data, offAt: null } });
    await noteStaff(transaction, { id, by, at, roles, what: known === null ? 'added' : 'back' });
    return 'done';
  });
}

/** From now on somebody has these roles and no others. */
export async function setStaffRoles(
  database: Database,
  { id, by, roles: given }: Change & Pick<StaffMember, 'roles'>,
): Promise<StaffChanged> {
  const roles = inOrder(given);
  return database.$transaction(async (transaction) => {
    await lockStaff(transaction);
    const known = await transaction.staffPerson.findUnique({ where: { id } });
    if (known === null) return 'unknown';
    if (known.offAt !== null) return 'off';
    if (inOrder(memberOf(known).roles).join() === roles.join()) return 'as_it_was';
    await transaction.staffPerson.update({ where: { id }, data: { roles } });
    await noteStaff(transaction, { id, by, at: new Date(), roles, what: 'roles' });
    return 'done';
  });
}

/** Somebody leaves: no role counts any more, and every session ends. What they did stays. */
export async function switchStaffOff(database: Database, { id, by }: Change): Promise<StaffChanged> {
  return database.$transaction(async (transaction) => {
    await lockStaff(transaction);
    const known = await transaction.staffPerson.findUnique({ where: { id } });
    if (known === null) return 'unknown';
    if (known.offAt !== null) return 'as_it_was';
    const at = new Date();
    await transaction.staffPerson.update({ where: { id }, data: { roles: [], offAt: at } });
    await transaction.staffSession.updateMany({ where: { personId: id, endedAt: null }, data: { endedAt: at } });
    await noteStaff(transaction, { id, by, at, roles: [], what: 'off' });
    return 'done';
  });
}

/**
 * Erases name and address of somebody of the staff, who is off then. The word by which they acted stays where it stands:
 * the ledger has its own way to erase it. Returns the names that are gone, and how many people they were of.
 */
export async function eraseStaff(
  transaction: Transaction,
  { address, actor }: { readonly address: string; readonly actor: string },
): Promise<{ readonly people: number; readonly names: readonly { readonly name: string }[] }> {
  await lockStaff(transaction);
  const found = await transaction.staffPerson.findMany({ where: { address: address.toLowerCase() } });
  const at = new Date();
  for (const { id, offAt } of found) {
    const data = { name: '', address: `erased-${id}@erased.invalid`, roles: [], offAt: offAt ?? at };
    await transaction.staffPerson.update({ where: { id }, data });
    await transaction.staffSession.deleteMany({ where: { personId: id } });
    await transaction.signInCode.deleteMany({ where: { personId: id } });
    await eraseEmails(transaction, id);
    await noteStaff(transaction, { id, by: actor, at, roles: [], what: 'erased' });
  }
  return { people: found.length, names: found.map(({ name }) => ({ name })) };
}

/** What waits for them does not go, and of what went the texts are gone: that, when and why it was sent stays. */
async function eraseEmails(transaction: Transaction, personId: string): Promise<void> {
  const { now } = await readClock(transaction);
  await transaction.email.updateMany({
    where: { personId, state: { in: ['queued', 'deferred'] } },
    data: { state: 'skipped', reason: 'person_left', stateAt: new Date(now) },
  });
  await transaction.email.updateMany({ where: { personId }, data: { subject: null, text: null, html: null } });
}

/** A row as the rest knows it; words that are no role (of another version) give no right. */
export function memberOf({ id, name, address, roles, offAt, ...person }: StaffPerson): StaffMember {
  return { id, name, address, roles: roles.filter(isStaffRole), offAt, absence: absenceOf(person) };
}

/** In the order of the list, each once. */
function inOrder(roles: readonly StaffRole[]): StaffRole[] {
  return STAFF_ROLES.filter((role) => roles.includes(role));
}

/** One change of staff at a time; readers do not wait. */
export async function lockStaff(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(${STAFF_LOCK})`;
}

/** What changed of somebody, and who changed it. */
export async function noteStaff(
  transaction: Transaction,
  {
    id: personId,
    ...rest
  }: Change & { readonly at: Date; readonly roles: readonly StaffRole[]; readonly what: string },
): Promise<void> {
  await transaction.staffChange.create({ data: { personId, ...rest, roles: [...rest.roles] } });
}
