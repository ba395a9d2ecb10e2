import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RIGHTS } from '../../web/rights.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { append, Browser, runSteps, webOver, type Web } from '../support/owner-visit.js';

// What everybody may read of nominations, on every page and in every answer that everybody may ask for.

let home: TestDatabase;
let web: Web;
const references: Record<string, string> = {};

/** Of each nomination: the name of its product, that of its owner, an address, and what only reviewers read. */
const secretsOf = (word: string) => ({
  product: `Product ${word}`,
  website: `https://${word.toLowerCase()}.example.org`,
  name: `Person-${word}`,
  address: `${word.toLowerCase()}@people.example`,
});

async function play(word: string, upTo: Parameters<typeof nominatedUpTo>[1]['upTo']) {
  const one = await nominatedUpTo(web, { upTo, ...secretsOf(word) });
  references[word] = one.reference;
  return one;
}

async function act(one: { caseId: string; reference: string }, kind: string, body: object, role: 'l1' | 'secretariat') {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
  await append(home.database, one.caseId, { kind, body, role, actor: 'ada', reference: one.reference, round });
  await runSteps(home.database, one.caseId);
}

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await play('Draft', 'draft');
  await play('Nominee', 'l1');
  await play('Candidate', 'l2');
  await play('Listed', 'approved');
  await play('Refused', 'ineligible');
  const reasons = { publicReason: 'It is an advertisement.', internalReason: 'Internal-words' };
  await act(await play('Removed', 'l1'), 'remove', { by: 'ada', why: 'spam', ...reasons }, 'l1');
  await act(await play('Left', 'l2'), 'withdraw', reasons, 'secretariat');
}, 120_000);
afterAll(() => home.stop());

/** Every page and answer that everybody may ask for, about every nomination. */
async function everything(): Promise<ReadonlyMap<string, { readonly status: number; readonly html: string }>> {
  const paths = Object.keys(RIGHTS).flatMap((route) => {
    if (RIGHTS[route] !== 'everybody' || !route.startsWith('GET ')) return [];
    const path = route.slice('GET '.length);
    if (path.includes(':reference')) return Object.values(references).map((one) => path.replace(':reference', one));
    if (path.includes(':slug')) {
      const slugs = [...Object.values(references).map((one) => one.toLowerCase()), 'product-candidate', 'product-left'];
      return [...slugs, 'product-listed'].map((slug) => path.replace(':slug', slug));
    }
    return [path];
  });
  const checks = Object.values(references).map((one) => `/check?reference=${one}`);
  const pages = new Map<string, { status: number; html: string }>();
  for (const path of [...paths, ...checks, '/?q=Product']) {
    const response = await web.app.request(`http://reviews.example${path}`);
    pages.set(path, { status: response.status, html: await response.text() });
  }
  return pages;
}

describe('in public', () => {
  test('no page and no answer names a person, a draft, a nominee, or what was removed or withdrawn', async () => {
    const pages = await everything();
    expect(pages.size).toBeGreaterThan(20);
    const shown = (text: string) => [...pages].filter(([, { html }]) => html.includes(text)).map(([path]) => path);
    for (const word of Object.keys(references)) {
      const { name, address } = secretsOf(word);
      expect([word, shown(name), shown(address)]).toEqual([word, [], []]);
    }
    for (const word of ['Draft', 'Nominee', 'Removed', 'Left']) {
      const { product, website } = secretsOf(word);
      expect([word, shown(product), shown(website)]).toEqual([word, [], []]);
    }
    expect(shown('Internal-words')).toEqual([]);
    expect(shown('Product Candidate').sort()).toEqual([`/a/${references['Candidate'] ?? ''}`, '/nominees'].sort());
    expect(shown('Product Listed')).toContain('/registry.json');
  });

  test('a draft has no page; what was sent says its stage, whose turn it is, and what comes next', async () => {
    const browser = new Browser(web.app);
    expect((await browser.get(`/a/${references['Draft'] ?? ''}`)).status).toBe(404);
    const { html } = await browser.get(`/a/${references['Nominee'] ?? ''}`);
    expect(html).toContain('First level of the review');
    expect(html).toContain('With the reviewers');
    expect(html).toContain('Then the second level decides, or asks.');
    expect(html).toContain('Too few nominations were decided here to say.');
    expect((await browser.get(`/a/${references['Candidate'] ?? ''}`)).html).toContain('Second level of the review');
    const removed = await browser.get(`/a/${references['Removed'] ?? ''}`);
    expect(removed.html).toContain('Ended: removed');
    expect(removed.html).toContain('It is an advertisement.');
  });

  test('what was not listed stands with its reason: refused under its name, removed under its reference alone', async () => {
    const { html } = await new Browser(web.app).get('/excluded');
    expect(html).toContain(`<a href="/a/${references['Refused'] ?? ''}">Product Refused</a>`);
    expect(html).toContain('The licence is not open.');
    expect(html).toContain(`<a href="/a/${references['Removed'] ?? ''}">Nomination ${references['Removed'] ?? ''}</a>`);
    expect(html).toContain('It is an advertisement.');
    for (const word of ['Draft', 'Nominee', 'Candidate', 'Listed', 'Left']) {
      expect(html).not.toContain(references[word] ?? 'none');
    }
  });

  test('the nominees stand by their references, the candidates by their names, and nobody else', async () => {
    const { html } = await new Browser(web.app).get('/nominees');
    expect(html).toContain('Candidates (1)');
    expect(html).toContain('Nominees (1)');
    expect(html).toContain(`Nomination ${references['Nominee'] ?? ''}`);
    expect(html).not.toContain(references['Draft'] ?? 'none');
    expect(html).not.toContain(references['Removed'] ?? 'none');
  });
});
