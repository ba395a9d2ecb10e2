import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { importListings } from '../../prisma/import.js';
import { registrySchema } from '../../web/registry/data-shape.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict, sendAnswers, takeEmail } from '../support/decided-review.js';
import { completeAnswers } from '../support/listed-product.js';
import { openReview, PUBLIC_URL, webOver, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  const { records } = await readRegistryFiles('dev/registry-2026-07-10.json');
  await importListings(home.database, { records });
}, 120_000);
afterAll(() => home.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  web.app.request(`${PUBLIC_URL}${path}`, { headers });

async function readData() {
  const text = await (await get('/registry.json')).text();
  return { text, data: registrySchema.parse(JSON.parse(text)) };
}

describe('/registry.json', () => {
  test('holds the real registry in the documented shape and in no other', async () => {
    const { data } = await readData();
    expect(data).toMatchObject({ format: 'perennial-registry-1', asOf: '2026-07-10', invented: true });
    expect(data.notice).toContain('invented');
    // One licence for all that the registry publishes: owners give their answers under it.
    const page = await (await get('/')).text();
    expect(page).toContain(`href="${data.licence.url}"`);
    expect(page).not.toMatch(/CC0|creativecommons/iu);
    expect(data.products).toHaveLength(245);
    // 176 are overdue; others are within 60 days of their date.
    const due = data.products.filter(({ status }) => status === 'due');
    expect(due.filter(({ validUntil }) => validUntil === null || validUntil < data.asOf)).toHaveLength(176);
    expect(data.products.every(({ status }) => status === 'due' || status === 'listed')).toBe(true);
    expect(data.products.every(({ answers }) => Object.values(answers).every(({ confirmed }) => !confirmed))).toBe(
      true,
    );
  });

  test('shows a decision at once, under another tag, with nothing private', async () => {
    const review = await openReview(home.database, { slug: 'zz-seed-ledger', answers: completeAnswers });
    await takeEmail(home.database, review);
    await sendAnswers(home.database, review, {
      answers: { pii_level: 'none', alternate_email: 'SECRET@seed.example' },
      forReviewers: { P1: 'SECRET' },
    });
    const section = { section: '9a', verdict: 'meets', publicReason: 'Fine.', internalReason: 'SECRET' } as const;
    await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: [section] });
    const before = (await get('/registry.json')).headers.get('etag') ?? '';
    expect((await get('/registry.json', { 'If-None-Match': before })).status).toBe(304);
    await giveVerdict(home.database, review, { level: 'l2', by: 'eve', sections: [section] });
    const after = await get('/registry.json', { 'If-None-Match': before });
    expect(after.status).toBe(200);
    const { text, data } = await readData();
    expect(text).not.toMatch(/SECRET|Amina|Bao|"ada"|"eve"|fatou/u);
    const product = data.products.find(({ slug }) => slug === 'zz-seed-ledger');
    expect(product).toMatchObject({ status: 'listed', statusSince: '2026-07-10', validUntil: '2027-09-01' });
    expect(product?.answers['pii_level']).toEqual({ value: 'none', confirmed: true, date: '2026-07-10' });
    expect(product?.answers['owner']).toEqual({ value: 'Seed Foundation', confirmed: false, date: '2025-07-01' });
    expect(product?.decisions).toEqual([
      {
        reference: review.reference,
        kind: 'annual_review',
        result: 'approved',
        date: '2026-07-10',
        validUntil: '2027-09-01',
        reasons: [{ section: '9a', verdict: 'meets', reason: 'Fine.' }],
      },
    ]);
  });

  test('may be read from every site, and says so when nothing is invented', async () => {
    const response = await get('/registry.json', { origin: 'https://elsewhere.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const real = webOver(home.database, { invented: false });
    const data = registrySchema.parse(await (await real.app.request(`${PUBLIC_URL}/registry.json`)).json());
    expect(data.invented).toBe(false);
    expect(data.notice).not.toContain('invented');
  });
});

describe('/registry.csv', () => {
  test('has a line for each product, and no cell that a spreadsheet would run', async () => {
    const [first] = await home.database.listing.findMany({ take: 1, orderBy: { slug: 'asc' } });
    const slug = first?.slug ?? '';
    await home.database.listing.update({
      where: { slug },
      data: { name: '=HYPERLINK("http://evil.example")', website: '@SUM(1)', licences: ['-1+1'] },
    });
    const response = await get('/registry.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = parse<Record<string, string>>(await response.text(), { columns: true });
    expect(rows).toHaveLength(await home.database.listing.count());
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
    expect(rows.find((row) => row['slug'] === slug)).toMatchObject({
      name: `'=HYPERLINK("http://evil.example")`,
      invented: 'outcomes are invented',
    });
  });
});
