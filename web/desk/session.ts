import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { StaffRole } from '../../domain/staff.js';
import type { StaffMember } from '../../prisma/staff.js';
import { endStaffSession, openStaffSession, readStaffSession, recentForms } from '../../prisma/staff-sessions.js';
import type { WebContext } from '../context.js';

/** Somebody of the staff who is signed in, as the database has them at this request. */
export interface Staff {
  /** Their `id` is the actor of every row that they append. */
  readonly person: StaffMember;
  readonly roles: readonly StaffRole[];
  /** What each form must post as `csrf`; see CsrfField. */
  readonly csrf: string;
  /** What one-time keys of their forms derive from. */
  readonly form: string;
}

/** The cookie of a session. */
const SESSION = 'staff';
/** The cookie that ties a sign-in to the browser that began it. */
const BROWSER = 'staff-sign-in';
/** A sign-in takes minutes. In seconds. */
const BROWSER_LASTS = 3_600;

/** Who is signed in; null: nobody. */
export async function staffOf(context: WebContext, request: Context): Promise<Staff | null> {
  const cookie = cookieOf(context, request, SESSION);
  if (cookie === '') return null;
  const session = await readStaffSession(context.database, sha256(cookie));
  if (session === null || session.person.roles.length === 0) return null;
  const { person, form } = session;
  return { person, roles: person.roles, form, csrf: tokenOf(form) };
}

/**
 * Begins the session of somebody who came back from the identity provider, by a new cookie. Of an expert who came by a
 * code in an email it gives that one role: a mailbox opens nothing else.
 */
export async function beginStaffSession(
  context: WebContext,
  request: Context,
  { personId, onlyAs = null }: { readonly personId: string; readonly onlyAs?: StaffRole | null },
): Promise<void> {
  const cookie = randomBytes(32).toString('base64url');
  const form = randomBytes(16).toString('base64url');
  const before = sha256(cookieOf(context, request, SESSION));
  await openStaffSession(context.database, { id: sha256(cookie), personId, form, before, onlyAs });
  keepCookie(context, request, { name: SESSION, value: cookie });
}

/** Ends the session of a browser, also in the database: a copy of the cookie opens nothing any more. */
export async function leave(context: WebContext, request: Context): Promise<void> {
  const cookie = cookieOf(context, request, SESSION);
  if (cookie === '') return;
  await endStaffSession(context.database, sha256(cookie));
  deleteCookie(request, SESSION, { path: '/', ...safety(context) });
}

/**
 * Whether a form is one of ours for this person: of this session, or of one of theirs that ended lately, so that a page
 * that was open meanwhile still counts.
 */
export async function isOwnForm({ database }: WebContext, staff: Staff, token: string): Promise<boolean> {
  if (isSame(token, staff.csrf)) return true;
  const forms = await recentForms(database, staff.person.id);
  return forms.some((form) => isSame(token, tokenOf(form)));
}

/** SHA-256 of the cookie by which a browser is known while somebody signs in; it gets one if it has none. */
export function browserOf(context: WebContext, request: Context): string {
  const known = knownBrowser(context, request);
  if (known !== null) return known;
  const value = randomBytes(32).toString('base64url');
  keepCookie(context, request, { name: BROWSER, value, maxAge: BROWSER_LASTS });
  return sha256(value);
}

/** The same; null if it has none. */
export function knownBrowser(context: WebContext, request: Context): string | null {
  const cookie = cookieOf(context, request, BROWSER);
  return /^[\w-]{43}$/u.test(cookie) ? sha256(cookie) : null;
}

/** SHA-256 in hexadecimal digits: the database keeps no cookie and no state as it is. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function tokenOf(form: string): string {
  return createHash('sha256')
    .update(JSON.stringify([form, 'csrf']))
    .digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}

function keepCookie(
  context: WebContext,
  request: Context,
  { name, value, maxAge }: { readonly name: string; readonly value: string; readonly maxAge?: number },
): void {
  const lasting = maxAge === undefined ? {} : { maxAge };
  setCookie(request, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', ...lasting, ...safety(context) });
}

/** `__Host-`: no other name of our domain can set it. Browsers take it over https only; else there is none to set. */
function safety({ publicUrl }: WebContext): { readonly prefix?: 'host'; readonly secure: boolean } {
  return publicUrl.startsWith('https:') ? { prefix: 'host', secure: true } : { secure: false };
}

function cookieOf({ publicUrl }: WebContext, request: Context, name: string): string {
  return (publicUrl.startsWith('https:') ? getCookie(request, name, 'host') : getCookie(request, name)) ?? '';
}
