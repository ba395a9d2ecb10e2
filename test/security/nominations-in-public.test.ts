import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publicAnswers } from '../../domain/answers.js';
import { STANDARDS } from '../../domain/standards.js';
import { writeChoices } from '../../prisma/policies.js';
import { nomineesSchema, reviewSchema } from '../../web/registry/nomination-shape.js';
import { RIGHTS } from '../../web/rights.js';
import { giveVerdict } from '../support/decided-review.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { FOR_REVIEWERS, nominatedUpTo, PRIVATE_ANSWER } from '../support/nomination-visit.js';
import { append, Browser, runSteps, webOver, type Web } from '../support/owner-visit.js';
import { addOne } from '../support/staff-visit.js';

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
  const removed = await play('Removed', 'l1');
  await act(removed, 'claim', { by: 'ada', level: 'l1' }, 'l1');
  await act(removed, 'remove', { by: 'ada', why: 'spam', ...reasons }, 'l1');
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
    for (const text of ['Internal-words', PRIVATE_ANSWER, FOR_REVIEWERS])
      expect([text, shown(text)]).toEqual([text, []]);
    const candidate = `/a/${references['Candidate'] ?? ''}`;
    expect(shown('Product Candidate').sort()).toEqual(
      [candidate, `${candidate}/data.json`, '/nominees', '/nominees.json'].sort(),
    );
    expect(shown('Product Listed')).toContain('/registry.json');
  });

  test('a question is public or private by the data of the Standard', () => {
    const open = STANDARDS.flatMap(({ questions }) => questions).filter((one) => one.public);
    const hidden = STANDARDS.flatMap(({ questions }) => questions).filter((one) => !one.public);
    expect([...new Set(hidden.map(({ id }) => id))]).toEqual(['alternate_email']);
    const answers = Object.fromEntries([...open, ...hidden].map(({ id }) => [id, 'Given']));
    const standard = STANDARDS.at(-1);
    if (standard === undefined) throw new Error('there is no Standard');
    expect(Object.keys(publicAnswers({ standard, answers }))).not.toContain('alternate_email');
  });

  test('is the same as data, in the shapes that are promised', async () => {
    const json = async (path: string): Promise<unknown> =>
      (await web.app.request(`http://reviews.example${path}`)).json();
    const { nominations, durations } = nomineesSchema.parse(await json('/nominees.json'));
    expect(durations).toBeNull();
    expect(nominations.map(({ name, status, state }) => [name, status, state]).sort()).toEqual([
      [null, 'nominee', 'l1'],
      ['Product Candidate', 'candidate', 'l2'],
    ]);
    const of = async (word: string) => reviewSchema.parse(await json(`/a/${references[word] ?? ''}/data.json`));
    const candidate = await of('Candidate');
    expect(candidate.product).toEqual({ name: 'Product Candidate', slug: null });
    expect(candidate.nomination?.turn).toBe('With the reviewers');
    expect(candidate.nomination?.stages.map(({ state, since, until }) => [state, since, until])).toEqual([
      ['l1', '2026-07-10', '2026-07-10'],
      ['l2', '2026-07-10', null],
    ]);
    const listed = await of('Listed');
    expect(listed.decisions.map(({ result }) => result)).toEqual(['approved']);
    expect(listed.nomination?.turn).toBeNull();
    expect((await of('Removed')).product).toBeNull();
    for (const path of [`/a/${references['Draft'] ?? ''}/data.json`, '/a/none/data.json']) {
      expect((await web.app.request(`http://reviews.example${path}`)).status).toBe(404);
    }
  });

  test('a draft has no page; what was sent says its stage, whose turn it is, and what comes next', async () => {
    const browser = new Browser(web.app);
    expect((await browser.get(`/a/${references['Draft'] ?? ''}`)).status).toBe(404);
    const { html } = await browser.get(`/a/${references['Nominee'] ?? ''}`);
    expect(html).toContain('First level of the review');
    expect(html).toContain('With the reviewers');
    expect(html).toContain('Then the second level decides, or asks.');
    expect(html).toContain('<strong>First level of the review</strong> since 10 July 2026');
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

describe('what is not public yet', () => {
  const meets = { section: '2', verdict: 'meets', publicReason: '', internalReason: '' } as const;
  const fails = { ...meets, verdict: 'does_not_meet', publicReason: 'There is no open licence.' } as const;
  const page = async (reference: string) => (await new Browser(web.app).get(`/a/${reference}`)).html;
  const shown = (html: string) => /<section class="panel"[^]*?<\/section>/u.exec(html)?.[0];
  /** What the list of nominations says of one. */
  const line = async (reference: string) =>
    new RegExp(`/a/${reference}"[^]*?</li>`, 'u').exec((await new Browser(web.app).get('/nominees')).html)?.[0];

  async function looksTheSame({ reference }: { reference: string }, happens: () => Promise<void>, state: string) {
    const before = [await page(reference), await line(reference)];
    await happens();
    expect((await home.database.application.findUniqueOrThrow({ where: { id: reference } })).state).toBe(state);
    expect([await page(reference), await line(reference)]).toEqual(before);
    return shown(before[0] ?? '');
  }

  test('experts being asked leaves every page as it was', async () => {
    await addOne(home.database, 'eve', 'expert');
    const one = await play('Asked', 'l2');
    const questions = [{ section: '2', question: 'Is it open?', experts: ['eve'] }];
    const body = { level: 'l2', by: 'ben', answersVersion: 1, questions };
    await looksTheSame(one, () => act(one, 'consult', body, 'l1'), 'consultation');
  });

  test('a decision that can still be undone leaves every page as it was, on an appeal too', async () => {
    await writeChoices(home.database, { nomination: { holdMinutes: 10, noticeDays: 0 } });
    const one = await play('Held', 'l1');
    const takeEffect = async (at: string) => {
      await home.setClock(`2026-07-10T${at}:00.000Z`);
      await runSteps(home.database, one.caseId);
    };
    const first = { level: 'l1', by: 'ada', sections: [meets] } as const;
    await looksTheSame(one, () => giveVerdict(home.database, one, first), 'decided');
    await takeEffect('12:00');
    expect(await page(one.reference)).toContain('Second level of the review');
    const decide = (level: 'l2' | 'appeal', by: string) =>
      giveVerdict(home.database, one, { level, by, sections: [fails] });
    await looksTheSame(one, () => decide('l2', 'ben'), 'decided');
    await takeEffect('14:00');
    expect(await page(one.reference)).toContain('There is no open licence.');
    await act(one, 'appeal', { text: 'Look again.' }, 'l1');
    const panel = await looksTheSame(one, () => decide('appeal', 'cleo'), 'decided');
    expect(panel).toContain('Somebody who gave no verdict before reads the case again.');
  });

  test('a review of one level is at that level until everybody may read its decision', async () => {
    await writeChoices(home.database, { nomination: { holdMinutes: 10, levels: ['l1'], rule: 'l1_only' } });
    const one = await play('Short', 'l1');
    const decide = () => giveVerdict(home.database, one, { level: 'l1', by: 'ada', sections: [meets] });
    const panel = await looksTheSame(one, decide, 'decided');
    expect(panel).toContain('First level of the review');
    expect(panel).toContain('Then it decides, or asks.');
    expect(panel).not.toContain('second level');
  });
});
