import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openExpertReview, type ExpertReview } from '../support/expert-review.js';
import { looksWell } from '../support/looks-well.js';
import { playSteps } from '../support/play-steps.js';
import { signInTab } from '../support/staff-browser.js';
import { addOne, addressOf, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let browser: Browser;
let review: ExpertReview;
let steps: { stop: () => Promise<void> };
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  await addOne(home.database, 'ada', 'l2');
  for (const id of ['eve', 'finn']) await addOne(home.database, id, 'expert');
  served = await startSignInWeb(home.database, { accounts: ['ada'] });
  review = await openExpertReview(home, 'seed-ledger');
  const set = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: review.reference } });
  const forReviewers = { pii_level: 'Our auditor looks at this in autumn.' };
  await home.database.answerSet.update({ where: { id: set.id }, data: { forReviewers } });
  steps = playSteps(home.database);
}, 60_000);
beforeEach(async () => {
  browser = await launchBrowser();
}, 120_000);
afterEach(() => browser.close());
afterAll(async () => {
  await steps.stop();
  await served.stop();
  await home.stop();
});

/** The code that an email would bring to somebody. */
async function codeOf(personId: string): Promise<string> {
  const { nonce } = await home.database.signInCode.findFirstOrThrow({ where: { personId }, orderBy: { id: 'desc' } });
  return served.web.context.links.code({ personId, nonce });
}

/** Comes from the link of the email, and signs in by the code of another one. */
async function expertTab(path: string): Promise<Page> {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(`${served.url}${path}`);
  await looksWell(page, 'expert-sign-in');
  await page.fill('#address', addressOf('eve'));
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.fill('#code', 'NOTRIGHT');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That is not the code.').first().waitFor();
  await looksWell(page, 'expert-code');
  await page.fill('#code', await codeOf('eve'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${served.url}${path}`);
  return page;
}

test('a question to an expert, from the desk to the advice on it, in two browsers', async () => {
  const { reference } = review;
  const ada = await signInTab(browser, served, { account: 'ada', path: '/desk' });
  await ada.getByRole('button', { name: 'Take the next' }).click();
  await ada.waitForURL(`**/desk/${reference}?row=*`);
  await ada.check('input[name="verdict-9a"][value=consult]');
  await ada.locator('summary', { hasText: 'If you ask an expert: Data privacy and security' }).click();
  await ada.fill('#question-9a', 'The policy keeps phone numbers for ten years. Is that the minimum for a ledger?');
  await ada.selectOption('#expert0-9a', 'eve');
  await ada.selectOption('#expert1-9a', 'finn');
  await looksWell(ada, 'desk-ask-expert');
  await ada.getByRole('button', { name: 'Continue to the decision' }).click();
  await ada.getByRole('heading', { name: 'Ask the experts?' }).waitFor();
  await looksWell(ada, 'desk-ask-expert-preview');
  await ada.getByRole('button', { name: 'Ask them' }).click();
  await ada.getByText('The experts are asked. Your time stands still.').waitFor();
  await looksWell(ada, 'desk-consultation');
  const eve = await expertTab(`/expert/${reference}/1/9a`);
  await looksWell(eve, 'expert-question');
  await eve.getByRole('button', { name: 'I accept' }).click();
  await eve.getByText('Thank you. You can answer now.').waitFor();
  await eve.getByRole('button', { name: 'Send my advice' }).click();
  await eve.getByText('Select what you advise.').first().waitFor();
  await looksWell(eve, 'expert-lacking');
  await eve.getByLabel('Needs clarification').check();
  await eve.fill('#text', 'Two years are enough.\n\nThe law asks for no more.');
  await eve.getByRole('button', { name: 'Send my advice' }).click();
  await eve.getByText('Thank you. The reviewers have your advice.').waitFor();
  await looksWell(eve, 'expert-answered');
  await eve.goto(`${served.url}/expert`);
  await looksWell(eve, 'expert-list');
  await ada.goto(`${served.url}/desk/${reference}`);
  expect(await ada.locator('#section-9a ~ .private').last().textContent()).toContain('Two years are enough.');
  await looksWell(ada, 'desk-advice');
}, 180_000);
