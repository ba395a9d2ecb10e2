import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { writeChoices } from '../../prisma/policies.js';
import { launchBrowser } from '../support/browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { sendAnswers } from '../support/decided-review.js';
import { completeAnswers } from '../support/listed-product.js';
import { openReview } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let browser: Browser;
let reference: string;
let steps: { stop: () => Promise<void> };

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await writeChoices(home.database, {});
  await addOne(home.database, 'ada', 'l1');
  served = await startSignInWeb(home.database, { accounts: ['ada'] });
  const review = await openReview(home.database, { slug: 'a-case', answers: completeAnswers });
  await sendAnswers(home.database, review, { answers: { laws: ['A law'] } });
  steps = playSteps(home.database);
  ({ reference } = review);
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

/** A tab under our own policy, in which Ada reads the case. */
async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${served.url}/desk/${reference}`);
  if (page.url().includes('sign-in')) {
    await page.click('main button');
    await page.click('button[value=ada]');
    await page.waitForURL(`**/desk/${reference}`);
  }
  const take = page.getByRole('button', { name: 'Take this case' });
  if (await take.isVisible()) {
    await take.click();
    await page.getByText('The case is yours.').waitFor();
  }
  return page;
}

const inNairobi = { timezoneId: 'Africa/Nairobi', locale: 'fr-FR' };

describe('the script of the desk', () => {
  test('saves what is typed by itself and says when; what is pressed then goes over it', async () => {
    const context = await browser.newContext(inNairobi);
    const page = await open(context);
    await page.locator('summary', { hasText: 'Reasons and notes: Open licence' }).click();
    await page.fill('#internal-2', 'Ask about the app.');
    await page.getByText(/^Saved at \d\d:\d\d$/u).waitFor();
    const draft = () => home.database.verdictDraft.findFirstOrThrow({ where: { applicationId: reference } });
    expect((await draft()).form).toMatchObject({ 'internal-2': 'Ask about the app.' });
    await page.check('input[name="verdict-2"][value=meets]');
    await page.getByRole('button', { name: 'Save and stay here' }).click();
    await page.getByText('Saved. Only you see it.').waitFor();
    expect((await draft()).form).toMatchObject({ 'internal-2': 'Ask about the app.', 'verdict-2': 'meets' });
  }, 120_000);

  test('never saves over what another window saved, and says so', async () => {
    const context = await browser.newContext();
    const [one, other] = [await open(context), await open(context)];
    for (const [page, words] of [
      [one, 'The first.'],
      [other, 'The second.'],
    ] as const) {
      await page.fill('#days', words);
      await page.getByText(words === 'The first.' ? /^Saved at/u : /another window saved a newer text/u).waitFor();
    }
    const { form } = await home.database.verdictDraft.findFirstOrThrow({ where: { applicationId: reference } });
    expect(form).toMatchObject({ days: 'The first.' });
  }, 120_000);

  test('puts the reader’s own time beside UTC; without it UTC stands alone', async () => {
    const due = (page: Page) => page.locator('dt:text-is("Due") + dd').textContent();
    const page = await open(await browser.newContext(inNairobi));
    const said = (await due(page)) ?? '';
    expect(said).toMatch(
      /^\w+, 24 July 2026 at 11:00 (GMT\+3|EAT) \(\w+ 24 July 2026, 08:00 UTC\) \(1\d days left\)$/u,
    );
    const plain = await open(await browser.newContext({ ...inNairobi, javaScriptEnabled: false }));
    expect(await due(plain)).toMatch(/^\w+ 24 July 2026, 08:00 UTC \(1\d days left\)$/u);
  }, 120_000);
});
