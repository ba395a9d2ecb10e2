import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { judgedSections } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import { writeChoices } from '../../prisma/policies.js';
import { launchBrowser } from '../support/browser.js';
import { letHoldPass } from '../support/desk-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers } from '../support/listed-product.js';
import { looksWell } from '../support/looks-well.js';
import { append, openReview, runSteps } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { signInTab } from '../support/staff-browser.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let browser: Browser;
let reference: string;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await writeChoices(home.database, {});
  await addOne(home.database, 'ada', 'l1');
  await addOne(home.database, 'ben', 'l2');
  served = await startSignInWeb(home.database, { accounts: ['ada', 'ben'] });
  const opened = await openReview(home.database, { slug: 'seed-ledger', answers: completeAnswers });
  reference = opened.reference;
  const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const body = {
    answers: { laws: ['The data protection act of 2026', 'https://laws.example/2026'] },
    forReviewers: { laws: 'We ask our lawyer about the second one.' },
    confirmed: ['name'],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  };
  const row = { reference, round: 1, kind: 'answers', role: 'owner', actor: String(recipient.id), body };
  await append(home.database, opened.caseId, row as unknown as Parameters<typeof append>[2]);
  await runSteps(home.database, opened.caseId);
}, 60_000);
beforeEach(async () => {
  browser = await launchBrowser();
}, 120_000);
afterEach(() => browser.close());
afterAll(async () => {
  await served.stop();
  await home.stop();
});

const signIn = (account: string) => signInTab(browser, served, { account, path: '/desk' });

/** Selects a verdict for each section, and goes on to the decision. */
async function judge(page: Page, failing: string | null): Promise<void> {
  for (const section of judgedSections({ standard: NEWEST, scope: 'all' })) {
    await page.check(`input[name="verdict-${section}"][value=${section === failing ? 'does_not_meet' : 'meets'}]`);
  }
  if (failing !== null) {
    await page.locator('summary', { hasText: 'Reasons and notes: Open licence' }).click();
    await page.fill(`#public-${failing}`, 'The mobile app has no licence file.');
    await page.fill(`#owner-${failing}`, 'A file named LICENSE is enough.');
  }
  await page.getByRole('button', { name: 'Continue to the decision' }).click();
  await page.waitForURL('**/decision');
}

test('a day at the desk: from the pool to a notice, in two browsers, without scripts of ours', async () => {
  const playing = playSteps(home.database);
  const ada = await signIn('ada');
  await looksWell(ada, 'desk');
  await ada.getByRole('button', { name: 'Take the next' }).click();
  await ada.waitForURL(`**/desk/${reference}?row=*`);
  await ada.locator('summary', { hasText: 'What changed since' }).first().click();
  await looksWell(ada, 'desk-case');
  await judge(ada, null);
  await looksWell(ada, 'desk-next-level');
  await ada.getByRole('button', { name: 'Confirm decision' }).click();
  await ada.getByText('Then: The second level reviews it.').waitFor();
  await looksWell(ada, 'desk-undo');
  await letHoldPass(home, reference);
  const ben = await signIn('ben');
  await ben.getByRole('button', { name: 'Take the next' }).click();
  await ben.waitForURL(`**/desk/${reference}?row=*`);
  await ben.getByRole('button', { name: 'Continue to the decision' }).click();
  await ben.getByText('Select a verdict: Open licence.').first().waitFor();
  await looksWell(ben, 'desk-lacking');
  await judge(ben, '2');
  expect(await ben.locator('pre').first().textContent()).toContain('A file named LICENSE is enough.');
  await looksWell(ben, 'desk-decision');
  await ben.getByRole('button', { name: 'Confirm decision' }).click();
  await ben.getByText('Then: The owner gets a notice and has time to reply.').waitFor();
  await looksWell(ben, 'desk-noticed');
  await playing.stop();
}, 180_000);
