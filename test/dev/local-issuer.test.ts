import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startLocalIssuer, type LocalIssuer } from '../../dev/local-issuer.js';
import { addTrialStaff, TRIAL_STAFF } from '../../dev/trial-sign-in.js';
import { setStaffRoles, readStaff, switchStaffOff } from '../../prisma/staff.js';
import { startTestDatabase } from '../support/database.js';

const returnTo = 'http://127.0.0.1:9/desk/signed-in';
let issuer: LocalIssuer;
beforeAll(async () => {
  const ada = { id: 'ada', name: 'Ada <Okoro>', address: 'ada@alliance.example', about: 'First reviewer' };
  const client = { clientId: 'perennial', clientSecret: 'a-secret' };
  issuer = await startLocalIssuer({ port: 0, ...client, returnTo, accounts: () => Promise.resolve([ada]) });
});
afterAll(() => issuer.stop());

const asked = {
  client_id: 'perennial',
  redirect_uri: returnTo,
  response_type: 'code',
  state: 'a-state',
  nonce: 'a-nonce',
  code_challenge: 'a-challenge',
  code_challenge_method: 'S256',
};

/** Asks under a name, as a proxy or a page of somebody else would. */
function statusAs(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = `${issuer.url}/.well-known/openid-configuration`;
    request(path, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test('is reached under its own name alone: by no proxy, and by no other name that leads to this machine', async () => {
  expect(await statusAs(new URL(issuer.url).host)).toBe(200);
  expect(await statusAs('accounts.registry.example')).toBe(421);
  expect(await statusAs('127.0.0.1')).toBe(421);
});

test('lists its accounts, as buttons without a script, and sends back to our own pages alone', async () => {
  const page = await fetch(`${issuer.url}/authorize?${new URLSearchParams(asked).toString()}`);
  expect(await page.text()).toContain('Ada &lt;Okoro&gt;');
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9;");
  const others = [
    { redirect_uri: 'https://evil.example/' },
    { client_id: 'another' },
    { code_challenge_method: 'plain' },
    { code_challenge: '' },
    { account: 'nobody' },
  ];
  for (const other of others) {
    const body = new URLSearchParams({ ...asked, account: 'ada', ...other });
    const chosen = await fetch(`${issuer.url}/authorize`, { method: 'POST', body, redirect: 'manual' });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([400, null]);
  }
});

test('the invented staff is one for each role; whom somebody changed stays as they made them', async () => {
  expect(TRIAL_STAFF.flatMap(({ roles }) => roles)).toEqual([
    'secretariat',
    'l1',
    'l2',
    'expert',
    'coordinator',
    'ops',
  ]);
  const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  try {
    await addTrialStaff(home.database);
    await setStaffRoles(home.database, { id: 'ada', roles: ['l2'], by: 'you' });
    await switchStaffOff(home.database, { id: 'olga', by: 'you' });
    const before = await readStaff(home.database);
    expect(before).toHaveLength(TRIAL_STAFF.length);
    await addTrialStaff(home.database);
    expect(await readStaff(home.database)).toEqual(before);
  } finally {
    await home.stop();
  }
});
