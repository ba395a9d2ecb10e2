import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setStaffRoles, switchStaffOff } from '../../prisma/staff.js';
import { forStaff } from '../../web/desk/for-staff.js';
import { RIGHTS } from '../../web/rights.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { hiddenFields } from '../support/owner-visit.js';
import { addOne, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
const ACCOUNTS = ['ada', 'ben', 'cleo', 'ezra'];

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  for (const id of ACCOUNTS) await addOne(home.database, id, 'l1');
  served = await startSignInWeb(home.database, {
    accounts: ACCOUNTS,
    extra: ({ app, context }) => {
      // A page such as first reviewers have.
      Object.assign(RIGHTS, { 'POST /desk/test/note': ['l1'], 'GET /desk/test/unlisted': undefined });
      app.post(
        '/desk/test/note',
        forStaff(context, (request, { person }, form) => request.json({ by: person.id, form })),
      );
      app.get(
        '/desk/test/unlisted',
        forStaff(context, (request) => request.text('open')),
      );
    },
  });
}, 60_000);
afterAll(async () => {
  await served.stop();
  await home.stop();
});

const browser = () => new StaffBrowser(served.url);
const sessionsOf = (personId: string) => home.database.staffSession.findMany({ where: { personId } });
const isOpen = (page: Got) => page.status === 200 && page.html.includes('<h1>Your desk</h1>');

const csrfOf = async (one: StaffBrowser) =>
  Object.fromEntries(hiddenFields((await one.get('/desk')).html))['csrf'] ?? '';
const expire = (personId: string) =>
  home.database.staffSession.updateMany({ where: { personId }, data: { expiresAt: new Date(Date.now() - 1) } });

describe('signing in', () => {
  test('leads to the page that was wanted, and says who you are and as what', async () => {
    const ada = browser();
    const first = await ada.get('/desk/other-tab?x=1');
    expect([first.status, first.location]).toEqual([303, '/desk/sign-in?to=%2Fdesk%2Fother-tab%3Fx%3D1']);
    const page = await ada.signIn('ada', '/desk/other-tab?x=1');
    expect(page.html).toContain('<h1>You are signed in</h1>');
    const desk = await ada.get('/desk');
    expect(desk.html).toContain('ada Invented (ada)');
    expect(desk.html).toContain('First reviewer (level 1)');
    expect(desk.headers.get('cache-control')).toBe('no-store');
    // Whoever is signed in need not do so again.
    expect((await ada.get('/desk/sign-in')).location).toBe('/desk');
  });

  test('lasts twelve hours, by a cookie of which the database knows the SHA-256 alone', async () => {
    const ada = browser();
    await ada.signIn('ada');
    const cookie = ada.cookies.get('staff') ?? '';
    expect(cookie).toMatch(/^[\w-]{43}$/u);
    const [session] = (await sessionsOf('ada')).slice(-1);
    expect((session?.expiresAt.getTime() ?? 0) - (session?.createdAt.getTime() ?? 0)).toBe(12 * 3_600_000);
    expect(JSON.stringify(await home.database.staffSession.findMany())).not.toContain(cookie);
    await expire('ada');
    expect((await ada.get('/desk')).location).toBe('/desk/sign-in?to=%2Fdesk');
  });

  test.each([
    'https://evil.example/desk',
    '//evil.example/desk',
    '/\\evil.example/desk',
    '/desk/../..//evil.example',
    '/answer/new-link',
    '/deskless',
    '/desk/sign-in',
    'javascript:alert(1)',
  ])('leads nowhere else: %s', async (to) => {
    const ada = browser();
    const back = await ada.get(await ada.choose(await ada.begin(to), 'ada'));
    expect([back.status, back.location]).toEqual([303, '/desk']);
  });

  test('over https the cookie is bound to our very name', async () => {
    const some = { publicUrl: 'https://reviews.example', issuer: served.web.context.issuer ?? null };
    const secure = await startSignInWeb(home.database, { accounts: [], some });
    try {
      const begun = await new StaffBrowser(secure.url).post('/desk/sign-in', {}, 'https://reviews.example');
      expect(begun.headers.get('set-cookie')).toMatch(
        /^__Host-staff-sign-in=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
      );
    } finally {
      await secure.stop();
    }
  });

  test('signing out ends the session on the server, not in the browser alone', async () => {
    const ada = browser();
    await ada.signIn('ada');
    const copy = browser();
    for (const [name, value] of ada.cookies) copy.cookies.set(name, value);
    expect(isOpen(await copy.get('/desk'))).toBe(true);
    const out = await ada.post('/desk/sign-out', { csrf: await csrfOf(ada) });
    expect([out.status, out.location]).toEqual([303, '/desk/sign-in?left']);
    expect(ada.cookies.has('staff')).toBe(false);
    expect((await copy.get('/desk')).status).toBe(303);
    // Another site signs nobody out.
    await ada.signIn('ada');
    expect((await ada.post('/desk/sign-out', {}, 'https://evil.example')).status).toBe(403);
    expect(isOpen(await ada.get('/desk'))).toBe(true);
  });

  test('a second sign-in of a browser ends its first session', async () => {
    const one = browser();
    await one.signIn('ada');
    const copy = browser();
    for (const [name, value] of one.cookies) copy.cookies.set(name, value);
    await one.get(await one.choose(await one.begin(), 'ben'));
    expect((await one.get('/desk')).html).toContain('ben Invented');
    expect((await copy.get('/desk')).status).toBe(303);
  });
});

