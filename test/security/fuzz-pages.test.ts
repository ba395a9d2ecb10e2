import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { posted, reviewersField, type FormFields } from '../../domain/answer-form.js';
import { cleanLine, cleanText } from '../../domain/answer-text.js';
import { NEWEST } from '../../domain/standards.js';
import { postedView } from '../../web/answer/page-view.js';
import { QuestionForm } from '../../web/answer/question-page.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { PUBLIC_URL, visitor, webOver, type Web } from '../support/owner-visit.js';
import { hostileTexts, inGroups, MARK, TEXTS } from './fuzz-texts.js';
import { harmfulAddresses, oneLine, parsePage, type Parsed } from './parsed.js';

// Hostile texts in pages and files, read again by parsers that are not ours.

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
}, 120_000);
afterAll(() => home.stop());

async function get(path: string): Promise<string> {
  const response = await web.app.request(`${PUBLIC_URL}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

/** Tags and attributes that a page of harmless texts has not, and addresses that would do harm. */
function broughtIn(page: Parsed, harmless: Parsed): readonly string[] {
  const kinds = [...page.kinds].filter((kind) => !harmless.kinds.has(kind) || kind.includes(MARK));
  return [...kinds, ...harmfulAddresses(page.addresses)];
}

/** The questions whose answers are texts, and those whose answers are lists of them. */
const TEXT_IDS = NEWEST.questions.filter(({ kind }) => kind === 'text').map(({ id }) => id);
const LIST_IDS = NEWEST.questions.filter(({ kind }) => kind === 'text_list').map(({ id }) => id);
/** Answers with which every question is asked. */
const OPENING = {
  pii_level: 'collected',
  content_level: 'collected',
  user_interaction: 'yes',
  handles_non_pii: 'yes',
  owns_all: 'no',
  closed_components: 'yes',
};
/** Name, description, website, repository, licence and type stand before the answers. */
const A_PRODUCT = 6 + TEXT_IDS.length + LIST_IDS.length;

/** A product all of whose texts are given, each kept as the doors keep it. */
function productOf(texts: readonly string[], slug: string) {
  const line = (at: number) => cleanLine(texts[at] ?? 'x');
  const lists = LIST_IDS.map((id, index) => [id, [line(6 + TEXT_IDS.length + index)]] as const);
  const answers = TEXT_IDS.map((id, index) => [id, cleanText(texts[6 + index] ?? 'x')] as const);
  return {
    listing: {
      ...{ slug, name: line(0), description: cleanText(texts[1] ?? 'x'), website: line(2), repositories: [line(3)] },
      ...{ licences: [line(4)], types: [line(5)], opensByItself: true, createdAt: new Date('2026-01-01') },
      ...{ approvedOn: new Date('2026-01-01'), validUntil: new Date('2027-01-01') },
    },
    answers: { ...OPENING, ...Object.fromEntries([...answers, ...lists]) } as Record<string, string | string[]>,
  };
}

type Product = ReturnType<typeof productOf>;

async function save(products: readonly Product[]): Promise<void> {
  const at = new Date('2026-01-01');
  await home.database.listing.createMany({ data: products.map(({ listing }) => listing) });
  await home.database.answerSet.createMany({
    data: products.map(({ listing: { slug }, answers }) => {
      return { slug, version: 0, by: 'import', standard: 'earlier', answers, forReviewers: {}, publishedAt: at, at };
    }),
  });
}

describe(`${TEXTS} hostile texts in the registry`, () => {
  let products: readonly Product[];
  let calm: Parsed;
  beforeAll(async () => {
    const groups = inGroups(hostileTexts(TEXTS, 20_260_713), A_PRODUCT);
    products = groups.map((texts, index) => productOf(texts, `fuzz-${index}`));
    await save([productOf([], 'calm'), productOf(['x', 'x', 'https://x.example', 'https://x.example'], 'links')]);
    calm = parsePage((await get('/r/calm?answers=full')) + (await get('/r/links?answers=full')));
    await save(products);
  }, 180_000);

  test('are texts on the page of a product', async () => {
    for (const { listing, answers } of products) {
      const page = parsePage(await get(`/r/${listing.slug}?answers=full`));
      expect([listing.slug, broughtIn(page, calm)]).toEqual([listing.slug, []]);
      const typed = [...TEXT_IDS, ...LIST_IDS].flatMap((id) => answers[id] ?? []);
      const shown = [listing.name, listing.description, ...typed];
      const lines = shown.flatMap((text) => text.split('\n')).map(oneLine);
      expect(lines.filter((line) => !page.text.includes(line))).toEqual([]);
    }
  }, 180_000);

  test('are texts on the list', async () => {
    const seen = new Set<string>();
    for (let number = 1; number <= 8; number += 1) {
      const page = parsePage(await get(`/?page=${number}`));
      expect(harmfulAddresses(page.addresses)).toEqual([]);
      expect([...page.kinds].filter((kind) => kind.includes(MARK) || / on\w+$/u.test(kind))).toEqual([]);
      for (const { listing } of products) if (page.text.includes(oneLine(listing.name))) seen.add(listing.slug);
    }
    expect(seen.size).toBe(products.length);
    for (const text of hostileTexts(60, 20_260_714)) {
      const page = parsePage(await get(`/?q=${encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))}`));
      expect([...page.kinds].filter((kind) => kind.includes(MARK) || / on\w+$/u.test(kind))).toEqual([]);
      expect(harmfulAddresses(page.addresses)).toEqual([]);
    }
  }, 180_000);

  test('are the same texts in JSON', async () => {
    const data = JSON.parse(await get('/registry.json')) as { products: readonly Record<string, unknown>[] };
    for (const { listing, answers } of products) {
      const found = data.products.find(({ slug }) => slug === listing.slug);
      const { name, description, website, repositories, licences, types } = listing;
      expect(found).toMatchObject({ name, description, website, repositories, licences, types });
      const given = Object.entries(found?.['answers'] ?? {}).map(([id, { value }]) => [id, value as unknown]);
      expect(Object.fromEntries(given)).toEqual(answers);
    }
  });

  test('are one cell each in CSV, and none of them a formula', async () => {
    const rows = parse(await get('/registry.csv'), { columns: true }) as readonly Record<string, string>[];
    expect(rows).toHaveLength(products.length + 2);
    for (const { listing } of products) {
      const row = rows.find(({ slug }) => slug === listing.slug);
      const { name, website } = listing;
      const texts = { name, website, repositories: listing.repositories[0], licences: listing.licences[0] };
      for (const [column, text] of Object.entries({ ...texts, types: listing.types[0] })) {
        const cell = row?.[column] ?? '';
        expect(cell).toBe(/^[=+\-@\t\r]/u.test(text ?? '') ? `'${text}` : text);
      }
    }
    expect(rows.flatMap(Object.values).filter((cell) => /^[=+\-@\t\r]/u.test(String(cell)))).toEqual([]);
  });
});

