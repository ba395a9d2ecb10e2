import { Hono } from 'hono';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { keepPrivate } from '../private.js';
import { awayPages } from './away.js';
import { safeWithScript } from '../safe.js';
import { reviewersPages } from './desk.js';
import { forStaff } from './for-staff.js';
import type { Staff } from './session.js';
import { signInPages } from './sign-in.js';
import { WhoIsHere } from './who-is-here.js';

/** The pages of staff: `/desk` and below. Who may use which: web/rights.ts. */
export function deskPages(context: WebContext): Hono {
  const app = new Hono();
  app.use('/desk/*', safeWithScript(context));
  keepPrivate(app, { path: '/desk/*', context });
  app.route('/', signInPages(context));
  app.get(
    '/desk/other-tab',
    forStaff(context, (request, staff) => request.html(<OtherTab context={context} staff={staff} />)),
  );
  app.route('/', awayPages(context));
  app.route('/', reviewersPages(context));
  return app;
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