describe('in the middle of a session', () => {
  const TYPED = 'The licence of one part is <unclear>.\nPlease say more.';
  const typed = { reference: '2026-7Q2MK', verdict: 'clarify', publicReason: TYPED };

  test('a role that is taken away is gone at once, a new one is there at once, and who leaves is out', async () => {
    const ezra = browser();
    await ezra.signIn('ezra');
    const csrf = await csrfOf(ezra);
    expect((await ezra.post('/desk/test/note', { csrf })).status).toBe(200);
    await setStaffRoles(home.database, { id: 'ezra', roles: ['ops'], by: 'olga' });
    const refused = await ezra.post('/desk/test/note', { csrf, ...typed });
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('It is for: First reviewer (level 1).');
    expect(refused.html).toContain('The licence of one part is &lt;unclear&gt;.');
    expect((await ezra.get('/desk')).html).toContain('Operations');
    await setStaffRoles(home.database, { id: 'ezra', roles: ['ops', 'l1'], by: 'olga' });
    expect((await ezra.post('/desk/test/note', { csrf })).status).toBe(200);
    await switchStaffOff(home.database, { id: 'ezra', by: 'olga' });
    expect((await ezra.get('/desk')).location).toBe('/desk/sign-in?to=%2Fdesk');
    expect((await ezra.post('/desk/test/note', { csrf })).status).toBe(403);
  });

  test('what is typed survives the end of a session: sign in in a new tab, send the same page again', async () => {
    const cleo = browser();
    await cleo.signIn('cleo');
    const csrf = await csrfOf(cleo);
    await expire('cleo');
    const kept = await cleo.post('/desk/test/note?case=1', { csrf, ...typed });
    expect(kept.status).toBe(403);
    expect(kept.html).toContain('<h1>You are signed out</h1>');
    expect(kept.html).toContain('target="_blank"');
    expect(kept.html).toContain('action="/desk/test/note?case=1"');
    expect(textAreas(kept.html)).toEqual({ publicReason: TYPED });
    expect(isOtherTab(await cleo.signIn('cleo', '/desk/other-tab'))).toBe(true);
    const again = { ...Object.fromEntries(hiddenFields(kept.html)), ...textAreas(kept.html) };
    const sent = await cleo.post('/desk/test/note?case=1', again);
    expect(JSON.parse(sent.html)).toEqual({ by: 'cleo', form: { csrf, ...typed } });
  });

  test('somebody else who signs in there looks at it first, and sends it under their own name', async () => {
    const shared = browser();
    await shared.signIn('cleo');
    const csrf = await csrfOf(shared);
    await shared.post('/desk/sign-out', {});
    await shared.signIn('ben');
    const asked = await shared.post('/desk/test/note', { csrf, ...typed });
    expect(asked.status).toBe(409);
    expect(asked.html).toContain('before ben Invented signed in');
    const again = { ...Object.fromEntries(hiddenFields(asked.html)), ...textAreas(asked.html) };
    expect(JSON.parse((await shared.post('/desk/test/note', again)).html)).toMatchObject({ by: 'ben' });
  });

  test('a form without the token, or from another site, is not taken', async () => {
    const ben = browser();
    await ben.signIn('ben');
    for (const csrf of ['', 'x'.repeat(43)]) {
      expect((await ben.post('/desk/test/note', { csrf, ...typed })).status).toBe(409);
    }
    const foreign = await ben.post('/desk/test/note', { csrf: await csrfOf(ben) }, 'https://evil.example');
    expect([foreign.status, foreign.html]).toEqual([403, expect.stringContaining('from one of our own pages')]);
  });

  test("a page that the table of rights does not name is nobody's", async () => {
    const ben = browser();
    await ben.signIn('ben');
    expect((await ben.get('/desk/test/unlisted')).status).toBe(503);
  });
});

const isOtherTab = (page: Got) => page.html.includes('<h1>You are signed in</h1>');

/** The texts of a page's text areas, as a browser reads and sends them. */
function textAreas(html: string): Readonly<Record<string, string>> {
  const found = [...html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/gu)];
  const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return Object.fromEntries(found.map(([, name = '', text = '']) => [name, unescaped(text)]));
}
