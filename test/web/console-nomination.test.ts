import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict } from '../support/decided-review.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { append, deciding, runSteps, webOver, type Browser, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
let fay: Browser;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  fay = await signedIn(web, 'fay', 'secretariat');
});
afterAll(() => home.stop());

/** A nomination of an invented atlas, as far as a stage. */
function atlasUpTo(upTo: Parameters<typeof nominatedUpTo>[1]['upTo'], name: string) {
  const domain = `${name.toLowerCase()}.example`;
  const about = { product: `${name} Atlas`, website: `https://${domain}.org`, address: `amina@${domain}` };
  return nominatedUpTo(web, { upTo, ...about });
}

const meets = { section: '2', verdict: 'meets', publicReason: '', internalReason: '' } as const;

test('acts on a nomination say that the product is not listed, and link to the page that it has', async () => {
  const { reference } = await atlasUpTo('l1', 'Seed');
  const { html } = await fay.get(`/console/products/${reference.toLowerCase()}`);
  expect(html).toContain('The review ends as withdrawn. The product is not listed. The owner is told.');
  expect(html).toContain('The review ends. The product is not listed. The owner is told.');
  expect(html).not.toMatch(/stays on the list|leaves the list/u);
  expect(html).toContain(`<a href="/a/${reference}">Public page</a>`);
  expect(html).not.toContain('href="/r/');
});

test('a draft is withdrawn, not closed, and has no public page', async () => {
  const { reference } = await atlasUpTo('draft', 'Tide');
  const { html } = await fay.get(`/console/products/${reference.toLowerCase()}`);
  expect(html).toContain('id="withdraw-form"');
  expect(html).not.toContain('id="close-form"');
  expect(html).not.toContain('Public page');
});

test('contacts that were typed before the first level was passed are not lost when it is', async () => {
  const one = await atlasUpTo('l1', 'Well');
  const path = `/console/products/${one.reference.toLowerCase()}/contacts`;
  const fields = fieldsOfForm((await fay.get(path)).html, 'contacts');
  await giveVerdict(home.database, one, { level: 'l1', by: 'ada', sections: [meets] });
  const typed = { 'name.0': 'Binta Invented', 'address.0': 'binta@well.example', 'language.0': 'en' };
  const { html, status } = await fay.post(path, new URLSearchParams({ ...fields, ...typed }));
  expect([status, html.includes('There is no such product')]).toEqual([422, false]);
  expect(html).toContain('Binta Invented');
});

test('a colleague is invited from a page that was opened before the first level was passed', async () => {
  const one = await atlasUpTo('l1', 'Kelp');
  const path = `/console/products/${one.reference.toLowerCase()}`;
  const fields = fieldsOfForm((await fay.get(`${path}/contacts`)).html, 'colleagues');
  await giveVerdict(home.database, one, { level: 'l1', by: 'ada', sections: [meets] });
  const body = new URLSearchParams({ ...fields, address: 'chi@kelp.example' });
  await deciding(web, one.caseId, fay.post(`${path}/colleagues`, body));
  expect((await fay.follow()).html).toContain('The invitation is on its way.');
});

test('where no review is open any more, whoever invites is told so, and what was typed is not lost', async () => {
  const one = await atlasUpTo('approved', 'Reef');
  const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
  const { csrf = '' } = fieldsOfForm((await fay.get(`/console/products/${slug}/contacts`)).html, 'contacts');
  const body = new URLSearchParams({ csrf, newest: '0', address: 'chi@reef.example' });
  const { status, html } = await fay.post(`/console/products/${slug}/colleagues`, body);
  expect(status).toBe(422);
  expect(html).toContain('No review of this product is open now. Nothing was changed.');
  expect(html).toContain('chi@reef.example');
});

test('an appeal that nobody can hear says what helps', async () => {
  const one = await atlasUpTo('l2', 'Rain');
  const fails = { ...meets, verdict: 'does_not_meet', publicReason: 'There is no open licence.' } as const;
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
  const appeal = { kind: 'appeal', body: { text: 'Look again.' }, reference: one.reference, round };
  await append(home.database, one.caseId, appeal);
  await runSteps(home.database, one.caseId);
  const { html } = await fay.get('/console?reason=no_reviewer');
  expect(html).toContain('Rain Atlas');
  expect(html).not.toContain('Seed Atlas');
  const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
  const page = await fay.get(`/console/products/${slug}`);
  expect(page.html).toContain('<a href="/console/people">See who reviews</a>');
  expect(page.html).toContain('perennial people add');
});
