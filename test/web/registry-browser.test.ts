import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { importListings } from '../../prisma/import.js';
import { launchBrowser } from '../support/browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict, sendAnswers, takeEmail } from '../support/decided-review.js';
import { completeAnswers } from '../support/listed-product.js';
import { openReview, webOver } from '../support/owner-visit.js';

const axe = createRequire(import.meta.url).resolve('axe-core');
let home: TestDatabase;
let browser: Browser;
let page: Page;
let address = '';
let stop = () => {};
let reference = '';

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  const { records } = await readRegistryFiles('dev/registry-2026-07-10.json');
  await importListings(home.database, { records });
  reference = await decideOne();
  await giveHistory('seed-ledger');
  const server = serve({ fetch: webOver(home.database).app.fetch, port: 0, hostname: '127.0.0.1' });
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

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violations(): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
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
  test.each(pages)('%s: nothing for axe to find, nothing wider than a small screen', async (_name, path) => {
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${address}${path()}`);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      expect(await violations()).toEqual([]);
    }
  });

  test('from the list to a product by keyboard alone', async () => {
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
