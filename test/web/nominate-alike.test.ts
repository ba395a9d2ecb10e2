import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withImport } from '../../prisma/import-run.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import * as old from '../support/former-records.js';
import { readFiles } from '../support/former-records.js';
import { nominated, nominatedUpTo } from '../support/nomination-visit.js';
import { Browser, openReview, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await openReview(home.database, { slug: 'well-map' });
  await home.database.listing.update({
    where: { slug: 'well-map' },
    data: { name: 'Fountain Map', website: 'https://well.example' },
  });
  const found = await readFiles({
    'nominees/well-map.json': old.nominee,
    'excluded-nominees/salt-forms.json': {
      ...old.excluded,
      aliases: ['Formas de Sal'],
      repositories: [{ name: 'main', url: 'https://github.com/salt-example/forms' }],
    },
    'excluded-nominees/README.md': old.exclusions,
    'archive/rain-atlas.json': {
      ...old.nominee,
      name: 'Rain Atlas',
      stage: 'archive',
      website: 'https://rain.example',
    },
    'nominees/seed-bank.json': { ...old.nominee, name: 'Seed Bank', stage: 'DPG', ...elsewhere('seed') },
    'nominees/tide.json': { ...old.nominee, name: 'Tide', stage: 'nominee', ...elsewhere('tide-now') },
  });
  await withImport(home.database, { takenAsNew: [] }, async (run) => {
    await run.former(
      found.flatMap((one) => (one.what === 'former' ? [{ record: one.record, place: JSON.stringify(one) }] : [])),
    );
    await run.end({ whole: false });
  });
}, 60_000);
afterAll(() => home.stop());

function elsewhere(word: string) {
  return {
    website: `https://${word}.example`,
    repositories: [{ name: 'main', url: `https://github.com/${word}/code` }],
  };
}

let visitors = 0;
async function begin(product: string, some: Record<string, string> = {}) {
  visitors += 1;
  const browser = new Browser(web.app);
  await browser.get('/nominate');
  const website = `https://new-${visitors}.example.org`;
  const page = await browser.send({ ...nominated, website, address: `v${visitors}@new.example`, product, ...some });
  return { browser, page, text: page.html.replace(/<[^>]+>/gu, '').replace(/\s+/gu, ' ') };
}

describe('a product that older files of the registry know', () => {
  test.each([
    ['name', 'SALT-forms', {}],
    ['other name', 'Formas de sal', {}],
    ['repository', 'Something', { website: 'https://github.com/salt-example/forms' }],
  ])(
    'and exclude is told of by its %s, with the way to the reason, and can be nominated again',
    async (_, name, some) => {
      const { browser, page, text } = await begin(name, some);
      expect(page.status).toBe(409);
      expect(text).toContain('Salt Forms was excluded on 3 March 2021, before this website. The list says why.');
      expect(page.html).toContain('<a href="/excluded#x-salt-forms">');
      const list = await new Browser(web.app).get('/excluded');
      expect(list.html).toContain('id="x-salt-forms"');
      expect(list.html).toContain('The licence is not open');
      const again = await browser.send({
        ...nominated,
        product: name,
        ...some,
        address: `again-${name.length}@new.example`,
      });
      expect(again.html).toContain('Check your email');
    },
  );

  test('and archived, or listed once, is told of and can be nominated again', async () => {
    expect((await begin('Rain Atlas')).text).toContain('its nomination was archived. You can nominate it again.');
    expect((await begin('seed bank')).text).toContain('was listed before this website, and is not any more.');
  });

  test('leads to the product that it is here, whatever it is called now', async () => {
    const { page, text } = await begin('Well Map');
    expect(page.status).toBe(409);
    expect(page.html).toContain('<a href="/r/well-map">Fountain Map</a> is listed.');
    expect(text).not.toContain('You can nominate it again');
    expect(page.html).not.toContain('Nominate it all the same');
  });

  test('as a nominee of which nobody knows what became is in nobody’s way', async () => {
    expect((await begin('Tide')).page.html).toContain('Check your email');
  });
});

describe('names', () => {
  test.each([
    ['with Cyrillic letters that look the same', 'Fоuntаin Мар'],
    ['with Greek letters that look the same', 'Fοuntαin Map'],
    ['in letters of another width', 'Ｆｏｕｎｔａｉｎ Ｍａｐ'],
    ['with marks that nobody sees', '\u200fFountain\u200b Map\u202e'],
  ])('%s are those of the product that they imitate', async (_, name) => {
    const { page } = await begin(name);
    expect(page.status).toBe(409);
    expect(page.html).toContain('<a href="/r/well-map">Fountain Map</a> is listed.');
  });

  test('of marks alone are none', async () => {
    const { page } = await begin('\u200f\u202e\u200b ﹍');
    expect(page.status).toBe(422);
    expect(page.html).toContain('Enter the name of the product.');
  });

  test('of 300 characters, and those without a Latin letter, get a slug of their own', async () => {
    const long = `Water ${'x'.repeat(294)}`;
    const given = ['بئر الماء', '水井', long, long].map((product, index) => ({ product, index }));
    const slugs: string[] = [];
    for (const { product, index } of given) {
      const start = { product: `Start ${index}`, website: `https://start-${index}.example.org` };
      const one = await nominatedUpTo(web, {
        upTo: 'l2',
        ...start,
        answered: product,
        address: `s${index}@start.example`,
      });
      const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
      slugs.push(slug);
      expect((await new Browser(web.app).get(`/a/${one.reference}`)).status).toBe(200);
    }
    expect(new Set(slugs).size).toBe(4);
    for (const slug of slugs) expect(slug).toMatch(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/u);
  });
});
