import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { concern, concernBy, concernLink, confirm, confirmed } from '../support/concern-visit.js';
import { actOnPage, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { takeEmail } from '../support/decided-review.js';
import { listProduct } from '../support/listed-product.js';
import { looksWell } from '../support/looks-well.js';
import { arrive, webOver, type Browser as Visitor, type Web } from '../support/owner-visit.js';

const SLUG = 'tide-table-for-harbours-and-rivers';

let home: TestDatabase;
let web: Web;
let browser: Browser;
let page: Page;
let address = '';
let stop = () => {};

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await listProduct(home.database, SLUG);
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

async function shows(path: string, name: string, of?: Visitor): Promise<void> {
  const [cookie = '', value = ''] = of?.cookie.split('=') ?? [];
  if (of !== undefined) await page.context().addCookies([{ name: cookie, value, url: address + path }]);
  await page.goto(address + path);
  await looksWell(page, name);
}

test('every page of a concern is fit for small and large screens, from the form to its end', async () => {
  await page.goto(`${address}/r/${SLUG}`);
  await page.getByRole('link', { name: 'Report a concern' }).click();
  await looksWell(page, 'concern-form');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'concern-errors');
  expect(await page.title()).toContain('Error:');
  await page.getByLabel('Open licence').check();
  await page.getByLabel('What is your concern?').fill(`${concern.text} `.repeat(12));
  await page.getByLabel('Your email address').fill(concern.address);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await looksWell(page, 'concern-check-email');

  const link = await concernLink(web, concern.address);
  await shows(link, 'concern-confirm');
  await confirm(web, SLUG, concern.address);
  await shows(link, 'concern-waits');
  await shows('/concern/none/none', 'concern-none');

  const fay = await signedIn(web, 'fay', 'secretariat', 'l1');
  await shows('/console', 'console-concern-needs', fay);
  await page.goto(`${address}/console/products/${SLUG}`);
  await page.getByText('Accept it', { exact: true }).click();
  await looksWell(page, 'console-concern');

  const answer = async (author: string, act: 'accept' | 'ask', publicReason: string) => {
    const { id } = await concernBy(web, author);
    await fay.get(`/console/products/${SLUG}`);
    await actOnPage(web, fay, { slug: SLUG, form: `${act}-concern-${id}`, fields: { publicReason, sections: '2' } });
  };
  await answer(concern.address, 'ask', 'Where in the repository is that part?');
  await shows(link, 'concern-asked');
  const other = 'other@reader.example';
  await confirmed(web, SLUG, { address: other });
  await answer(other, 'accept', 'Under which licence is the part called maps?');
  await shows(await concernLink(web, other), 'concern-accepted');
  await shows(`/console/products/${SLUG}`, 'console-concerns-answered', fay);

  const { id: reference, caseId } = await home.database.application.findFirstOrThrow({ where: { slug: SLUG } });
  await takeEmail(home.database, { caseId, reference });
  await shows(`/answer/${reference}`, 'concern-owner', await arrive(web, reference));
  await shows(`/desk/${reference}`, 'concern-desk', fay);
  await shows(`/a/${reference}`, 'concern-public');

  await home.database.listing.update({ where: { slug: SLUG }, data: { removedOn: new Date('2026-07-10') } });
  await shows(`/r/${SLUG}/concern`, 'concern-left');
}, 180_000);
