import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { append, deciding, linkOf, PUBLIC_URL, runSteps, visitor, webOver, type Web } from '../support/owner-visit.js';
import { RIGHTS, type Right } from '../../web/rights.js';
import { contentsOf } from './contents.js';

// Every way in: each route with each method and each kind of link. Staff: walk-staff.test.ts.

const READING = ['GET', 'HEAD', 'OPTIONS'];
const METHODS = [...READING, 'POST', 'PUT', 'PATCH', 'DELETE'];
/**
 * `right` is who came through the link of this review, `drafter` a colleague who may only draft there; the others came with
 * something that is none.
 */
const KINDS = ['right', 'drafter', 'revoked', 'mutated', 'other', 'none'] as const;
type Kind = (typeof KINDS)[number];

interface Pass {
  readonly token: string;
  readonly cookie: string;
}

let home: TestDatabase;
let web: Web;
let reference: string;
let caseId: string;
let passes: Readonly<Record<Kind, Pass>>;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  const other = await enter('other');
  const left = await enter('walked');
  reference = left.reference;
  caseId = left.caseId;
  await home.database.contact.updateMany({
    where: { slug: 'walked', rank: 'primary' },
    data: { name: 'Chi', address: 'chi@walked.example' },
  });
  await append(home.database, caseId, { kind: 'contact_changed', reference, body: { primaryChanged: true } });
  await runSteps(home.database, caseId);
  const chi = await enterAgain(reference);
  const invitation = { kind: 'invite', reference, body: { address: 'dee@walked.example' } };
  await append(home.database, caseId, invitation);
  await runSteps(home.database, caseId);
  passes = {
    right: chi,
    drafter: await enterAgain(reference, 'colleague'),
    revoked: left.pass,
    mutated: { token: changed(chi.token), cookie: changed(chi.cookie) },
    other: other.pass,
    none: { token: 'none', cookie: '' },
  };
}, 120_000);
afterAll(() => home.stop());

async function enter(slug: string) {
  const { browser, ...opened } = await visitor(web, slug);
  const token = (await linkOf(web, opened.reference)).split('/').at(-1) ?? '';
  return { ...opened, pass: { token, cookie: browser.cookie } };
}

