import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { looksWell } from '../support/looks-well.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { visitor, webOver } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { takeAll } from '../support/post.js';
import { signInTab } from '../support/staff-browser.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let browser: Browser;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T07:00:00.000Z');
  await addOne(home.database, 'fay', 'secretariat');
  served = await startSignInWeb(home.database, { accounts: ['fay'], some: { senderName: 'Fatou Ndiaye' } });
  const { caseId, reference } = await visitor(webOver(home.database), 'asking', { validUntil: '2026-09-01' });
  const { id } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const row = { key: 'asks', caseId, applicationId: reference, round: 1, kind: 'request', role: 'owner' };
  const body = { request: 'more_time', text: 'We move house, and nobody is here in July.' };
  await home.database.submission.create({
    data: { ...row, actor: String(id), body, at: new Date('2026-07-10T09:30:00Z') },
  });
  await takeAll(home.database, caseId);
  await home.database.email.updateMany({
    where: { applicationId: reference, kind: 'prompt' },
    data: {
      state: 'sent',
      subject: 'Product asking: please confirm',
      text: 'Hello Amina,\n\nopen [[link]] to answer.',
    },
  });
  await listProduct(home.database, 'seed');
  await listProduct(home.database, 'a-product-with-a-name-that-is-as-long-as-names-of-products-can-be', {
    contacts: false,
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

/** Somebody of the secretariat, signed in on a page of the console. */
const signIn = () => signInTab(browser, served, { account: 'fay', path: '/console' });

describe('the console in a real browser', () => {
  test('shows what somebody suggested, and what is wrong with an invitation', async () => {
    const at = new Date();
    const start = {
      kind: 'suggestion',
      product: 'Bird Songs of the River Delta',
      website: 'https://birds.example.org',
    };
    const by = { name: 'Mara Friend', address: 'mara@friends.example', why: 'Our school uses it.' };
    await home.database.nominationStart.create({ data: { id: 'birds', ...start, ...by, createdAt: at, usedAt: at } });
    const page = await signIn();
    await page.getByRole('link', { name: /^Invite its owner/u }).click();
    await looksWell(page, 'console-suggestion');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await looksWell(page, 'console-suggestion-errors');
    await page.getByLabel('Reason, for colleagues').fill('It is no product.');
    await page.getByRole('button', { name: 'Dismiss the suggestion' }).click();
    expect(await page.title()).toContain('Dismissed');
    await looksWell(page, 'console-suggestion-dismissed');
  }, 120_000);

  test('from what needs somebody to the answer of a request, by the keyboard alone', async () => {
    const page = await signIn();
    await looksWell(page, 'console');
    const answer = page.getByRole('link', { name: /^Answer the request/u });
    await answer.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/products/asking#request');
    await looksWell(page, 'product');
    const reason = page.locator('#grant-more-time-publicReason');
    await reason.focus();
    await page.keyboard.type('As you wish.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const playing = playSteps(home.database);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/products/asking?row=*');
    await playing.stop();
    expect(await page.getByText('Granted. The owner is told.').count()).toBeGreaterThan(0);
    await looksWell(page, 'product-done');
    await page.locator('summary', { hasText: 'Give more time' }).click();
    await page.fill('#extend-until', '2026-07-11');
    await page.click('#extend-form button');
    await looksWell(page, 'product-wrong');
    await page.goto(`${served.url}/console/products/asking/contacts`);
    await looksWell(page, 'contacts');
    await page.goto(`${served.url}/console/contacts`);
    await looksWell(page, 'nobody-to-ask');
    await page.goto(`${served.url}/console/products?q=product`);
    await looksWell(page, 'products');
  }, 120_000);

  test('whoever has never seen it plans and starts a campaign by what the pages say', async () => {
    const page = await signIn();
    await page.click('nav[aria-label=Console] a[href="/console/campaigns"]');
    await looksWell(page, 'campaigns-none');
    await page.getByRole('link', { name: 'Plan a campaign' }).click();
    await looksWell(page, 'campaign-new');
    await page.getByLabel('Name', { exact: true }).fill('annual-2026');
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await page.waitForSelector('#start-form');
    await looksWell(page, 'plan');
    await page.getByLabel('Type the name of the campaign').fill('annual-2026');
    await page.getByRole('button', { name: 'Start the campaign' }).click();
    await page.waitForURL('**/console/campaigns/annual-2026?started');
    await looksWell(page, 'campaign');
    await page.click('nav[aria-label=Console] a[href="/console/campaigns"]');
    await looksWell(page, 'campaigns');
  }, 120_000);
});
