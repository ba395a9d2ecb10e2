import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { answeredReview, oneFails, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { looksWell } from '../support/looks-well.js';
import { linkOf } from '../support/owner-visit.js';
import { signInTab } from '../support/staff-browser.js';

let home: TestDatabase;
let desk: DeskWorld;
let browser: Browser;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  desk = await startDesk(home.database, { ada: ['l1'], ben: ['l2'], cleo: ['l2'], sam: ['secretariat'] });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await home.stop();
});

test('the pages of an appeal and of an absence look well, without scripts of ours', async () => {
  const { reference } = await answeredReview(home.database, 'seen-case');
  await desk.toDecision('ada', reference);
  await desk.confirm('ada', reference);
  await desk.toDecision('ben', reference, oneFails);
  await desk.confirm('ben', reference);
  const owner = await browser.newPage({ bypassCSP: true });
  await owner.goto(`${desk.served.url}${await linkOf(desk.served.web, reference)}`);
  await owner.getByRole('button', { name: 'Show the review' }).click();
  await owner.getByRole('heading', { name: 'You do not agree?' }).waitFor();
  await looksWell(owner, 'appeal-result');
  await owner.getByRole('link', { name: 'Appeal', exact: true }).click();
  await owner.getByRole('button', { name: 'Send the appeal' }).click();
  await owner.getByText('Say why you appeal').first().waitFor();
  await looksWell(owner, 'appeal-form');
  await owner.getByLabel('Why do you appeal?').fill('The licence file stands in the folder legal/.');
  await owner.getByRole('button', { name: 'Send the appeal' }).click();
  await owner.getByText('We have your appeal').waitFor();
  await looksWell(owner, 'appeal-received');
  const cleo = await signInTab(browser, desk.served, { account: 'cleo', path: '/desk' });
  await cleo.locator('summary', { hasText: 'I am away for some days' }).click();
  await looksWell(cleo, 'appeal-pool');
  await cleo.goto(`${desk.served.url}/desk/${reference}`);
  await cleo.getByRole('button', { name: 'Take this case' }).click();
  await cleo.getByText('The case is yours.').waitFor();
  await looksWell(cleo, 'appeal-case');
  const sam = await signInTab(browser, desk.served, { account: 'sam', path: '/console/people' });
  await sam.locator('summary', { hasText: 'Away for some days' }).first().click();
  await looksWell(sam, 'console-people');
  expect(await sam.title()).toContain('People');
}, 180_000);
