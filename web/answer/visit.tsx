import { createHash, randomBytes } from 'node:crypto';
import type { Context, Handler } from 'hono';
import { routePath } from 'hono/route';
import { getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import type { Child } from 'hono/jsx';
import type { FormFields } from '../../domain/answer-form.js';
import { readForm, type FormRecord } from '../../prisma/read-form.js';
import { REFERENCE } from '../../prisma/read-reference.js';
import { openSession, readSession, type KnownSession } from '../../prisma/sessions.js';
import type { WebContext } from '../context.js';
import { oneTime } from '../one-time.js';
import { isForDrafters } from '../rights.js';
import { NoLink } from './no-link.js';
import { OnlyDrafts } from './only-drafts.js';
import { pathOf } from './paths.js';

export { pathOf } from './paths.js';

const COOKIE = 'answer';

/** Somebody who came through a link, and the review that it opens. */
export interface Visitor extends KnownSession {
  readonly record: FormRecord;
}

/** What a page of the form does for a visitor. */
export type ForVisitor = (request: Context, visitor: Visitor) => Response | Promise<Response>;
/** The same with what was posted. */
export type Taking = (request: Context, visitor: Visitor, form: FormFields) => Response | Promise<Response>;

/** Begins a session: a random cookie for the pages of one review, of which the database keeps the SHA-256 alone. */
export async function beginSession(
  { database, publicUrl }: WebContext,
  request: Context,
  { recipientId, record }: Pick<Visitor, 'recipientId' | 'record'>,
): Promise<void> {
  const cookie = randomBytes(32).toString('base64url');
  const form = randomBytes(16).toString('base64url');
  await openSession(database, { id: sha256(cookie), recipientId, form, at: new Date(record.now) });
  setCookie(request, COOKIE, cookie, {
    path: pathOf(record.reference),
    httpOnly: true,
    sameSite: 'Lax',
    secure: publicUrl.startsWith('https:'),
  });
}

/**
 * A handler for those who came through a link of this very review; everybody else gets the page about links. Whoever may
 * only draft uses what web/rights.ts gives them, as their right is at this very request.
 */
export function visited(context: WebContext, handle: ForVisitor): Handler {
  return async (request) => {
    const visitor = await visitorOf(context, request);
    if (visitor === null) return request.html(<NoLink context={context} />, 404);
    if (!mayUse(request, visitor)) {
      return request.html(<OnlyDrafts context={context} record={visitor.record} />, 403);
    }
    return handle(request, visitor);
  };
}

/**
 * The same for what is posted. When it cannot be taken, because the database is away or anything else fails, the page
 * that `apology` makes of what was typed says that nothing was saved.
 */
export function taking(
  context: WebContext,
  { handle, apology }: { readonly handle: Taking; readonly apology: (request: Context, form: FormFields) => Child },
): Handler {
  return async (request) => {
    const form = await postedFields(request);
    try {
      const visitor = await visitorOf(context, request);
      if (visitor === null) return await request.html(<NoLink context={context} typed={form} />, 404);
      if (!mayUse(request, visitor)) {
        return await request.html(<OnlyDrafts context={context} record={visitor.record} form={form} />, 403);
      }
      return await handle(request, visitor, form);
    } catch (failure) {
      context.report?.(failure);
      request.header('Retry-After', '30');
      return request.html(<>{apology(request, form)}</>, 503);
    }
  };
}

function mayUse(request: Context, { onlyDrafts }: Visitor): boolean {
  // HEAD is answered as GET is.
  const method = request.req.method === 'POST' ? 'POST' : 'GET';
  return !onlyDrafts || isForDrafters(`${method} ${routePath(request)}`);
}

/** Refuses what a page of somebody else posts with a visitor's cookie. */
export function sameOrigin({ publicUrl }: WebContext): Handler {
  const own = new URL(publicUrl).origin;
  return csrf({ origin: (origin, request) => origin === own || origin === new URL(request.req.url).origin });
}

/** The posted fields as text; files are left out. */
export async function postedFields(request: Context): Promise<FormFields> {
  const body = await request.req.parseBody({ all: true });
  const texts = Object.entries(body).map(([name, given]) => {
    const values = [given].flat().filter((one) => typeof one === 'string');
    return [name, values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return Object.fromEntries(texts);
}

/**
 * The key of what a form of this session would append: the same however often the page is opened and posted, another
 * once a row of the owner has been appended.
 */
export function oneTimeKey({ form, record }: Visitor, kind: string): string {
  const after = record.rows.at(-1)?.id ?? 0;
  return oneTime(form, kind, record.review.round, after);
}

async function visitorOf({ database, standards }: WebContext, request: Context): Promise<Visitor | null> {
  const reference = request.req.param('reference') ?? '';
  const cookie = getCookie(request, COOKIE) ?? '';
  if (!REFERENCE.test(reference)) return null;
  const session = await readSession(database, { id: sha256(cookie), reference });
  if (session === null) return null;
  const record = await readForm(database, reference, standards);
  return record === null ? null : { ...session, record };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
