import { expect, test } from '@jest/globals';
import { looksWell } from '../support/looks-well.js';
import { confirmPath, nominatedUpTo } from '../support/nomination-visit.js';
import { tabOfFile } from '../support/tab-of-file.js';

const { home, web, tab, enters, shows } = tabOfFile();

test('from the self-check to the list of nominations every page is fit for small and large screens', async () => {
  const { page, address } = tab();
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
  const { page } = tab();
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
  const { page, address } = tab();
  const { browser: visitor, reference } = await nominatedUpTo(web, {
    ...{ upTo: 'draft', product: 'Wind Map', website: 'https://wind.example.org', address: 'four@wind.example' },
  });
  await enters(visitor, `/answer/${reference}`);
  await page.goto(`${address}/answer/${reference}`);
  await page.getByText('What is missing, and why it matters').click();
  await looksWell(page, 'completeness');
}, 60_000);
