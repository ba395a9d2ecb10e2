import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConcerns } from '../../prisma/concerns.js';
import { LIMITS } from '../../web/limits.js';
import { concern, concernLink, confirmed, raise } from '../support/concern-visit.js';
import { actOnPage, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { Browser, deciding, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await listProduct(home.database, 'plain');
}, 60_000);
afterAll(() => home.stop());

test('nobody learns by typing an address whether its owner wrote, nor keeps that person from writing', async () => {
  const address = 'eight@reader.example';
  await listProduct(home.database, 'guarded');
  for (let time = 0; time < 3; time += 1) await confirmed(web, 'guarded', { address });
  const typed = async (whose: string) => {
    const pages = [];
    for (let time = 0; time < 4; time += 1) {
      const { status, html } = (await raise(web, 'guarded', { address: whose })).page;
      pages.push({ status, html });
    }
    return pages;
  };
  expect(await typed(address)).toEqual(await typed('wrote-nothing@reader.example'));

  // Whoever has the link is told: staff read three of one address at a time.
  const author = new Browser(web.app);
  await author.get(await concernLink(web, address));
  const refused = await author.send();
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('3 concerns from your address wait for an answer already.');
  expect(refused.html).toContain(concern.text);
  const fay = await signedIn(web, 'fay', 'secretariat');
  await fay.get('/console/products/guarded');
  const [first] = await readConcerns(home.database, { slug: 'guarded' });
  const fields = { publicReason: 'It has one.' };
  await actOnPage(web, fay, { slug: 'guarded', form: `reject-concern-${first?.id ?? ''}`, fields });
  await deciding(web, 'dpg/guarded', author.send());
  expect((await author.follow()).html).toContain('Staff have it and will read it.');
});

test('one address is sent so many links a day', async () => {
  const pages = [];
  for (let time = 0; time < 13; time += 1)
    pages.push((await raise(web, 'plain', { address: 'ten@reader.example' })).page);
  expect(pages.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429]);
  expect(pages.at(-1)?.html).toContain('We sent several links to this address today');
  expect(pages.at(-1)?.html).toContain(concern.text);
});

test('of a thousand concerns from one source the first ten of an hour are kept, and none reaches staff', async () => {
  const guarded = webOver(home.database, { limits: { ...LIMITS, posts: { perSource: 2_000, inAll: 2_000 } } });
  const rows = await home.database.submission.count();
  const statuses = [];
  let last = '';
  for (let nth = 0; nth < 1_000; nth += 1) {
    const body = new URLSearchParams({ sections: '2', text: 'Spam.', address: `spam-${nth}@reader.example` });
    const browser = new Browser(guarded.app);
    const { status, html } = await browser.post('/r/plain/concern', body, { 'x-forwarded-for': '192.0.2.7' });
    statuses.push(status);
    last = html;
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  expect(statuses.slice(10).every((status) => status === 429)).toBe(true);
  expect(last).toMatch(/Wait [56]\d minutes, then try again/u);
  expect(await home.database.concern.count({ where: { text: 'Spam.' } })).toBe(10);
  expect(await home.database.submission.count()).toBe(rows);
});
