import { serve } from '@hono/node-server';
import type { StaffRole } from '../../domain/staff.js';
import { createIssuer } from '../../adapters/issuer.js';
import { startLocalIssuer, type LocalIssuer, type LocalIssuerPlan } from '../../dev/local-issuer.js';
import { freePort } from '../../dev/ports.js';
import type { Database } from '../../prisma/database.js';
import { addStaff } from '../../prisma/staff.js';
import { SIGNED_IN_PATH } from '../../web/desk/sign-in.js';
import type { WebContext } from '../../web/context.js';
import { hiddenFields, webOver, type Web } from './owner-visit.js';

/** An address of tests for somebody of the staff. */
export const addressOf = (id: string) => `${id}@registry.example`;

/** Adds somebody of the staff. */
export async function addOne(database: Database, id: string, ...roles: readonly StaffRole[]): Promise<void> {
  const changed = await addStaff(database, { id, name: `${id} Invented`, address: addressOf(id), roles, by: 'olga' });
  if (changed !== 'done') throw new Error(changed);
}

/** All pages over HTTP on this machine, with an identity provider of their own. */
export interface SignInWeb {
  readonly web: Web;
  readonly url: string;
  readonly issuer: LocalIssuer;
  readonly stop: () => Promise<void>;
}

/** Starts both. Everybody of `accounts` has an account there, by their word. */
export async function startSignInWeb(
  database: Database,
  {
    accounts,
    idToken,
    some = {},
    extra,
  }: {
    readonly accounts: readonly string[];
    readonly idToken?: NonNullable<LocalIssuerPlan['idToken']>;
    readonly some?: Partial<WebContext>;
    /** More pages, before any request comes. */
    readonly extra?: (web: Web) => void;
  },
): Promise<SignInWeb> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const client = { clientId: 'perennial', clientSecret: 'a-secret' };
  const issuer = await startLocalIssuer({
    ...{ port: 0, ...client, returnTo: `${url}${SIGNED_IN_PATH}` },
    accounts: () =>
      Promise.resolve(accounts.map((id) => ({ id, name: `${id} Invented`, address: addressOf(id), about: 'A test' }))),
    ...(idToken === undefined ? {} : { idToken }),
  });
  const provider = createIssuer({ url: issuer.url, ...client }, `${url}${SIGNED_IN_PATH}`);
  const web = webOver(database, { publicUrl: url, issuer: provider, ...some });
  extra?.(web);
  const server = serve({ fetch: web.app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const stop = async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
    await issuer.stop();
  };
  return { web, url, issuer, stop };
}

/** A page as it came back over HTTP. */
export interface Got {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A browser without scripts that keeps the cookies of the pages, and goes to the identity provider and back. */
export class StaffBrowser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  constructor(url: string) {
    this.#url = url;
  }

  get(path: string): Promise<Got> {
    return this.#ask(path, {});
  }

  post(path: string, fields: Readonly<Record<string, string>> | URLSearchParams, origin = this.#url): Promise<Got> {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin } });
  }

  /** Presses the button of the sign-in page; the address of the identity provider to which it leads. */
  async begin(to = '/desk'): Promise<string> {
    const page = await this.get(`/desk/sign-in?to=${encodeURIComponent(to)}`);
    const gone = await this.post('/desk/sign-in', Object.fromEntries(hiddenFields(page.html)));
    const url = /^0; url=(.*)$/u.exec(gone.headers.get('refresh') ?? '')?.[1];
    if (url === undefined) throw new Error(`no way to the identity provider: ${gone.status} ${gone.html}`);
    return url;
  }

  /** Chooses an account there; the path of ours to which that leads back. */
  async choose(at: string, account: string): Promise<string> {
    const asked = new URL(at);
    const body = new URLSearchParams({ ...Object.fromEntries(asked.searchParams), account });
    const chosen = await fetch(`${asked.origin}/authorize`, { method: 'POST', body, redirect: 'manual' });
    const back = new URL(chosen.headers.get('location') ?? 'http://nowhere.invalid');
    return `${back.pathname}${back.search}`;
  }

  /** Signs in from the beginning to the page that it leads to. */
  async signIn(account: string, to = '/desk'): Promise<Got> {
    const back = await this.get(await this.choose(await this.begin(to), account));
    return back.location === null ? back : this.get(back.location);
  }

  async #ask(path: string, init: RequestInit): Promise<Got> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { ...init.headers, cookie } as Record<string, string>;
    const response = await fetch(new URL(path, this.#url), { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(set) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return { status: response.status, html: await response.text(), location, headers: response.headers };
  }
}
