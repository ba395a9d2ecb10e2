import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { looksWell } from '../support/looks-well.js';
import { append, linkOf, runSteps, visitor, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
let browser: Browser;
let page: Page;
let address = '';
let stop = () => {};

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  const server = serve({ fetch: web.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the pages have no port');
  address = `http://127.0.0.1:${bound.port}`;
  stop = () => server.close();
  browser = await launchBrowser();
  // Scripts are axe's own: no page brings any.
  page = await browser.newPage({ bypassCSP: true });
}, 180_000);

afterAll(async () => {
  await browser.close();
  stop();
  await home.stop();
});

async function shows(path: string, name: string): Promise<void> {
  await page.goto(address + path);
  await looksWell(page, name);
}

async function enters(cookie: string, path: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().clearCookies();
  await page.context().addCookies([{ name, value, url: address + path }]);
}

test('owner, colleague and secretariat see pages that are fit for small and large screens', async () => {
  const { reference, caseId, browser: owner } = await visitor(web, 'harbour');
  const own = `/answer/${reference}`;
  await enters(owner.cookie, own);
  await shows(`${own}/colleagues`, 'colleagues-none');
  for (const name of ['chi.with.a.rather.long.name.of.two.words', 'dee']) {
    const row = { kind: 'invite', reference, body: { address: `${name}@harbour-and-river-tables.example` } };
    await append(home.database, caseId, row);
  }
  await runSteps(home.database, caseId);
  await home.database.recipient.updateMany({
    where: { applicationId: reference, address: { startsWith: 'dee' } },
    data: { refusedAt: new Date() },
  });
  await page.goto(`${address}${own}/colleagues`);
  await page.getByRole('button', { name: 'Invite the colleague' }).click();
  expect(await page.title()).toContain('Error:');
  await looksWell(page, 'colleagues-two');

  const link = await linkOf(web, reference, 'colleague');
  await page.context().clearCookies();
  await shows(link, 'colleague-landing');
  await page.getByRole('button', { name: 'Start or go on' }).click();
  await looksWell(page, 'colleague-list');
  await shows(`${own}/q/pii_level`, 'colleague-question');
  await page.locator('input[value="none"]').check();
  await page.getByRole('button', { name: 'Save and go to the list' }).click();
  await shows(`${own}/check`, 'colleague-check');
  await shows(`${own}/withdraw`, 'colleague-refused');
  await shows(`${own}/status`, 'colleague-status');

  await enters(owner.cookie, own);
  await shows(own, 'owner-list-with-colleague');
  await shows(`${own}/offline`, 'offline');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await looksWell(page, 'offline-errors');
  const form = await owner.get(`${own}/offline.md`);
  const text = form.html
    .replace('- [x] It cannot be collected', '- [ ] It cannot be collected')
    .replace('- [ ] It can be collected, but', '- [x] It can be collected, but');
  await page
    .getByLabel('Or paste the text')
    .fill(`${text}### Colour [colour]\nBlue\n### Links [P3]\nIn words:\nTwice\n`);
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await looksWell(page, 'offline-found');
  expect(await page.textContent('h1')).toBe('What we found in your text');
  const fay = await signedIn(web, 'fay', 'secretariat');
  await enters(fay.cookie, '/');
  await shows('/console/products/harbour/contacts', 'console-colleagues');
}, 180_000);
