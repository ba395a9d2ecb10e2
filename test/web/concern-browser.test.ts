import { expect, test } from '@jest/globals';
import { concern, concernBy, concernLink, confirm, confirmed } from '../support/concern-visit.js';
import { actOnPage, signedIn } from '../support/console-visit.js';
import { takeEmail } from '../support/decided-review.js';
import { listProduct } from '../support/listed-product.js';
import { looksWell } from '../support/looks-well.js';
import { arrive } from '../support/owner-visit.js';
import { tabOfFile } from '../support/tab-of-file.js';

const SLUG = 'tide-table-for-harbours-and-rivers';

const { home, web, tab, shows } = tabOfFile();

test('every page of a concern is fit for small and large screens, from the form to its end', async () => {
  const { page, address } = tab();
  await listProduct(home.database, SLUG);
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
