import { DAY, HOUR } from '../domain/calendar.js';
import type { Database } from './database.js';
import type { StaffRole } from '../domain/staff.js';
import { memberOf, type StaffMember } from './staff.js';

/** So long a session lasts, whatever is done in it. In milliseconds, real time, as all that follows. */
export const STAFF_SESSION_LASTS = 12 * HOUR;
/** So long somebody may take at the identity provider. */
export const SIGN_IN_LASTS = HOUR / 6;
/** What is of no use any more is deleted so long after it began. */
const SIGN_IN_KEPT = HOUR;
/** A page that was open when its session ended is still told from a forged one for so long. */
const PAGES_LAST = 3 * STAFF_SESSION_LASTS;
/** Who was signed in when is of no interest after that. */
const SESSIONS_KEPT = 30 * DAY;

/** A sign-in under way. */
export interface SignInBegun {
  /** SHA-256 of its state. */
  readonly id: string;
  /** SHA-256 of the cookie of the browser that began it. */
  readonly browser: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

/** Keeps a sign-in until the browser is back. */
export async function beginSignIn(database: Database, begun: SignInBegun): Promise<void> {
  const now = Date.now();
  await database.signIn.deleteMany({ where: { createdAt: { lt: new Date(now - SIGN_IN_KEPT) } } });
  await database.signIn.create({ data: { ...begun, createdAt: new Date(now) } });
}

/** Uses a sign-in up, of this browser and not too old; null if there is none, or it was used before. */
export async function takeSignIn(
  database: Database,
  { id, browser }: Pick<SignInBegun, 'id' | 'browser'>,
): Promise<SignInBegun | null> {
  const now = Date.now();
  const unused = { id, browser, usedAt: null, createdAt: { gt: new Date(now - SIGN_IN_LASTS) } };
  const { count } = await database.signIn.updateMany({ where: unused, data: { usedAt: new Date(now) } });
  return count === 0 ? null : database.signIn.findUnique({ where: { id } });
}

/** The session of somebody of the staff. */
export interface StaffSessionOpen {
  readonly person: StaffMember;
  /** What tokens and one-time keys of its forms derive from. */
  readonly form: string;
}

/** Whom an address of the identity provider belongs to; null: nobody who may sign in. */
export async function staffByAddress(database: Database, address: string): Promise<StaffMember | null> {
  const found = await database.staffPerson.findUnique({ where: { address, offAt: null } });
  return found === null || found.roles.length === 0 ? null : memberOf(found);
}

/** Begins the session of a browser, and ends the one that it had. `id` and `before` are the SHA-256 of its cookies. */
export async function openStaffSession(
  database: Database,
  {
    id,
    personId,
    form,
    before,
    onlyAs = null,
  }: {
    readonly id: string;
    readonly personId: string;
    readonly form: string;
    readonly before: string;
    /** The one role that it gives. Default: all that the person has. */
    readonly onlyAs?: StaffRole | null;
  },
): Promise<void> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + STAFF_SESSION_LASTS);
  await endStaffSession(database, before);
  await database.staffSession.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - SESSIONS_KEPT) } } });
  await database.staffSession.create({ data: { id, personId, form, onlyAs, createdAt: now, expiresAt } });
}

/**
 * The session of a cookie's SHA-256, with the person as they are at this very moment; null if it is unknown, over or
 * ended, or if they left.
 */
export async function readStaffSession(database: Database, id: string): Promise<StaffSessionOpen | null> {
  const found = await database.staffSession.findUnique({
    where: { id, endedAt: null, expiresAt: { gt: new Date() }, person: { offAt: null } },
    include: { person: true },
  });
  if (found === null) return null;
  const person = memberOf(found.person);
  const roles = person.roles.filter((role) => found.onlyAs === null || role === found.onlyAs);
  return { person: { ...person, roles }, form: found.form };
}

/** Ends a session, if it runs. */
export async function endStaffSession(database: Database, id: string): Promise<void> {
  await database.staffSession.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } });
}

/** What the forms of a person's sessions of the last day and a half derive from, ended ones too. */
export async function recentForms(database: Database, personId: string): Promise<readonly string[]> {
  const since = new Date(Date.now() - PAGES_LAST);
  const found = await database.staffSession.findMany({ where: { personId, createdAt: { gt: since } } });
  return found.map(({ form }) => form);
}
