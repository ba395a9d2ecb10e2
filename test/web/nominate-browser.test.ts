import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { looksWell } from '../support/looks-well.js';
import { confirmPath, nominatedUpTo } from '../support/nomination-visit.js';
import { webOver, type Web } from '../support/owner-visit.js';

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

test('from the self-check to the list of nominations every page is fit for small and large screens', async () => {
  const names = { product: 'Tide Table for Harbours and Rivers', website: 'https://tide.example.org' };
  await shows('/nominate', 'nominate');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'nominate-errors');
  expect(await page.title()).toContain('Error:');
  await shows('/nominate/self-check', 'self-check');
  await page.getByLabel('Yes').first().check();
  await page.getByRole('button', { name: 'Show what it comes to' }).click();
  await looksWell(page, 'self-check-finding');

  const { reference } = await nominatedUpTo(web, { upTo: 'l1', ...names, address: 'one@tide.example' });
  await shows(`/a/${reference}`, 'nominee');
  await nominatedUpTo(web, {
    upTo: 'l2',
    product: 'Rain Atlas',
    website: 'https://r.example.org',
    address: 'two@r.example',
  });
  await shows('/nominees', 'nominees');

  const refused = { product: 'Pump Register', website: 'https://pump.example.org', address: 'five@pump.example' };
  await nominatedUpTo(web, { upTo: 'ineligible', ...refused });
  await home.database.formerRecord.create({
    data: {
      ...{ id: 'exclusion:salt-forms', kind: 'exclusion', source: 'salt-forms', name: 'Salt Forms', hash: '' },
      reason: 'The licence is not open: https://licences.example/salt-forms/with-a-long-path/that-does-not-break',
      ...{ on: new Date('2021-03-03'), keys: ['name saltforms'], details: {}, answers: {}, at: new Date() },
    },
  });
  await shows('/excluded', 'excluded');
  await page.goto(`${address}/nominate`);
  await page.getByLabel('Name of the product').fill('Salt Forms');
  await page.getByLabel('Its website').fill('https://salt.example.org');
  await page.getByLabel('Your name').fill('Amina Diallo');
  await page.getByLabel('Your email address').fill('six@salt.example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'nominate-excluded');

  await page.goto(`${address}/nominate`);
  await page.getByLabel('Name of the product').fill('Seed Ledger');
  await page.getByLabel('Its website').fill('https://seed.example.org');
  await page.getByLabel('Your name').fill('Amina Diallo');
  await page.getByLabel('Your email address').fill('three@seed.example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'check-email');
  await shows(await confirmPath(web, 'three@seed.example'), 'confirm');
  await shows('/nominate/confirm/none/none', 'confirm-none');
}, 120_000);

test('so is every page of a suggestion', async () => {
  await shows('/suggest', 'suggest');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'suggest-errors');
  await page.getByLabel('Name of the product').fill('Bird Songs of the River Delta');
  await page.getByLabel('Its website').fill('https://birds.example.org');
  await page.getByLabel('Your name').fill('Mara Friend');
  await page.getByLabel('Your email address').fill('mara@friends.example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'suggest-check-email');
  await shows(await confirmPath(web, 'mara@friends.example'), 'suggest-confirm');
  await page.getByRole('button', { name: 'Confirm my suggestion' }).click();
  await looksWell(page, 'suggested');
}, 120_000);

test('the list of the form says how complete a nomination is', async () => {
  const { browser: visitor, reference } = await nominatedUpTo(web, {
    ...{ upTo: 'draft', product: 'Wind Map', website: 'https://wind.example.org', address: 'four@wind.example' },
  });
  const [name = '', value = ''] = visitor.cookie.split('=');
  await page.context().addCookies([{ name, value, url: `${address}/answer/${reference}` }]);
  await page.goto(`${address}/answer/${reference}`);
  await page.getByText('What is missing, and why it matters').click();
  await looksWell(page, 'completeness');
}, 60_000);
