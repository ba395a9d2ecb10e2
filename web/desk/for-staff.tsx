import type { Context, Handler } from 'hono';
import { routePath } from 'hono/route';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { STAFF_ROLE_WORDS, type StaffRole } from '../../domain/staff.js';
import { TypedText } from '../answer/typed-text.js';
import { postedFields, sameOrigin } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { rolesFor } from '../rights.js';
import { SendAgain, type LabelOf, type Untaken } from './send-again.js';
import { isOwnForm, staffOf, type Staff } from './session.js';

/** What a page does for somebody of the staff; `form` is what they posted, empty where they only read. */
export type ForStaff = (request: Context, staff: Staff, form: FormFields) => Response | Promise<Response>;

const READING: readonly string[] = ['GET', 'HEAD'];

/**
 * A handler for those of the staff to whom web/rights.ts gives its route, as their roles are at this very request.
 * Whoever is not signed in is sent to sign in, and comes back. What is posted must come from a page of ours, with the
 * person's token (CsrfField); what cannot be taken, because the session is over or anything else fails, is shown again
 * with a button that sends it once more. `labelOf` says what the fields of the form are called there.
 */
export function forStaff(
  context: WebContext,
  handle: ForStaff,
  { labelOf }: { readonly labelOf?: LabelOf } = {},
): Handler {
  const own = sameOrigin(context);
  return async (request, next) => {
    if (READING.includes(request.req.method)) return read(context, request, handle);
    let response: Response | undefined;
    await own(request, async () => {
      response = await take({ context, request, labelOf }, handle);
    });
    return response ?? next();
  };
}

/** The field that each form for staff must have. */
export function CsrfField({ staff }: { readonly staff: Staff }) {
  return <input type="hidden" name="csrf" value={staff.csrf} />;
}

/** The way to sign in, and back to a page. */
export function signInPath(to: string, door = '/desk'): string {
  return `${door}/sign-in?${new URLSearchParams({ to }).toString()}`;
}

/** Experts have a door of their own. */
function doorOf(path: string): '/expert' | '/desk' {
  return /^\/expert(\/|$)/u.test(path) ? '/expert' : '/desk';
}

async function read(context: WebContext, request: Context, handle: ForStaff): Promise<Response> {
  const roles = rolesFor(`GET ${routePath(request)}`);
  const staff = await staffOf(context, request);
  if (staff === null) return request.redirect(signInPath(pathOf(request), doorOf(request.req.path)), 303);
  if (!mayUse(staff, roles)) return request.html(<NotYours {...{ context, staff, roles }} form={{}} />, 403);
  return handle(request, staff, {});
}

interface Taking {
  readonly context: WebContext;
  readonly request: Context;
  readonly labelOf: LabelOf | undefined;
}

async function take({ context, request, labelOf }: Taking, handle: ForStaff): Promise<Response> {
  const form = await postedFields(request);
  const untaken = { context, action: pathOf(request), form, labelOf };
  try {
    const roles = rolesFor(`${request.req.method} ${routePath(request)}`);
    const staff = await staffOf(context, request);
    if (staff === null) return await request.html(<SignedOut untaken={untaken} />, 403);
    if (!mayUse(staff, roles)) return await request.html(<NotYours {...{ context, staff, roles, form }} />, 403);
    if (!(await isOwnForm(context, staff, posted(form, 'csrf')))) {
      return await request.html(<OfAnother untaken={untaken} staff={staff} />, 409);
    }
    return await handle(request, staff, form);
  } catch (failure) {
    context.report?.(failure);
    request.header('Retry-After', '30');
    return request.html(<NotTaken untaken={untaken} />, 503);
  }
}

function mayUse({ roles }: Staff, needed: readonly StaffRole[]): boolean {
  return roles.some((role) => needed.includes(role));
}

function pathOf(request: Context): string {
  const { pathname, search } = new URL(request.req.url);
  return `${pathname}${search}`;
}

function SignedOut({ untaken }: { readonly untaken: Untaken }) {
  return (
    <SendAgain untaken={untaken} title="You are signed out" button="Send again">
      <p>Nothing was saved yet. What you typed is still on this page.</p>
      <ol>
        <li>
          <a href={signInPath('/desk/other-tab', doorOf(untaken.action))} target="_blank" rel="noopener">
            Sign in, in a new tab
          </a>
        </li>
        <li>Come back to this page and send it again.</li>
      </ol>
    </SendAgain>
  );
}

/** The form was opened by somebody else on this machine, or so long ago that nobody knows: the person looks once more. */
function OfAnother({ untaken, staff }: { readonly untaken: Untaken; readonly staff: Staff }) {
  return (
    <SendAgain untaken={{ ...untaken, csrf: staff.csrf }} title="Look at this once more" button="Send">
      <p>
        Nothing was saved yet. The page that this came from was opened before {staff.person.name} signed in here. If it
        is what you want to say, send it.
      </p>
    </SendAgain>
  );
}

function NotTaken({ untaken }: { readonly untaken: Untaken }) {
  return (
    <SendAgain untaken={untaken} title="Nothing was saved" button="Send again">
      <p>There is a problem with the service. What you typed is still on this page. Try again in a few minutes.</p>
    </SendAgain>
  );
}

function NotYours({
  context,
  staff,
  roles,
  form,
}: {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly roles: readonly StaffRole[];
  readonly form: FormFields;
}) {
  return (
    <Page context={context} title="This page is not yours" staff>
      <h1>This page is not yours</h1>
      <p>It is for: {inWords(roles)}.</p>
      <p>
        You are signed in as {staff.person.name}. Your roles: {inWords(staff.roles)}.
      </p>
      <p>
        <a href="/desk">Go to your desk</a>
      </p>
      <TypedText standards={context.standards} form={form} />
    </Page>
  );
}

function inWords(roles: readonly StaffRole[]): string {
  return roles.map((role) => STAFF_ROLE_WORDS[role]).join(', ');
}
