import { Hono } from 'hono';
import { STAFF_ROLE_WORDS } from '../../domain/staff.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { keepPrivate } from '../private.js';
import { CsrfField, forStaff } from './for-staff.js';
import type { Staff } from './session.js';
import { signInPages } from './sign-in.js';

/** The pages of staff: `/desk` and below. Who may use which: web/rights.ts. */
export function deskPages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: '/desk/*', context });
  app.route('/', signInPages(context));
  app.get(
    '/desk',
    forStaff(context, (request, staff) => request.html(<Desk context={context} staff={staff} />)),
  );
  app.get(
    '/desk/other-tab',
    forStaff(context, (request, staff) => request.html(<OtherTab context={context} staff={staff} />)),
  );
  return app;
}

function Desk({ context, staff }: { readonly context: WebContext; readonly staff: Staff }) {
  return (
    <Page context={context} title="Your desk" staff>
      <h1>Your desk</h1>
      <WhoIsHere staff={staff} />
    </Page>
  );
}

/** Where the new tab ends in which somebody signed in to send a form of another one. */
function OtherTab({ context, staff }: { readonly context: WebContext; readonly staff: Staff }) {
  return (
    <Page context={context} title="You are signed in" staff>
      <h1>You are signed in</h1>
      <p>Close this tab, go back to the other one, and send your text again.</p>
      <WhoIsHere staff={staff} />
    </Page>
  );
}

/** Who is signed in, as what, and the way out. */
export function WhoIsHere({ staff }: { readonly staff: Staff }) {
  return (
    <section aria-label="Your account">
      <dl class="facts">
        <div>
          <dt>You are</dt>
          <dd>
            {staff.person.name} ({staff.person.id})
          </dd>
        </div>
        <div>
          <dt>Your roles</dt>
          <dd>{staff.roles.map((role) => STAFF_ROLE_WORDS[role]).join(', ')}</dd>
        </div>
      </dl>
      <form method="post" action="/desk/sign-out">
        <CsrfField staff={staff} />
        <div class="acts">
          <button type="submit" class="second">
            Sign out
          </button>
        </div>
      </form>
    </section>
  );
}
