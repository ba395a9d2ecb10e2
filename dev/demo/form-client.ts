import { readPage, type Button, type Form, type Page } from './page-reader.js';

/** What is typed into the fields of a form, by their names. An absent field stays as the page has it. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** One person's browser: it has cookies, and no scripts. */
export interface Browser {
  /** Opens an address. Redirects are followed by GET. */
  open(url: string): Promise<Page>;
  /**
   * Sends a form with its hidden fields, with what the page has filled in and with what is given. The button is the
   * first one unless told.
   * @throws when there is no such field: a person could not fill it in either.
   */
  submit(form: Form, fields: Filled, button?: Button): Promise<Page>;
}

/** `fetch`, or what stands for it in a test. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A cookie goes back to the paths below its own. */
interface Cookie {
  readonly origin: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** Pages come from the same machine: to compress them would only take time. */
const ALWAYS = { accept: 'text/html', 'accept-encoding': 'identity' };
const MOST_REDIRECTS = 10;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Opens a browser that knows no cookies yet. */
export function openBrowser(send: Fetch = fetch): Browser {
  let jar: readonly Cookie[] = [];
  const request = async (url: string, init: RequestInit): Promise<Page> => {
    let address = url;
    let asked = init;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const headers = { ...ALWAYS, ...headersOf(asked), ...cookieHeader(jar, address) };
      const response = await send(address, { ...asked, headers, redirect: 'manual' });
      jar = kept(jar, address, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (!REDIRECTS.includes(response.status) || location === null) return pageOf(address, response);
      // Read to its end, so that the connection can be used again.
      await response.text();
      address = new URL(location, address).href;
      asked = { method: 'GET' };
    }
    throw new Error('The page leads in circles.');
  };
  return {
    open: (url) => request(url, { method: 'GET' }),
    submit: (form, fields, button) => {
      const body = bodyOf(form, fields, button);
      if (form.method === 'get')
        return request(`${form.action.split('?')[0] ?? ''}?${body.toString()}`, { method: 'GET' });
      // A page that asks not to be named gets no origin named either, as in browsers.
      const origin = form.namesOrigin ? new URL(form.page).origin : 'null';
      return request(form.action, { method: 'POST', body, headers: { origin } });
    },
  };
}

/** What a browser would send. */
function bodyOf(form: Form, fields: Filled, button: Button | undefined): URLSearchParams {
  const names = new Set(form.fields.map(({ name }) => name));
  const unknown = Object.keys(fields).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`The form has no field named ${unknown.join(', ')}.`);
  const body = new URLSearchParams();
  for (const { name, value } of form.fields) {
    for (const one of [fields[name] ?? value].flat()) body.append(name, one);
  }
  const pressed = button ?? form.buttons[0];
  if (pressed !== undefined && pressed.name !== '') body.append(pressed.name, pressed.value);
  return body;
}

/** The headers that a request was given: this file writes them as plain objects. */
function headersOf({ headers }: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}

async function pageOf(url: string, response: Response): Promise<Page> {
  const namesOrigin = response.headers.get('referrer-policy') !== 'no-referrer';
  return readPage({ html: await response.text(), url, status: response.status, namesOrigin });
}

function cookieHeader(jar: readonly Cookie[], address: string): { cookie?: string } {
  const { origin, pathname } = new URL(address);
  const sent = jar.filter((one) => one.origin === origin && isBelow(pathname, one.path));
  return sent.length === 0 ? {} : { cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

function isBelow(pathname: string, path: string): boolean {
  return path === '/' || pathname === path || pathname.startsWith(`${path}/`);
}

/** The jar with new cookies in it; one of the same name and path takes the place of the earlier. */
function kept(jar: readonly Cookie[], address: string, lines: readonly string[]): readonly Cookie[] {
  let next = jar;
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const path = attributes.find((one) => /^path=/iu.test(one))?.slice('path='.length) ?? '/';
    const cookie = { origin: new URL(address).origin, path, name: pair.slice(0, at), value: pair.slice(at + 1) };
    const others = next.filter(
      (one) => one.name !== cookie.name || one.path !== cookie.path || one.origin !== cookie.origin,
    );
    next = [...others, cookie];
  }
  return next;
}
