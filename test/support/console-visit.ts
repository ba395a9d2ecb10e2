import { createHash } from 'node:crypto';
import type { StaffRole } from '../../domain/staff.js';
import { openStaffSession } from '../../prisma/staff-sessions.js';
import { Browser, deciding, type Seen, type Web } from './owner-visit.js';
import { addOne } from './staff-visit.js';

/** Somebody of the staff who is signed in, with these roles. */
export async function signedIn(web: Web, id: string, ...roles: readonly StaffRole[]): Promise<Browser> {
  await addOne(web.context.database, id, ...roles);
  const cookie = `cookie-of-${id}-`.padEnd(43, 'x');
  const session = {
    id: createHash('sha256').update(cookie).digest('hex'),
    personId: id,
    form: `form of ${id}`,
    before: '',
  };
  await openStaffSession(web.context.database, session);
  const browser = new Browser(web.app);
  browser.cookie = `staff=${cookie}`;
  return browser;
}

/** The hidden fields of one form of a page, by the id of its element. */
export function fieldsOfForm(html: string, id: string): Readonly<Record<string, string>> {
  const form = new RegExp(`<form [^>]*id="${id}-form"[^>]*>([\\s\\S]*?)</form>`, 'u').exec(html)?.[1];
  if (form === undefined) throw new Error(`the page has no form ${id}`);
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
}

/** Sends a form of a product's page while the rows of its case are taken, and goes where that leads. */
export async function actOnPage(
  web: Web,
  browser: Browser,
  { slug, form, fields = {} }: { slug: string; form: string; fields?: Readonly<Record<string, string>> },
): Promise<Seen> {
  const hidden = fieldsOfForm(browser.page.html, form);
  const body = new URLSearchParams({ ...hidden, ...fields });
  const posted = await deciding(web, `dpg/${slug}`, browser.post(`/console/products/${slug}/act`, body));
  return posted.location === null ? posted : browser.follow();
}
