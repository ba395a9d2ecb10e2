import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signInOf } from '../../client/cli/doctor-sign-in.js';
import type { Config } from '../../adapters/config.js';
import { switchStaffOff } from '../../prisma/staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  served = await startSignInWeb(home.database, { accounts: [] });
});
afterAll(async () => {
  await served.stop();
  await home.stop();
});

const at = (url: string) => ({ issuer: { url, clientId: 'perennial', clientSecret: null } }) as Config;
const look = (config: Config, url = home.url) => signInOf(config, { DATABASE_URL: url });

test('doctor says whether staff can sign in, how many may, and what to do if not', async () => {
  const { url } = served.issuer;
  expect(await look({ issuer: null } as Config)).toContain('none: staff act by command.');
  await expect(look(at(url))).rejects.toThrow('nobody may sign in: perennial people add');
  await addOne(home.database, 'ada', 'l1');
  await addOne(home.database, 'ben', 'ops');
  await switchStaffOff(home.database, { id: 'ben', by: 'olga' });
  expect(await look(at(url))).toBe(`${url} answers; 1 person may sign in`);
  expect(await look(at(url), 'postgresql://nobody@127.0.0.1:1/none')).toContain('see "database"');
  await expect(look(at('http://127.0.0.1:1'))).rejects.toThrow('http://127.0.0.1:1 does not answer: mend');
  // Something answers there: our own pages.
  await expect(look(at(served.url))).rejects.toThrow('answers, but not as an identity provider');
});
