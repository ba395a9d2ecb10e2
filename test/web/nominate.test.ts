import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importListings } from '../../prisma/import.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { confirmPath, nominate, nominated, nominatedUpTo, runNominations } from '../support/nomination-visit.js';
import { facts, readOne } from '../support/registry-records.js';
import { Browser, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
}, 60_000);
afterAll(() => home.stop());

async function begin(some: Record<string, string>) {
  const browser = new Browser(web.app);
  await browser.get('/nominate');
  return browser.send({ ...nominated, ...some });
}

describe('before the address is confirmed', () => {
  test('nothing is there but the words to confirm, whoever opens the link, until the button is pressed', async () => {
    const sent = await begin({
      address: 'one@tide.example',
      product: 'Rain Atlas',
      website: 'https://rain.example.org',
    });
    expect(sent.html).toContain('Check your email');
    const path = await confirmPath(web, 'one@tide.example');
    const scanner = new Browser(web.app);
    for (let time = 0; time < 20; time += 1) expect((await scanner.get(path)).html).toContain('Nominate Rain Atlas');
    expect(await home.database.listing.count({ where: { name: 'Rain Atlas' } })).toBe(0);
    expect((await scanner.get(path.slice(0, -3))).status).toBe(404);
    const emails = await home.database.email.findMany({ where: { start: { address: 'one@tide.example' } } });
    expect(emails.map(({ kind, caseId }) => [kind, caseId])).toEqual([['nomination_start', null]]);
  });

  test.each([
    ['product', '', 'Enter the name of the product.'],
    ['product', 'x'.repeat(300), 'Shorten the name to 200 characters. It has 300 now.'],
    ['website', 'tide', 'The link must start with https://'],
    ['product', 'Read https://evil.example', 'Enter the name alone, without a link and without an email address.'],
    ['name', 'Your account is blocked, see www.evil.example', 'Enter the name alone'],
    ['name', 'Write to amina@evil.example', 'Enter the name alone'],
    ['address', 'amina', 'Enter an email address in the correct format'],
    ['address', 'amina@sub.mailinator.com', 'short-lived mailboxes'],
  ])('a %s that is none is refused in words, and what was typed stays', async (field, value, sentence) => {
    const page = await begin({ [field]: value });
    expect(page.status).toBe(422);
    expect(page.html).toContain(sentence);
    expect(page.html).toContain(`value="${field === 'name' ? value : nominated.name}"`);
  });

  test('a name with an @ is a name', async () => {
    expect((await begin({ product: 'HCW@Home', address: 'at@tide.example' })).html).toContain('Check your email');
  });

  test('a program that fills in every field reads what people read, and leaves nothing', async () => {
    const before = await home.database.nominationStart.count();
    expect((await begin({ address: 'robot@tide.example', topic: 'Acme' })).html).toContain('Check your email');
    expect(await home.database.nominationStart.count()).toBe(before);
  });

  test('one address gets twelve links a day, and however many wait for others, one more is sent', async () => {
    const start = { product: 'Other', website: 'https://other.example.org', name: 'Other', createdAt: new Date() };
    const others = Array.from({ length: 2_000 }, (_, nth) => ({
      ...start,
      id: `n${nth}`,
      address: `${nth}@a.example`,
    }));
    await home.database.nominationStart.createMany({ data: others });
    const pages = [];
    for (let time = 0; time < 13; time += 1) pages.push(await begin({ address: 'many@tide.example' }));
    expect(pages.map(({ status }) => status)).toEqual([...Array.from({ length: 12 }, () => 200), 429]);
    expect(pages.at(-1)?.html).toContain('We sent several links to this address today');
    await home.database.nominationStart.deleteMany({ where: { product: 'Other' } });
  });
});

describe('the draft', () => {
  test('opens by the button, with what was said filled in, how complete it is, and why the rest matters', async () => {
    const { browser, reference } = await nominate(web, { address: 'draft@tide.example' });
    const { html } = await browser.follow();
    expect(html).toContain('Your answers about Tide Table');
    expect(html).toMatch(/Complete so far: 2 of \d\d questions/u);
    expect(html).toContain('Reviewers check that everyone can get the product.');
    expect((await browser.get(`/answer/${reference}/q/general`)).status).toBeLessThan(400);
    const path = await confirmPath(web, 'draft@tide.example');
    expect((await new Browser(web.app).get(path)).html).toContain('Your address is confirmed');
    const emails = await home.database.email.findMany({ where: { applicationId: reference } });
    expect(emails.map(({ kind }) => kind)).toEqual(['prompt']);
  });

  test('is there when the link that confirmed the address is opened days later; what nobody confirmed says what becomes of it', async () => {
    const { reference } = await nominate(web, { address: 'later@tide.example' });
    await begin({ address: 'never@tide.example' });
    for (const address of ['later@tide.example', 'never@tide.example']) {
      const createdAt = new Date(Date.now() - 3 * 86_400_000);
      await home.database.nominationStart.updateMany({ where: { address }, data: { createdAt } });
    }
    const confirmed = await new Browser(web.app).get(await confirmPath(web, 'later@tide.example'));
    expect([confirmed.status, confirmed.html.includes(reference)]).toEqual([200, true]);
    const late = await new Browser(web.app).get(await confirmPath(web, 'never@tide.example'));
    expect(late.status).toBe(404);
    expect(late.html).toContain('we delete it in a few days');
  });

  test('takes no name with a link either: emails to colleagues print it', async () => {
    const { browser, reference } = await nominate(web, { address: 'named@tide.example' });
    await browser.get(`/answer/${reference}/q/name`);
    const page = await browser.send({ name: 'Your mailbox is full, see https://evil.example' });
    expect([page.status, page.html.includes('Enter the name alone')]).toEqual([422, true]);
  });

  test('is withdrawn at once, and nothing of what was typed is left', async () => {
    const { browser, reference, caseId } = await nominate(web, { address: 'gone@tide.example' });
    const page = await browser.get(`/answer/${reference}/withdraw`);
    expect(page.html).toContain('withdrawn at once');
    expect((await browser.get(`/answer/${reference}/answered-elsewhere`)).status).toBe(303);
    await browser.get(`/answer/${reference}/withdraw`);
    const sent = browser.send({ text: '' });
    await Promise.all([sent, runNominations(home.database)]);
    await step(home.database, { caseId, armedFor: null });
    const { state } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(state).toBe('withdrawn');
    expect(await home.database.draft.count({ where: { applicationId: reference } })).toBe(0);
  });
});

