import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff.js';
import { setStaffRoles, switchStaffOff } from '../../prisma/staff.js';
import { openStaffSession } from '../../prisma/staff-sessions.js';
import { RIGHTS } from '../../web/rights.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { linkOf, PUBLIC_URL, visitor, webOver, type Web } from '../support/owner-visit.js';
import { addOne } from '../support/staff-visit.js';
import { contentsOf } from './contents.js';

// Every route for staff with every role of theirs, and with everything that opens none: owners', ended, taken away.

const STAFF_ROUTES = Object.entries(RIGHTS).filter((entry): entry is [string, readonly StaffRole[]] => {
  return typeof entry[1] === 'object';
});
const names = STAFF_ROUTES.map(([route]) => route);
/** Cookies that open nothing for staff. */
const OUTSIDERS = ['public', 'owner', 'expired', 'ended', 'off', 'nobody_any_more', 'mutated'] as const;

let home: TestDatabase;
let web: Web;
let reference: string;
let owner: string;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  const came = await visitor(web, 'walked');
  reference = came.reference;
  owner = came.browser.cookie;
  for (const role of STAFF_ROLES) cookies[role] = await session(role, role);
  for (const id of ['expired', 'ended', 'off', 'later']) cookies[id] = await session(id, ...STAFF_ROLES);
  const { database } = home;
  await database.staffSession.updateMany({ where: { personId: 'expired' }, data: { expiresAt: new Date(0) } });
  await database.staffSession.updateMany({ where: { personId: 'ended' }, data: { endedAt: new Date() } });
  await switchStaffOff(database, { id: 'off', by: 'olga' });
  await database.staffPerson.update({ where: { id: 'later' }, data: { roles: ['a-role-of-another-version'] } });
  Object.assign(cookies, {
    public: '',
    owner,
    nobody_any_more: cookies['later'],
    mutated: `${cookies['ops']?.slice(0, -2)}AA`,
  });
}, 120_000);
afterAll(() => home.stop());

/** Somebody who is signed in; the cookie. */
async function session(id: string, ...roles: readonly StaffRole[]): Promise<string> {
  await addOne(home.database, id.replaceAll('_', '-'), ...roles);
  const cookie = `cookie-of-${id}-`.padEnd(43, 'x');
  await openStaffSession(home.database, { id: sha256(cookie), personId: id, form: `form of ${id}`, before: '' });
  return `staff=${cookie}`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const tokenOf = (id: string) =>
  createHash('sha256')
    .update(JSON.stringify([`form of ${id}`, 'csrf']))
    .digest('base64url');

/** Asks for a route as whoever has a cookie; by POST, with a form that has a token. */
async function call(
  route: string,
  { cookie = '', csrf = '', origin = PUBLIC_URL }: { cookie?: string | undefined; csrf?: string; origin?: string },
) {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replace(':reference', reference).replace(':slug', 'walked').replaceAll(/:\w+/gu, 'walked');
  const body = method === 'POST' ? { body: new URLSearchParams({ csrf, reason: 'Typed by hand.' }) } : {};
  const response = await web.app.request(`${PUBLIC_URL}${path}`, { method, headers: { cookie, origin }, ...body });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

const isSentToSignIn = ({ status, location }: { status: number; location: string | null }) =>
  status === 303 && /^\/(desk|expert)\/sign-in/u.test(location ?? '');

describe.each(names)('%s', (route) => {
  const roles = STAFF_ROUTES.find(([one]) => one === route)?.[1] ?? [];
  const posts = route.startsWith('POST');

  test.each(STAFF_ROLES)('%s: opens it, or is told whose it is, and changes nothing then', async (role) => {
    const before = await contentsOf(home.database);
    const answer = await call(route, { cookie: cookies[role], csrf: tokenOf(role) });
    if (roles.includes(role)) {
      expect(answer.status).toBeLessThan(500);
      expect([401, 403, 405]).not.toContain(answer.status);
      expect(isSentToSignIn(answer)).toBe(false);
      return;
    }
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('<h1>This page is not yours</h1>');
    if (posts) expect(answer.html).toContain('Typed by hand.');
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test.each(OUTSIDERS)('%s: is asked to sign in, keeps what was typed, and changes nothing', async (kind) => {
    const before = await contentsOf(home.database);
    const answer = await call(route, { cookie: cookies[kind], csrf: tokenOf(kind) });
    if (posts) {
      expect([answer.status, answer.html]).toEqual([403, expect.stringContaining('Typed by hand.')]);
      expect(answer.html).toContain('<h1>You are signed out</h1>');
    } else expect(isSentToSignIn(answer)).toBe(true);
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test('whoever just lost the role is told so', async () => {
    const [role = 'ops'] = roles;
    const other = STAFF_ROLES.find((one) => !roles.includes(one));
    // Everybody of the staff has it.
    if (other === undefined) return;
    await setStaffRoles(home.database, { id: role, roles: [other], by: 'olga' });
    expect((await call(route, { cookie: cookies[role], csrf: tokenOf(role) })).status).toBe(403);
    await setStaffRoles(home.database, { id: role, roles: [role], by: 'olga' });
  });

  if (posts) {
    test("what comes from another site, without a token or with somebody else's, changes nothing", async () => {
      const before = await contentsOf(home.database);
      const [role = 'ops'] = roles;
      const cookie = cookies[role];
      for (const origin of ['https://evil.example', 'null', `${PUBLIC_URL}.evil.example`]) {
        expect((await call(route, { cookie, csrf: tokenOf(role), origin })).status).toBe(403);
      }
      for (const csrf of ['', tokenOf('expired'), `${tokenOf(role)}x`]) {
        const answer = await call(route, { cookie, csrf });
        expect([answer.status, answer.html]).toEqual([409, expect.stringContaining('Typed by hand.')]);
      }
      expect(await contentsOf(home.database)).toEqual(before);
    });
  }
});

test("nobody of the staff opens an owner's page by being of the staff", async () => {
  const before = await contentsOf(home.database);
  const ofOwners = Object.keys(RIGHTS).filter((route) => RIGHTS[route] === 'owner');
  expect(ofOwners.length).toBeGreaterThan(10);
  for (const route of ofOwners) {
    for (const role of STAFF_ROLES) expect((await call(route, { cookie: cookies[role] })).status).toBe(404);
  }
  expect((await web.app.request(`${PUBLIC_URL}${await linkOf(web, reference)}`)).status).toBe(200);
  expect(await contentsOf(home.database)).toEqual(before);
});
