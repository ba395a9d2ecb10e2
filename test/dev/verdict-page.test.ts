import { expect, test } from '@jest/globals';
import { EXPERTS } from '../../dev/demo/demo-staff.js';
import { plotOf, quirkOf } from '../../dev/demo/quirks.js';
import { readPage } from '../../dev/demo/page-reader.js';
import {
  CONVINCING,
  fillVerdict,
  NOT_OPEN,
  readCasePage,
  SPAM,
  UNCLEAR,
  type CasePage,
} from '../../dev/demo/verdict-page.js';

const section = (id: string, title: string, answer: string) => `
  <section><h2>${title}</h2><p>${answer}</p>
    <fieldset><legend>Your verdict: ${title}</legend>
      <label><input type="radio" name="verdict-${id}" value="meets"> Meets</label>
      <label><input type="radio" name="verdict-${id}" value="clarify"> Needs clarification</label></fieldset>
    <textarea name="public-${id}"></textarea><textarea name="owner-${id}"></textarea>
    <textarea name="internal-${id}"></textarea></section>`;

const pageOf = (sections: string, more = '') =>
  readPage({
    url: 'https://reviews.example/desk/2026-AAAAA',
    status: 200,
    html: `<main><a href="/r/seed">Seed</a><form method="post" action="/desk/2026-AAAAA/verdict">
      ${sections}${more}<button>Continue</button></form></main>`,
  });
const both = section('1', 'Relevance', 'Clear.') + section('2', 'Licence', `It is ${UNCLEAR}.`);
const words = { internal: 'Between us.', publicReason: '' };

function read(page: ReturnType<typeof pageOf>): CasePage {
  const found = readCasePage(page);
  if (found === null) throw new Error('the page was not read');
  return found;
}

test('an unclear answer is asked about in the section below it, by both levels, and once', () => {
  const about = read(pageOf(both));
  expect(about).toMatchObject({ reference: '2026-AAAAA', slug: 'seed', sections: ['1', '2'], unclear: '2' });
  const second = fillVerdict(about, { level: 'l2', bad: true, words });
  expect(second).toMatchObject({ 'verdict-1': 'meets', 'verdict-2': 'clarify', 'internal-1': 'Between us.' });
  expect(second['public-2']).not.toBe('');
  expect(fillVerdict(about, { level: 'l1', bad: false, words })).toMatchObject({ 'verdict-2': 'clarify' });
  // Else it would stand against the second level, which is content when the owner has answered.
  const agreeing = fillVerdict(about, { level: 'l1', bad: false, words, mustAgree: true });
  expect(agreeing).toMatchObject({ 'verdict-2': 'meets' });
  const askedBefore = read(pageOf(both, '<input name="second-round">'));
  expect(askedBefore.unclear).toBeNull();
});

test('what does not meet is found by both levels, and what a page had filled in is overwritten', () => {
  const about = read(pageOf(section('1', 'Relevance', 'Clear.') + section('2', 'Licence', 'Not open.')));
  for (const level of ['l1', 'l2'] as const) {
    const filled = fillVerdict(about, { level, bad: true, words });
    expect(filled).toMatchObject({ 'verdict-2': 'does_not_meet', 'owner-1': '', 'public-1': '' });
  }
});

test('of a nomination the page tells what it is of, and what calls for more than a verdict', () => {
  const page = (answer: string) =>
    readPage({
      ...{ url: 'https://reviews.example/desk/2026-AAAAA', status: 200 },
      html: `<main><h1>Reef Map</h1><dl><dt>Review</dt><dd>Nomination, reference 2026-AAAAA</dd></dl>
        <form method="post" action="/desk/2026-AAAAA/verdict">${section('2', 'Licence', answer)}</form></main>`,
    });
  expect(read(page('Fine.'))).toMatchObject({
    product: 'Reef Map',
    slug: '2026-aaaaa',
    isNomination: true,
    says: null,
  });
  expect(read(page(`It is ${NOT_OPEN}.`)).says).toBe('not_open');
  expect(read(page(`It is ${SPAM}.`)).says).toBe('spam');
});

test('of the privacy questions the first level asks itself', () => {
  const about = read(pageOf(section('9a', 'Privacy', `It is ${UNCLEAR}.`)));
  expect(about).toMatchObject({ twoLevels: false, unclear: '9a' });
  expect(fillVerdict(about, { level: 'l1', bad: true, words })).toMatchObject({ 'verdict-9a': 'clarify' });
});

test('twelve products put everything to the test that reviewers do beside deciding', () => {
  const played = [...Array(12).keys()].flatMap((index) =>
    (['l1', 'l2'] as const).map((level) => quirkOf({ index, level, at: 0 })),
  );
  const all = [
    'away',
    'back_early',
    'conflict',
    'gives_back',
    'hands_over',
    'sets_aside',
    'signed_out',
    'slow',
    'undoes',
  ];
  expect([...new Set(played.flatMap((one) => one ?? []))].sort()).toEqual(all);
  expect(quirkOf({ index: 40, level: 'l1', at: 0.99 })).toBeNull();
});

test('of an appeal the grounds decide, whoever hears it', () => {
  const ask = '<p>Give a verdict on each section that did not meet.</p>';
  for (const [grounds, word] of [
    [`It is there: ${CONVINCING}.`, 'meets'],
    ['Look again.', 'does_not_meet'],
  ] as const) {
    const about = read(pageOf(section('2', 'Licence', `It was ${UNCLEAR}.`), `<p>${grounds}</p>${ask}`));
    expect(fillVerdict(about, { level: 'l1', bad: false, words })).toMatchObject({ 'verdict-2': word });
  }
  expect(read(pageOf(both, CONVINCING)).appeal).toBeNull();
});

test('an expert can be asked where the page has room for a question', () => {
  expect(read(pageOf(both)).mayAsk).toBe(false);
  expect(read(pageOf(both, '<textarea name="question-2"></textarea>')).mayAsk).toBe(true);
});

test('of twelve products every kind of expert is asked, and one appeal wins where another is lost', () => {
  const plots = [...Array(12).keys()].map((index) => plotOf({ index, random: () => 0.99 }));
  const asked = new Set(plots.flatMap(({ asks = [] }) => asks));
  expect(Object.keys(EXPERTS).filter((id) => !asked.has(id))).toEqual([]);
  expect(plots.filter(({ callsOff }) => callsOff === true)).toHaveLength(1);
  const appealed = plots.flatMap(({ fails, appeals }) => (fails === true ? [appeals] : []));
  expect(appealed.sort()).toEqual(['convincing', 'others']);
  expect(plotOf({ index: 40, random: () => 0.99 })).toEqual({});
  expect(plotOf({ index: 40, random: () => 0 })).toEqual({
    ...{ asks: ['ines'], callsOff: true, fails: true, appeals: 'convincing' },
  });
});