const slugOf = async (reference: string) =>
  (await home.database.application.findUniqueOrThrow({ where: { id: reference } })).slug;

describe('from the draft to the list', () => {
  test('the name is nowhere before the first level, the slug from there, the listing from the approval', async () => {
    const first = await nominatedUpTo(web, { upTo: 'l1', product: 'Seed Ledger', address: 'a@seed.example' });
    expect(await slugOf(first.reference)).toBe(first.reference.toLowerCase());
    const { product } = await step(home.database, { caseId: first.caseId, armedFor: null });
    expect(product).toBeNull();

    const second = await nominatedUpTo(web, {
      ...{ upTo: 'approved', product: 'Water Point', address: 'b@water.example' },
    });
    expect(await slugOf(second.reference)).toBe('water-point');
    const listing = await home.database.listing.findUniqueOrThrow({
      where: { slug: 'water-point' },
      include: { contacts: true, answerSets: true },
    });
    expect(listing).toMatchObject({
      nominated: null,
      name: 'Water Point',
      types: ['Open Software'],
      licences: ['MIT'],
    });
    expect(listing.validUntil?.toISOString().slice(0, 10)).toBe('2027-07-10');
    expect(listing.contacts.map(({ address }) => address)).toEqual(['b@water.example']);
    expect(listing.answerSets.map(({ publishedAt }) => publishedAt !== null)).toEqual([true]);
    const certification = await step(home.database, { caseId: 'dpg/water-point', armedFor: null });
    expect(certification).toMatchObject({ product: 'water-point', state: 'asleep', next: { what: 'open' } });
    const shown = await new Browser(web.app).get('/r/water-point');
    expect(shown.html).toContain('The product is listed as a digital public good.');
    const decision = await home.database.email.findFirst({
      where: { applicationId: second.reference, kind: 'decision' },
    });
    expect(decision?.state).toBe('queued');
  });

  test('two names that fold to one slug get two', async () => {
    for (const product of ['Okolog', 'Økolog']) {
      const own = { address: `${product.length}-${product.codePointAt(0)}@okolog.example` };
      await nominatedUpTo(web, {
        upTo: 'l2',
        product,
        website: `https://${product === 'Okolog' ? 'one' : 'two'}.example.org`,
        ...own,
      });
    }
    const slugs = await home.database.listing.findMany({
      where: { name: { in: ['Okolog', 'Økolog'] } },
      select: { slug: true },
    });
    const [first, second] = slugs.map(({ slug }) => slug).sort();
    expect(first).toBe('okolog');
    expect(second).toMatch(/^okolog-[2-9a-hj-np-z]{5}$/u);
  });

  test('a refused candidate keeps its slug: whoever nominates it again gets another', async () => {
    const names = { product: 'Pump Register', address: 'g@pump.example', website: 'https://pump.example.org' };
    const refused = await nominatedUpTo(web, { upTo: 'ineligible', ...names });
    const again = await nominatedUpTo(web, { upTo: 'approved', anyway: 'yes', ...names, address: 'h@pump.example' });
    expect(await slugOf(refused.reference)).toBe('pump-register');
    const slug = await slugOf(again.reference);
    expect(slug).toBe(`pump-register-${again.reference.slice(-5).toLowerCase()}`);
    const pages = new Browser(web.app);
    expect((await pages.get('/r/pump-register')).status).toBe(404);
    expect((await pages.get(`/r/${slug}`)).html).toContain(`DPG-${again.reference}`);
    const excluded = (await pages.get('/excluded')).html;
    expect(excluded).toContain(`It was nominated again and is listed now: <a href="/r/${slug}">Pump Register</a>`);
  });

  test('an approved product has a DPG id of ours, which no file of the registry misses or takes', async () => {
    const names = { product: 'Drum Library', address: 'd@drum.example', website: 'https://drum.example.org' };
    const { reference } = await nominatedUpTo(web, { upTo: 'approved', ...names });
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'drum-library' } });
    expect(listing.dpgId).toBe(`DPG-${reference}`);
    const registry = await (await web.app.request('http://reviews.example/registry.json')).text();
    expect(registry).toContain(`"dpgId":"DPG-${reference}"`);
    const record = await readOne({ ...facts, name: 'Drum library' });
    const { setAside, missing } = await importListings(home.database, { records: [record] });
    expect(setAside.map(({ alike }) => alike)).toEqual([['drum-library']]);
    expect(missing).toEqual([]);
  });

  test('a product that is listed or under review is not nominated again, and its nominator is led there', async () => {
    const listed = await begin({
      product: 'WATER point',
      address: 'e@water.example',
      website: 'https://other.example.org',
    });
    expect(listed.status).toBe(409);
    expect(listed.html).toContain('<a href="/r/water-point">Water Point</a> is listed.');
    const hidden = await begin({ product: 'Seed Ledger', address: 'f@seed.example', website: 'https://f.example.org' });
    expect(hidden.html).toContain('Check your email');
  });
});
