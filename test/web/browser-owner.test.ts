import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { STYLE } from '../../web/style.js';
import { launchBrowser } from '../support/browser.js';
import type { Review } from '../../domain/case.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { append, deciding, linkOf, openReview, runSteps, webOver, type Web } from '../support/owner-visit.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env['PERENNIAL_SHOTS'];

let home: TestDatabase;
let web: Web;
let server: Server;
let browser: Browser;
let address: string;
let owner: BrowserContext;
let checker: BrowserContext;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  const listener = getRequestListener(web.app.fetch);
  server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  address = `http://127.0.0.1:${bound.port}`;
  browser = await launchBrowser();
  owner = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  // axe runs in a browser of its own with the owner's cookies: the owner's has no scripts.
  checker = await browser.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true });
}, 180_000);

afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
  await home.stop();
});

/** What WCAG and axe say against a page, and whether it is wider than the screen. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const inspected = await checker.newPage();
  try {
    await inspected.setContent(await page.content());
    await inspected.addStyleTag({ content: STYLE });
    await inspected.addScriptTag({ content: axe });
    const found = await inspected.evaluate(async () => {
      const run = (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResult> } }).axe.run;
      const { violations } = await run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    const width = await inspected.evaluate<number>('document.documentElement.scrollWidth');
    return width > 320 ? [...found, `wider than the screen: ${width}`] : found;
  } finally {
    await inspected.close();
  }
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

let shot = 0;
/** Looks at the page as a person with little patience would: no faults, one heading, a title. */
async function look(page: Page, name: string): Promise<void> {
  expect({ name, faults: await faultsOf(page) }).toEqual({ name, faults: [] });
  expect(await page.locator('h1').count()).toBe(1);
  if (shots === undefined) return;
  shot += 1;
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    await page.screenshot({ path: `${shots}/${String(shot).padStart(2, '0')}-${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 320, height: 640 });
}

/** Presses a button with the keyboard while the engine takes what comes of it. */
async function press(page: Page, name: string | RegExp, caseId: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.focus();
  await deciding(web, caseId, Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]));
}

const go = /^Save and continue/u;

describe('an owner without scripts on a small screen', () => {
  test('answers a privacy review with the keyboard: mistakes, two texts, check, status, clarification, result', async () => {
    const { caseId, reference } = await openReview(home.database, {
      slug: 'whole',
      validUntil: '2027-06-01',
      answers: { pii_level: 'collected', P1: { choice: 'yes', text: 'An email address.' } },
    });
    const at = (path: string) => `${address}/answer/${reference}/${path}`.replace(/\/$/u, '');
    const page = await owner.newPage();
    await page.goto(`${address}${await linkOf(web, reference)}`);
    await look(page, 'landing');
    await press(page, 'Start or go on', caseId);
    expect(page.url()).toBe(at('q/pii_level'));
    await look(page, 'gate');
    await page.getByLabel('Still correct').check();
    await press(page, go, caseId);
    expect(page.url()).toBe(at('q/P1'));
    expect(await page.getByLabel('Your reasons').isVisible()).toBe(false);
    await page.getByLabel('I want to change it').check();
    await page.getByLabel('Yes', { exact: true }).check();
    await look(page, 'question-with-earlier-answer');
    await page.getByLabel('No', { exact: true }).check();
    await page.getByLabel('Your reasons').fill('');
    await press(page, go, caseId);
    expect(await page.title()).toMatch(/^Error: /u);
    await look(page, 'error');
    await page.getByRole('link', { name: 'Enter the reasons for your answer.' }).click();
    await page.getByLabel('Your reasons').fill('A phone number is asked for, too.');
    await page.getByLabel('For reviewers only').fill('It will go in the next release.');
    await press(page, go, caseId);
    expect(page.url()).toBe(at('q/P2'));
    await meetAColleague(page, caseId, at('q/P2'));
    await page.getByLabel('Links, one on each line').fill('https://whole.example/privacy');
    await press(page, go, caseId);
    await page.getByLabel('Where in the solution').fill('In the database, by the support team.');
    await press(page, go, caseId);
    await page.getByLabel('Users can delete their data').check();
    await look(page, 'question-with-choices');
    await press(page, go, caseId);
    await declareAndSend(page, caseId, 'Check your answers');
    await judge(caseId, reference, 'clarify', 'Which team is the support team?');
    await page.goto(at(''));
    await look(page, 'clarification-list');
    await page.goto(at('q/P4'));
    await look(page, 'clarification-question');
    await page.getByLabel('I want to change it').check();
    await page.getByLabel('Your answer now').fill('The support team of Product whole, three people.');
    await press(page, go, caseId);
    await declareAndSend(page, caseId, 'Check your answers');
    await judge(caseId, reference, 'meets', '');
    await page.goto(at('status'));
    expect(await page.getByText('The privacy answers for Product whole are accepted.').count()).toBe(1);
    await look(page, 'result');
    await page.close();
  }, 180_000);

  test('finds the way through the other pages', async () => {
    const answers = {
      name: 'Product other',
      category: ['open_software'],
      short_description: 'A ledger.',
      website: ['https://other.example'],
    };
    const { caseId, reference } = await openReview(home.database, { slug: 'other', answers });
    const page = await owner.newPage();
    await page.goto(`${address}${await linkOf(web, reference)}`);
    await press(page, 'Start or go on', caseId);
    await look(page, 'list');
    await follow(page, 'About the product');
    await look(page, 'several-questions');
    await page.goto(`${address}/answer/${reference}/check`);
    await look(page, 'check-incomplete');
    for (const [name, link] of [
      ['more-time', 'I need more time'],
      ['not-me', 'This is not for me'],
      ['answered-elsewhere', 'I have already answered elsewhere'],
      ['withdraw', 'I want to withdraw'],
    ] as const) {
      await page.goto(`${address}/answer/${reference}`);
      await follow(page, link);
      await look(page, name);
    }
    await page.getByLabel('Why do you want to withdraw it?').fill('It is no longer maintained.');
    await press(page, 'Ask to withdraw the product', caseId);
    await look(page, 'request-status');
    await page.goto(`${address}/answer/${reference}/wrong`);
    await look(page, 'no-link');
    await press(page, 'Send the link', caseId);
    await look(page, 'new-link');
    await page.goto(`${address}/check?reference=${reference}`);
    await look(page, 'check-email');
    await page.goto(`${address}/nowhere`);
    await look(page, 'not-found');
    await page.close();
  }, 180_000);
});

/** Somebody else saves another text of the page while it is open; both are shown, and one is chosen. */
async function meetAColleague(page: Page, caseId: string, url: string): Promise<void> {
  const colleague = await owner.newPage();
  await colleague.goto(url);
  await colleague.getByLabel('How does your solution communicate').fill('In the terms of use.');
  await press(colleague, go, caseId);
  await colleague.close();
  await page.getByLabel('How does your solution communicate').fill('A notice at sign-up.');
  await press(page, go, caseId);
  expect(await page.getByText('In the terms of use.').count()).toBe(1);
  expect(await page.getByLabel('How does your solution communicate').inputValue()).toBe('A notice at sign-up.');
  await look(page, 'two-texts');
  await page.getByLabel('Mine, as it stands on this page').check();
  await press(page, go, caseId);
}

async function declareAndSend(page: Page, caseId: string, heading: string): Promise<void> {
  await page.getByLabel('Your name').fill('Amina Diallo');
  await page.getByLabel('Your role').fill('Product lead');
  await page.getByLabel('I may speak for').check();
  await look(page, 'declaration');
  await press(page, go, caseId);
  expect(await page.locator('h1').textContent()).toContain(heading);
  await look(page, 'check');
  await press(page, /^Send answers for/u, caseId);
  expect(await page.getByText('Your answers are with the reviewers.').count()).toBe(1);
  await look(page, 'status');
}

/** A reviewer's verdict on what was sent last. */
async function judge(caseId: string, reference: string, word: string, publicReason: string): Promise<void> {
  const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  const { round, answersVersion } = review as unknown as Review;
  const sections = [{ section: '9a', verdict: word, publicReason, internalReason: '' }];
  const body = { level: 'l1', by: 'ada', answersVersion, sections, days: null, secondRoundReason: null };
  await append(home.database, caseId, { kind: 'verdict', role: 'l1', actor: 'ada', reference, round, body });
  await runSteps(home.database, caseId);
}

async function follow(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name }).click()]);
}
