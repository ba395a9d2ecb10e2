import { beforeAll, describe, expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { importListings } from '../../prisma/import.js';
import { giveVerdict, sendAnswers, takeEmail } from '../support/decided-review.js';
import { completeAnswers } from '../support/listed-product.js';
import { openReview } from '../support/owner-visit.js';
import { tabOfFile } from '../support/tab-of-file.js';

const { home, tab, shows } = tabOfFile();
let reference = '';
beforeAll(async () => {
  const { records } = await readRegistryFiles('dev/registry-2026-07-10.json');
  await importListings(home.database, { records });
  reference = await decideOne();
  await giveHistory('seed-ledger');
}, 60_000);

/** An invented product with a decision whose reasons are long words. */
async function decideOne(): Promise<string> {
  const review = await openReview(home.database, { slug: 'seed-ledger', answers: completeAnswers });
  await takeEmail(home.database, review);
  await sendAnswers(home.database, review, {
    answers: {
      pii_level: 'collected_stored',
      pii_types: ['Name', 'Telephone number'],
      pii_protection: 'Encrypted at rest.',
      P1: { choice: 'yes', text: 'Only a name and a telephone number, since farmers are called back.' },
      P2: 'A notice before the first form.',
      P3: { text: 'See the policy.', urls: [`https://seed.example/${'policy-'.repeat(20)}`] },
      P4: 'The server of the cooperative. Two people have access.',
      P5: { choices: ['user_initiated_deletion'], text: 'A button in the settings.' },
    },
    confirmed: ['name', 'website'],
  });
  const section = {
    section: '9a',
    verdict: 'meets',
    publicReason: 'The policy is clear.',
    internalReason: '',
  } as const;
  await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: [section] });
  await giveVerdict(home.database, review, {
    level: 'l2',
    by: 'eve',
    sections: [section, { ...section, section: '1', publicReason: '' }],
  });
  const { state } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
  expect(state).toBe('approved');
  return review.reference;
}

/** A past out of older files, with a reason that is one long word. */
async function giveHistory(slug: string): Promise<void> {
  const past = {
    slug,
    source: slug,
    name: 'Seed Ledger',
    details: { said: [] },
    answers: {},
    hash: '',
    at: new Date(0),
  };
  await home.database.formerRecord.createMany({
    data: [
      { ...past, id: 'nominee', kind: 'nominee', stage: 'listed', recognisedOn: new Date('2021-05-01') },
      { ...past, id: 'exclusion', kind: 'exclusion', reason: `See https://seed.example/${'why-'.repeat(30)}` },
      { ...past, id: 'application', kind: 'application', source: '20001' },
      { ...past, id: 'opinion', kind: 'opinion', on: new Date('2021-03-01') },
    ],
  });
}

const pages: readonly (readonly [string, () => string])[] = [
  ['the list', () => '/'],
  ['a search that finds something', () => '/?q=open&sdg=3&page=1'],
  ['a search that finds nothing', () => '/?q=nothing+of+this+name'],
  ['a product that was imported', () => '/r/aam-digital'],
  ['a product with a decision', () => '/r/seed-ledger'],
  ['its answers of last year', () => '/r/seed-ledger?year=2025'],
  ['a review', () => `/a/${reference}`],
  ['the questions of the Standard', () => '/standard'],
  ['no such version of it', () => '/standard/1970'],
  ['no such product', () => '/r/nothing'],
];

describe('in a real browser', () => {
  test.each(pages)('%s: nothing for axe to find, nothing wider than a small screen', (name, path) =>
    shows(path(), name),
  );

  test('from the list to a product by keyboard alone', async () => {
    const { page, address } = tab();
    await page.setViewportSize({ width: 320, height: 900 });
    await page.goto(address);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.focus('#q');
    await page.keyboard.type('seed-ledger');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/?q=seed-ledger');
    await page.focus('.products a');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/r/seed-ledger');
    expect(await page.textContent('h1')).toBe('Product seed-ledger');
  });
});
