import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { visitor, webOver, type Browser, type Web } from '../support/owner-visit.js';
import { takeAll } from '../support/post.js';

let home: TestDatabase;
let web: Web;
let fay: Browser;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  fay = await signedIn(web, 'fay', 'secretariat');
});
afterAll(() => home.stop());

const contactsOf = async (slug: string) =>
  (await home.database.contact.findMany({ where: { slug }, orderBy: { position: 'asc' } })).map(
    ({ rank, name, address, language }) => `${rank} ${name} ${address} ${language}`,
  );

/** Saves the contacts of a product with some fields changed. */
async function save(
  slug: string,
  fields: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>> = {},
) {
  const { html } = await fay.get(`/console/products/${slug}/contacts`);
  const typed = [...html.matchAll(/<input type="(?:text|email)"[^>]* name="([^"]*)" value="([^"]*)"/gu)];
  const body = {
    ...fieldsOfForm(html, 'contacts'),
    ...Object.fromEntries(typed.map(([, name = '', value = '']) => [name, value])),
  };
  return fay.post(`/console/products/${slug}/contacts`, new URLSearchParams({ ...body, ...shown, ...fields }));
}

describe('contacts of a product', () => {
  test('another primary contact is asked in the open review, and an alternate is added', async () => {
    const { reference } = await visitor(web, 'asked');
    const given = {
      ...{ 'name.0': 'Chi', 'address.0': 'chi@asked.example' },
      ...{ 'name.2': 'Dee', 'address.2': 'dee@asked.example', 'language.2': 'FR' },
    };
    const saved = await save('asked', given);
    expect(saved.location).toBe('/console/products/asked/contacts?saved=changed');
    expect(await contactsOf('asked')).toEqual([
      'primary Chi chi@asked.example en',
      'alternate Bao bao@asked.example en',
      'alternate Dee dee@asked.example fr',
    ]);
    await takeAll(home.database, 'dpg/asked');
    const recipients = await home.database.recipient.findMany({ where: { applicationId: reference, revokedAt: null } });
    expect(recipients.map(({ name }) => name).sort()).toEqual(['Bao', 'Chi', 'Dee']);
    const [row] = await home.database.submission.findMany({ where: { caseId: 'dpg/asked', kind: 'contact_changed' } });
    expect(row).toMatchObject({ actor: 'fay', body: { primaryChanged: true } });
    expect((await save('asked', {})).location).toBe('/console/products/asked/contacts?saved=same');
    const emptied = { 'name.1': '', 'address.1': '', 'language.1': '' };
    await save('asked', emptied);
    expect(await contactsOf('asked')).toHaveLength(2);
  });

  test('is refused as a file is, at its field; what was typed stays, what others changed is not overwritten', async () => {
    await listProduct(home.database, 'careful');
    const wrong = await save('careful', { 'name.0': '=SUM(1)', 'address.1': 'amina@careful.example' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('The name starts like a spreadsheet formula');
    expect(wrong.html).toContain('href="#contacts-name-0"');
    expect(wrong.html).toContain('value="=SUM(1)"');
    const twice = await save('careful', { 'address.1': 'AMINA@careful.example' });
    expect(twice.html).toContain('Another contact above already gives this address for this product.');
    const none = await save('careful', { 'name.0': '', 'address.0': '' });
    expect(none.html).toContain('Give the primary contact: whom we write to first.');
    const stale = await save('careful', { 'name.0': 'Eve' }, { seen: 'of-yesterday' });
    expect(stale.html).toContain('Somebody changed the contacts since you opened this page.');
    expect(await contactsOf('careful')).toHaveLength(2);
    expect((await contactsOf('careful'))[0]).toContain('Amina');
    expect((await fay.get('/console/products/nowhere/contacts')).status).toBe(404);
  });

  test('products with nobody to ask are listed; who only reads changes nothing', async () => {
    await listProduct(home.database, 'lonely', { contacts: false });
    const ops = await signedIn(web, 'olu', 'ops');
    expect((await ops.get('/console/contacts')).html).toContain('href="/console/products/lonely/contacts"');
    const page = await ops.get('/console/products/careful/contacts');
    expect(page.html).toContain('amina@careful.example');
    expect(page.html).not.toContain('<form method="post"');
    const body = new URLSearchParams({ 'name.0': 'Eve', 'address.0': 'eve@lonely.example' });
    expect((await ops.post('/console/products/lonely/contacts', body)).status).toBe(403);
    expect(
      (await ops.post('/console/people/erase', new URLSearchParams({ address: 'amina@careful.example' }))).status,
    ).toBe(403);
    expect(await contactsOf('lonely')).toEqual([]);
  });
});

describe('erasing a person', () => {
  test('is counted first, needs the address again, and then is done', async () => {
    await listProduct(home.database, 'forgets');
    await fay.get('/console/contacts');
    const token = fieldsOfForm(fay.page.html, 'erase');
    const ask = (fields: Readonly<Record<string, string>>) =>
      fay.post('/console/people/erase', new URLSearchParams({ ...token, ...fields }));
    expect((await ask({ address: 'nobody' })).html).toContain('Give one email address');
    const counted = await ask({ address: 'amina@forgets.example' });
    expect(counted.html).toContain('Would erase: 1 contact.');
    expect(counted.html).toContain('Nothing was erased yet.');
    const differs = await ask({ address: 'amina@forgets.example', confirm: 'amina@other.example' });
    expect([differs.status, differs.html]).toEqual([422, expect.stringContaining('The two addresses differ.')]);
    expect(await contactsOf('forgets')).toHaveLength(2);
    const done = await ask({ address: 'amina@forgets.example', confirm: 'Amina@Forgets.example' });
    expect(done.html).toContain('Erased: 1 contact.');
    expect(await contactsOf('forgets')).toEqual(['alternate Bao bao@forgets.example en']);
    expect((await ask({ address: 'amina@forgets.example' })).html).toContain('Nothing of this address is here.');
    expect(fay.path).toBe('/console/people/erase');
  });
});
