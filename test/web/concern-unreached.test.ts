import { beforeAll, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { perennial } from '../support/command.js';
import { concern, concernBy, confirmed, raise } from '../support/concern-visit.js';
import { actOnPage, signedIn } from '../support/console-visit.js';
import { listProduct } from '../support/listed-product.js';
import { type Browser, runSteps } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';
import { head } from '../support/post.js';

// Whoever raised a concern gives an address that takes one email, and no other.

const START = '2026-07-10T08:00:00.000Z';
const { home, web } = pagesOfFile();
let fay: Browser;
beforeAll(async () => {
  fay = await signedIn(web, 'fay', 'secretariat');
}, 60_000);

/** The newest email to an address, as the sender takes it; null: it is not true any more. */
async function claimNewest(address: string): Promise<number | null> {
  const { id } = await home.database.email.findFirstOrThrow({
    where: { concern: { address } },
    orderBy: { id: 'desc' },
  });
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const rules = { mode: 'catch', allowlist: [] } as const;
  const claim = await outbox.claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail });
  return claim.is === 'claimed' ? id : null;
}

/** The mail server refuses the newest email to an address; hearing of it twice changes nothing. */
async function refuse(address: string) {
  const id = (await claimNewest(address)) ?? 0;
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const handed = { is: 'refused', because: 'address_refused' } as const;
  for (let time = 0; time < 2; time += 1) {
    await outbox.record({ id, token: 'one', handed, real: Date.now(), notBefore: null });
  }
  const { slug } = await concernBy(web, address);
  await runSteps(home.database, `dpg/${slug}`);
}

/** Staff answer the one concern about a product on its page. */
async function answer(address: string, act: 'ask' | 'reject', publicReason: string) {
  const { id, slug } = await concernBy(web, address);
  await fay.get(`/console/products/${slug}`);
  return actOnPage(web, fay, { slug, form: `${act}-concern-${id}`, fields: { publicReason } });
}

const UNASKED = 'Its author cannot be asked: the mail server refused the email.';

test('a question that the mail server refuses brings the concern back to staff, who answer it without', async () => {
  const slug = 'seed-ledger';
  const address = 'gone@reader.example';
  await listProduct(home.database, slug);
  await confirmed(web, slug, { address });
  await answer(address, 'ask', 'On which screen?');
  expect((await fay.get('/console')).html).not.toContain(slug);
  await refuse(address);

  expect((await fay.get('/console')).html).toContain(`href="/console/products/${slug}#concern"`);
  expect((await fay.get(`/console/products/${slug}`)).html).toContain(UNASKED);
  expect(await perennial(home.url, 'status')).toMatch(/seed-ledger: somebody raised a concern about the product/u);
  expect(await perennial(home.url, 'concern', 'list')).toContain(
    'The mail server refused the last email to its author.',
  );

  expect((await answer(address, 'reject', 'The file is in legal/.')).html).toContain('Rejected.');
  expect((await fay.get('/console')).html).not.toContain(`/console/products/${slug}#concern"`);
});

test('what became of a concern and did not reach its author is told to staff for a month', async () => {
  const slug = 'rain-atlas';
  const address = 'lost@reader.example';
  await listProduct(home.database, slug);
  await confirmed(web, slug, { address });
  await answer(address, 'reject', 'The file is in legal/.');
  expect(await perennial(home.url, 'status')).not.toContain('Authors of concerns');
  await refuse(address);

  expect((await concernBy(web, address)).stage).toBe('rejected');
  const told = /Authors of concerns who were not told what became of it.*: 1\n {2}email \d+, rain-atlas,/u;
  expect(await perennial(home.url, 'status')).toMatch(told);
  const needs = await fay.get('/console');
  expect(needs.html).toContain(`The author of a concern about <a href="/console/products/${slug}#concerns">`);
  const page = await fay.get(`/console/products/${slug}`);
  expect(page.html).toContain('its author does not know: the mail server refused the email');
  for (const { html } of [needs, page]) expect(html).not.toContain(address);

  await home.setClock('2026-08-10T08:00:00.000Z');
  expect(await perennial(home.url, 'status')).not.toContain('Authors of concerns');
  await home.setClock(START);
});

test('an address that was never confirmed brings nothing to staff', async () => {
  const slug = 'wind-map';
  await listProduct(home.database, slug);
  await raise(web, slug, { address: 'never@reader.example' });
  await refuse('never@reader.example');
  expect((await fay.get(`/console/products/${slug}`)).html).not.toContain(concern.text);
  expect(await home.database.submission.count({ where: { caseId: `dpg/${slug}` } })).toBe(0);
  expect(await perennial(home.url, 'status')).not.toContain(slug);
});

test('nobody is asked to confirm by a link that is good no more', async () => {
  const slug = 'tide-table';
  await listProduct(home.database, slug);
  for (const [address, days] of [
    ['late@reader.example', 2.1],
    ['soon@reader.example', 1.9],
  ] as const) {
    await raise(web, slug, { address });
    const createdAt = new Date(Date.now() - days * 86_400_000);
    await home.database.concern.updateMany({ where: { address }, data: { createdAt } });
  }
  expect(await claimNewest('late@reader.example')).toBeNull();
  expect(await claimNewest('soon@reader.example')).not.toBeNull();
});
