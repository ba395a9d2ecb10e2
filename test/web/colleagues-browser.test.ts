import { expect, test } from '@jest/globals';
import { signedIn } from '../support/console-visit.js';
import { looksWell } from '../support/looks-well.js';
import { append, linkOf, runSteps, visitor } from '../support/owner-visit.js';
import { tabOfFile } from '../support/tab-of-file.js';

const { home, web, tab, shows } = tabOfFile();

test('owner, colleague and secretariat see pages that are fit for small and large screens', async () => {
  const { page, address } = tab();
  const { reference, caseId, browser: owner } = await visitor(web, 'harbour');
  const own = `/answer/${reference}`;
  await shows(`${own}/colleagues`, 'colleagues-none', owner);
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

  await shows(own, 'owner-list-with-colleague', owner);
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
  await shows('/console/products/harbour/contacts', 'console-colleagues', fay);
}, 180_000);
