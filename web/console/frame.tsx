import type { Child } from 'hono/jsx';
import type { FormFields } from '../../domain/answer-form.js';
import type { StaffRole } from '../../domain/staff.js';
import { TypedText } from '../answer/typed-text.js';
import type { WebContext } from '../context.js';
import type { Staff } from '../desk/session.js';
import { Page } from '../layout.js';
import { rolesFor } from '../rights.js';

export interface ConsoleProps {
  readonly context: WebContext;
  readonly staff: Staff;
}

/** A page of the console, with the way to its others. */
export function ConsolePage({
  context,
  title,
  refresh,
  children,
}: ConsoleProps & { readonly title: string; readonly refresh?: number | undefined; readonly children?: Child }) {
  const again = refresh === undefined ? {} : { refresh };
  return (
    <Page context={context} title={title} wide staff {...again}>
      <nav class="chips apart" aria-label="Console">
        <a href="/console">Needs you</a>
        <a href="/console/products">Products</a>
        <a href="/console/campaigns">Campaigns</a>
        <a href="/console/contacts">Contacts</a>
        <a href="/console/people">People</a>
        <a href="/desk">Your desk</a>
      </nav>
      {children}
    </Page>
  );
}

/** Whether somebody may use another route than the one that they look at, such as that of a form on it. */
export function mayUse({ roles }: Staff, route: string): boolean {
  const needed: readonly StaffRole[] = rolesFor(route);
  return roles.some((role) => needed.includes(role));
}

/** Said in the place of forms to those who may only read. */
export function OnlyReading() {
  return <p class="small">You may read this page. What is done here, the secretariat does.</p>;
}

/** Nothing of the console is at this address. */
export function NothingHere({
  context,
  staff,
  what,
  form = {},
}: ConsoleProps & {
  readonly what: string;
  /** What was typed for it. */
  readonly form?: FormFields;
}) {
  return (
    <ConsolePage context={context} staff={staff} title={what}>
      <h1>{what}</h1>
      <p>Check the address, or go back to what needs you.</p>
      <TypedText standards={context.standards} form={form} />
    </ConsolePage>
  );
}
