import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import type { LocalIssuerPlan } from '../../dev/local-issuer.js';
import { switchStaffOff } from '../../prisma/staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { addOne, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from '../support/staff-visit.js';

type IdToken = NonNullable<LocalIssuerPlan['idToken']>;
const honest: IdToken = (claims, sign) => sign(claims);

let home: TestDatabase;
let served: SignInWeb;
let idToken: IdToken = honest;
const reported: unknown[] = [];
const ACCOUNTS = ['ada', 'ben', 'dora', 'stranger'];

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  for (const id of ACCOUNTS.filter((one) => one !== 'stranger')) await addOne(home.database, id, 'l1');
  served = await startSignInWeb(home.database, {
    accounts: ACCOUNTS,
    idToken: (claims, sign) => idToken(claims, sign),
    some: { report: (failure) => reported.push(failure) },
  });
}, 60_000);
afterAll(async () => {
  await served.stop();
  await home.stop();
});
beforeEach(() => {
  idToken = honest;
  reported.length = 0;
});

const browser = () => new StaffBrowser(served.url);
const isOpen = (page: Got) => page.status === 200 && page.html.includes('<h1>Your desk</h1>');

describe('a sign-in that is not one', () => {
  const nobody = async (one: StaffBrowser, back: string, why = 'could not be trusted', status = 400) => {
    const before = await home.database.staffSession.count();
    const page = await one.get(back);
    expect(page.html).toContain(why);
    expect(page.status).toBe(status);
    expect(one.cookies.has('staff')).toBe(false);
    expect(await home.database.staffSession.count()).toBe(before);
  };

  test('used a second time: by the same browser, by another, and by a look ahead', async () => {
    const ada = browser();
    const back = await ada.choose(await ada.begin(), 'ada');
    const ahead = await fetch(`${served.url}${back}`, {
      method: 'HEAD',
      headers: { cookie: [...ada.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    expect(ahead.status).toBe(400);
    // Somebody who saw the address, and has no cookie or one of their own.
    await nobody(browser(), back, 'used already');
    const other = browser();
    await other.begin();
    await nobody(other, back, 'used already');
    expect((await ada.get(back)).location).toBe('/desk');
    ada.cookies.delete('staff');
    await nobody(ada, back, 'used already');
  });

  test('two that come at once with the same: one is let in', async () => {
    const ada = browser();
    const back = await ada.choose(await ada.begin(), 'ada');
    const both = await Promise.all([ada.get(back), ada.get(back)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400]);
  });

  test('too old, of no sign-in, without anything', async () => {
    const ada = browser();
    const back = await ada.choose(await ada.begin(), 'ada');
    const createdAt = new Date(Date.now() - 11 * 60_000);
    await home.database.signIn.updateMany({ data: { createdAt } });
    await nobody(ada, back, 'used already');
    await nobody(ada, '/desk/signed-in?code=x&state=y', 'used already');
    await nobody(ada, '/desk/signed-in', 'used already');
  });

  test('with the code of another sign-in, or one made up', async () => {
    const ada = browser();
    const [first, second] = [await ada.begin(), await ada.begin()];
    const one = new URLSearchParams((await ada.choose(first, 'ada')).split('?')[1]);
    const other = new URLSearchParams((await ada.choose(second, 'ben')).split('?')[1]);
    one.set('code', other.get('code') ?? '');
    await nobody(ada, `/desk/signed-in?${one.toString()}`);
    const third = new URLSearchParams((await ada.choose(await ada.begin(), 'ada')).split('?')[1]);
    third.set('code', 'made-up');
    await nobody(ada, `/desk/signed-in?${third.toString()}`);
  });

  test('of another provider, by what it says of itself', async () => {
    const ada = browser();
    const back = await ada.choose(await ada.begin(), 'ada');
    await nobody(ada, back.replace(/iss=[^&]*/u, 'iss=https%3A%2F%2Fevil.example'));
  });

  test('stopped at the provider', async () => {
    const ada = browser();
    const back = new URLSearchParams((await ada.choose(await ada.begin(), 'ada')).split('?')[1]);
    back.delete('code');
    back.set('error', 'access_denied');
    await nobody(ada, `/desk/signed-in?${back.toString()}`, 'was stopped', 403);
  });

  const signedElsewhere: IdToken = async (claims) => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  };
  const unsigned: IdToken = (claims) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`);
  };
  const saying =
    (more: JWTPayload): IdToken =>
    (claims, sign) =>
      sign({ ...claims, ...more });
  const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
  const forged: readonly (readonly [string, IdToken])[] = [
    ['signed with another key', signedElsewhere],
    ['not signed', unsigned],
    ['of another sign-in', saying({ nonce: 'another' })],
    ['for somebody else', saying({ aud: 'another-client' })],
    ['of another provider', saying({ iss: 'https://evil.example' })],
    ['of an hour ago', saying({ iat: hourAgo, exp: hourAgo + 60 })],
    ['changed on the way', async (claims, sign) => (await sign(claims)).replace(/.{8}$/u, 'AAAAAAAA')],
  ];
  test.each(forged)('an id token that is %s', async (_what, forge) => {
    idToken = forge;
    const ada = browser();
    await nobody(ada, await ada.choose(await ada.begin(), 'ada'));
    expect(reported).toHaveLength(1);
  });

  test.each([
    ['says nothing of it', { email_verified: undefined }],
    ['says that it is not', { email_verified: false }],
  ])('an address that the provider does not vouch for: it %s', async (_what, more) => {
    idToken = saying(more);
    const ada = browser();
    await nobody(ada, await ada.choose(await ada.begin(), 'ada'), 'does not vouch for an email address', 403);
  });

  test('an address that only the page of the account has is asked for there', async () => {
    idToken = saying({ email: undefined, email_verified: undefined });
    expect(isOpen(await browser().signIn('ada'))).toBe(true);
  });

  test('an account of nobody who is of the staff, or of who left', async () => {
    const stranger = browser();
    await nobody(stranger, await stranger.choose(await stranger.begin(), 'stranger'), 'of nobody who may', 403);
    await switchStaffOff(home.database, { id: 'dora', by: 'olga' });
    const dora = browser();
    await nobody(dora, await dora.choose(await dora.begin(), 'dora'), 'of nobody who may', 403);
    expect(reported).toEqual([]);
  });

  test('a provider that does not answer, and none at all', async () => {
    const gone = await startSignInWeb(home.database, { accounts: [] });
    await gone.issuer.stop();
    const none = await startSignInWeb(home.database, { accounts: [], some: { issuer: null } });
    try {
      const away = await new StaffBrowser(gone.url).post('/desk/sign-in', {});
      expect([away.status, away.html]).toEqual([503, expect.stringContaining('does not answer')]);
      expect((await new StaffBrowser(none.url).get('/desk/sign-in')).html).toContain('Nobody can sign in here yet');
      expect((await new StaffBrowser(none.url).post('/desk/sign-in', {})).status).toBe(404);
    } finally {
      await gone.stop();
      await none.stop();
    }
  });
});
