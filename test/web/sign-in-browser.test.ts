import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { forStaff } from '../../web/desk/for-staff.js';
import { RIGHTS } from '../../web/rights.js';
import { launchBrowser } from '../support/browser.js';
import { looksWell } from '../support/looks-well.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
// A new one for each test: as one process it does not outlive a tab of one of several contexts.
let browser: Browser;
const taken: unknown[] = [];

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await addOne(home.database, 'ada', 'l1', 'secretariat');
  served = await startSignInWeb(home.database, {
    accounts: ['ada', 'stranger'],
    extra: ({ app, context }) => {
      Object.assign(RIGHTS, { 'GET /desk/test/note': ['l1'], 'POST /desk/test/note': ['l1'] });
      app.get(
        '/desk/test/note',
        forStaff(context, (request, { csrf }) =>
          request.html(
            `<title>Note</title><form method="post"><input type="hidden" name="csrf" value="${csrf}"><textarea name="publicReason" aria-label="Reason"></textarea><button>Save</button></form>`,
          ),
        ),
      );
      app.post(
        '/desk/test/note',
        forStaff(context, (request, { person }, form) => {
          taken.push({ by: person.id, text: form['publicReason'] });
          return request.text('Saved.');
        }),
      );
    },
  });
}, 60_000);
beforeEach(async () => {
  browser = await launchBrowser();
}, 120_000);
afterEach(() => browser.close());
afterAll(async () => {
  await served.stop();
  await home.stop();
});

describe('in a real browser', () => {
  test('from a page of the desk to the identity provider, back to it, and out', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${served.url}/desk`);
    await looksWell(page, 'sign-in');
    await page.click('main button');
    await page.waitForURL(`${served.issuer.url}/authorize?**`);
    await looksWell(page, 'who-are-you');
    await page.click('button[value=stranger]');
    expect(await page.textContent('h1')).toBe('You are not signed in');
    await looksWell(page, 'nobody');
    await page.click('main a');
    await page.click('main button');
    await page.click('button[value=ada]');
    await page.waitForURL(`${served.url}/desk`);
    await looksWell(page, 'desk');
    await page.click('main button:has-text("Sign out")');
    expect(await page.textContent('h1')).toBe('You are signed out');
    await looksWell(page, 'signed-out');
  });

  test('by our own policy and without scripts: a text outlives its session, in two tabs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${served.url}/desk/test/note`);
    await page.click('main button');
    await page.click('button[value=ada]');
    await page.waitForURL(`${served.url}/desk/test/note`);
    await page.fill('textarea', '\nSay more,\n<please>.');
    await home.database.staffSession.updateMany({ data: { expiresAt: new Date(0) } });
    await page.click('button');
    expect(await page.textContent('h1')).toBe('You are signed out');
    const [tab] = await Promise.all([context.waitForEvent('page'), page.click('main a')]);
    await tab.click('main button');
    await tab.click('button[value=ada]');
    await tab.waitForURL(`${served.url}/desk/other-tab`);
    await page.bringToFront();
    expect(taken).toEqual([]);
    await page.click('main button');
    expect(await page.textContent('body')).toBe('Saved.');
    expect(taken).toEqual([{ by: 'ada', text: '\r\nSay more,\r\n<please>.' }]);
  });

  test('the page that keeps a text looks well', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${served.url}/desk/test/note`);
    await page.click('main button');
    await page.click('button[value=ada]');
    await page.waitForURL(`${served.url}/desk/test/note`);
    await page.fill('textarea', `A long-${'word'.repeat(40)} and more.`);
    await home.database.staffSession.updateMany({ data: { expiresAt: new Date(0) } });
    await page.click('button');
    await page.waitForSelector('h1');
    await looksWell(page, 'send-again');
  });
});