async function enterAgain(ref: string, rank = 'primary'): Promise<Pass> {
  const link = await linkOf(web, ref, rank);
  const pressed = await deciding(web, caseId, call('POST', link, ''));
  return { token: link.split('/').at(-1) ?? '', cookie: pressed.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** The same with its third last letter changed: the last holds bits that count for nothing. */
function changed(text: string): string {
  return text.slice(0, -3) + (text.at(-3) === 'A' ? 'B' : 'A') + text.slice(-2);
}

async function call(method: string, path: string, cookie: string, origin: string | null = PUBLIC_URL) {
  return web.app.request(`${PUBLIC_URL}${path}`, {
    method,
    headers: { cookie, ...(origin === null ? {} : { origin }) },
    ...(method === 'POST' ? { body: new URLSearchParams({ text: 'Please.', pii_level: 'none' }) } : {}),
  });
}

/** Whether a route takes what somebody with a link posts: then more than reading comes of it. */
function mayPost(kind: Kind, right: Right): boolean {
  return kind === 'right' || (kind === 'drafter' && (right === 'drafter' || right === 'link'));
}

function pathFor(route: string, { token }: Pass): string {
  const [, path = ''] = route.split(' ');
  return path
    .replace(':reference', reference)
    .replace(':token', token)
    .replace(':slug', 'walked')
    .replace(':page', 'pii_level');
}

const routesOfApp = () =>
  [
    ...new Set(web.app.routes.filter(({ method }) => method !== 'ALL').map((one) => `${one.method} ${one.path}`)),
  ].sort();

describe('every route', () => {
  test('stands in the table that says who may use it', () => {
    expect(routesOfApp()).toEqual(Object.keys(RIGHTS).sort());
    // What takes every method only adds to what others say.
    const all = web.app.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path);
    expect([...new Set(all)].sort()).toEqual([
      ...['/*', '/answer/*', '/concern/*', '/console/*', '/desk/*', '/expert/*', '/nominate/*'],
      ...['/r/:slug/concern', '/suggest'],
    ]);
  });

  test.each(Object.keys(RIGHTS))('%s: nothing is changed but by who may, and nothing fails', async (route) => {
    const before = await contentsOf(home.database);
    const seen: string[] = [];
    for (const kind of KINDS) {
      for (const method of METHODS) {
        const right = method === 'POST' ? RIGHTS[`POST ${route.split(' ')[1] ?? ''}`] : undefined;
        if (right !== undefined && right !== 'everybody' && mayPost(kind, right)) continue;
        const response = await call(method, pathFor(route, passes[kind]), passes[kind].cookie);
        await response.text();
        if (response.status >= 500) seen.push(`${method} ${kind}: ${response.status}`);
        if (response.headers.get('set-cookie') !== null) seen.push(`${method} ${kind}: a cookie`);
      }
    }
    expect(seen).toEqual([]);
    expect(await contentsOf(home.database)).toEqual(before);
  });

  const owners = Object.keys(RIGHTS).filter((route) => ['owner', 'drafter', 'link'].includes(String(RIGHTS[route])));
  const alone = owners.filter((route) => RIGHTS[route] === 'owner');
  test.each(alone)('%s: a colleague who may only draft reads who does that', async (route) => {
    const { cookie } = passes.drafter;
    const response = await call(route.split(' ')[0] ?? '', pathFor(route, passes.drafter), cookie);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Only a contact of the product can do this');
  });

  test.each(owners.filter((route) => !alone.includes(route)))(
    '%s: is for a colleague who may only draft',
    async (route) => {
      const path = pathFor(route, passes.drafter);
      const response = await deciding(web, caseId, call(route.split(' ')[0] ?? '', path, passes.drafter.cookie));
      expect([200, 303, 422]).toContain(response.status);
    },
  );

  test.each(owners)('%s: whoever has no right link reads the one page about links', async (route) => {
    const method = route.split(' ')[0] ?? '';
    const pages: string[] = [];
    for (const kind of ['revoked', 'mutated', 'other', 'none'] as const) {
      const response = await call(method, pathFor(route, passes[kind]), passes[kind].cookie);
      const kept = [...response.headers].filter(([name]) => name !== 'date');
      // What was typed is shown again, and nothing else differs.
      pages.push(JSON.stringify([response.status, kept, (await response.text()).length]));
      expect(response.status).toBe(404);
    }
    expect(new Set(pages).size).toBe(1);
    const right = await call(method === 'POST' ? 'HEAD' : method, pathFor(route, passes.right), passes.right.cookie);
    expect([200, 303, 404]).toContain(right.status);
    if (method === 'GET') expect(right.status).not.toBe(404);
  });

  const posts = owners.filter((route) => route.startsWith('POST') && RIGHTS[route] !== 'link');
  test.each(posts)('%s: what a page of somebody else posts with the right cookie is refused', async (route) => {
    const before = await contentsOf(home.database);
    for (const origin of ['https://evil.example', 'null', null, `${PUBLIC_URL}.evil.example`]) {
      const response = await call('POST', pathFor(route, passes.right), passes.right.cookie, origin);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('It did not come from one of our own pages.');
    }
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test.each(posts)('%s: is heard from the right person', async (route) => {
    const before = await contentsOf(home.database);
    const path = pathFor(route, passes.right);
    const response = await deciding(web, caseId, call('POST', path, passes.right.cookie));
    expect([303, 422]).toContain(response.status);
    const asks = ['more-time', 'not-me', 'answered-elsewhere', 'withdraw'].some((word) => path.endsWith(word));
    if (asks) expect(await contentsOf(home.database)).not.toEqual(before);
  });
});

describe('what every answer says to browsers', () => {
  test.each(METHODS)('%s: no script runs, no page is framed, nothing of owners and staff is kept', async (method) => {
    const paths = [...new Set(Object.keys(RIGHTS).map((route) => pathFor(route, passes.none)))];
    for (const path of [...paths, '/nothing', '/answer/a/b/c/d', `/answer/${reference}/${passes.right.token}`]) {
      const { headers } = await call(method, path, '', 'https://evil.example');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/u);
      // Pages of staff have one script, of our own.
      const scripts = /^\/(desk|console)\b/u.test(path) ? "script-src 'self'" : undefined;
      expect([path, /script-src[^;]*/u.exec(policy)?.[0]]).toEqual([path, scripts]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/u);
      if (/^\/(answer|desk|expert|console)\b/u.test(path)) expect(headers.get('cache-control')).toBe('no-store');
      const open = headers.get('access-control-allow-origin');
      const isData = /^\/(registry\.(json|csv)|nominees\.json|a\/[^/]+\/data\.json)$/u.test(path);
      expect([path, open]).toEqual([path, isData && open !== null ? '*' : null]);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('a page whose address holds the link names itself to nobody, an ordinary one to ourselves alone', async () => {
    const link = await call('GET', `/answer/${reference}/${passes.right.token}`, '');
    expect(link.headers.get('referrer-policy')).toBe('no-referrer');
    // Browsers name no origin in what a page posts that refers to nobody, and by the origin our own pages are told.
    const page = await call('GET', `/answer/${reference}/status`, passes.right.cookie);
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
  });
});