/** All questions of the form with what was typed in them. */
function formOf(form: FormFields): Parsed {
  const view = postedView(NEWEST.questions, form);
  const page = QuestionForm({
    action: '/',
    questions: NEWEST.questions,
    view,
    from: 'list',
    earlierOf: () => undefined,
  });
  // Hono's elements print themselves.
  return parsePage(`${page as unknown as string}`);
}

/** The fields that a person types in. */
const FIELDS = [...formOf({}).fields.keys()].filter((name) => !/^(?:from|next|.*\.version)$/u.test(name));

describe(`${TEXTS} hostile texts in the form`, () => {
  test('stand in the fields in which they were typed, when a page is shown again', () => {
    expect(FIELDS.length).toBeGreaterThan(30);
    const reviewers = NEWEST.questions.map(reviewersField);
    for (const texts of inGroups(hostileTexts(TEXTS, 20_260_715), FIELDS.length)) {
      const typed = Object.fromEntries(texts.map((text, index) => [FIELDS[index] ?? '', text]));
      const page = formOf(typed);
      const calm = formOf(Object.fromEntries(Object.keys(typed).map((name) => [name, 'x'])));
      expect(page.tags).toEqual(calm.tags);
      const view = postedView(NEWEST.questions, typed).values;
      for (const [name, text] of Object.entries(typed)) {
        const field = (page.fields.get(name)?.[0] ?? '').replace(/^\n/u, '');
        expect([name, field]).toEqual([name, posted(view, name)]);
        if (reviewers.includes(name)) expect(field).toBe(cleanText(text));
      }
    }
  }, 180_000);

  test('some of them saved, opened again, and read on the page before sending', async () => {
    const { reference, browser } = await visitor(web, 'typed', { answers: { pii_level: 'collected' } });
    const calm = await (async () => {
      await browser.get(`/answer/${reference}/q/P2`);
      const { html } = await browser.send({ P2: 'x', 'P2.reviewers': 'x' }).then(() => browser.get(browser.path));
      return parsePage(html);
    })();
    for (const [own = '', reviewers = ''] of inGroups(hostileTexts(100, 20_260_716), 2)) {
      await browser.get(`/answer/${reference}/q/P2`);
      const { status } = await browser.send({ P2: own, 'P2.reviewers': reviewers });
      expect(status).toBe(303);
      const page = parsePage((await browser.get(`/answer/${reference}/q/P2`)).html);
      expect(page.tags).toEqual(calm.tags);
      const fields = ['P2', 'P2.reviewers'].map((name) => page.fields.get(name)?.[0]?.replace(/^\n/u, ''));
      expect(fields).toEqual([own, reviewers].map((text) => cleanText(text)));
      const check = parsePage((await browser.get(`/answer/${reference}/check`)).html);
      expect([...check.kinds].filter((kind) => kind.includes(MARK) || / on\w+$/u.test(kind))).toEqual([]);
      expect(check.text).toContain(oneLine(cleanText(own)));
    }
  }, 180_000);
});
