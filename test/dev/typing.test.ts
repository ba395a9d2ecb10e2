import { describe, expect, test } from '@jest/globals';
import { readPage } from '../../dev/demo/page-reader.js';
import { fillIn, type Rewriting, type Writer } from '../../dev/demo/typing.js';

const writer: Writer = {
  name: 'Amina Abara-001',
  random: () => 0.5,
  withoutPersonalData: false,
  secret: () => 'secret',
  privateAddress: () => 'second@invented.example',
};

/** A form of some fields as a person fills it in. */
function filled(fields: string, some: Partial<Writer> = {}, rewriting: Rewriting = { texts: 'some' }) {
  const page = readPage({ html: `<form method="post">${fields}</form>`, url: 'http://x.example/', status: 200 });
  const [form] = page.forms;
  if (form === undefined) throw new Error('no form');
  return fillIn(form, { ...writer, ...some }, rewriting);
}

const earlier = (name: string, own: string) => `
  <h2>How do you tell?</h2>
  <fieldset><legend>Is this answer still correct?</legend>
    <input type="radio" name="${name}.keep" id="k" value="keep"><label for="k">Still correct</label>
    <input type="radio" name="${name}.keep" id="c" value="change"><label for="c">I want to change it</label></fieldset>${own}`;
const text = '<label for="t">Your answer now</label><textarea id="t" name="P2">As last year.</textarea>';
const gate = `<fieldset><legend>What can happen to personal data (PII) in the product?</legend>
  <input type="radio" name="pii" id="n" value="none"><label for="n">It cannot be collected, stored or distributed</label>
  <input type="radio" name="pii" id="s" value="collected"><label for="s">It can be collected</label></fieldset>`;

describe('an answer of last year', () => {
  test('is kept as it is when it is still correct', () => {
    expect(filled(earlier('P2', text))).toMatchObject({ fields: { 'P2.keep': 'keep' }, text: null });
  });

  test('is written anew when asked to, with the words that were wanted', () => {
    const rewritten = filled(earlier('P2', text), {}, { texts: 'first', words: 'unclear' });
    expect(rewritten).toMatchObject({ fields: { 'P2.keep': 'change' }, text: 'P2' });
    expect(rewritten.fields['P2']).toMatch(/^unclear Invented answer/u);
  });

  test('that was decided on before stays', () => {
    const decided = earlier('P2', text).replace('value="keep"', 'value="keep" checked');
    expect(filled(decided)).toMatchObject({ fields: {}, text: null });
  });
});

test('personal data: none, for who says so; else some', () => {
  expect(filled(gate, { withoutPersonalData: true }).fields).toEqual({ pii: 'none' });
  expect(filled(gate).fields).toEqual({ pii: 'collected' });
});

test('lists, links, countries and licences are written as the page asks', () => {
  const area = (name: string, label: string, hint: string) =>
    `<h2><label for="${name}">${label}</label></h2><p id="${name}-hint">${hint}</p><textarea id="${name}" name="${name}" aria-describedby="${name}-hint"></textarea>`;
  const { fields, text: free } = filled(
    area('laws', 'Which laws?', 'Enter one on each line.') +
      area('site', 'Where is it?', 'Enter one link on each line. Each link starts with https:// or http://') +
      area('used', 'In which countries?', 'Enter one country on each line.') +
      area('licences', 'Which open licences?', 'Enter one on each line.'),
  );
  expect(fields['laws']).toContain('\n');
  expect(fields['site']).toMatch(/^https:\/\/invented\.example\/site\/\d+$/u);
  expect(fields['used']).toBe('India');
  expect(fields['licences']).toBe('Apache-2.0');
  expect(free).toBeNull();
});

test('what is said to be wrong is written anew, what is filled in stays', () => {
  const wrong = '<div role="alert"><a href="#t">Enter the reasons.</a></div>';
  const page = `<label for="t">Your reasons</label><textarea id="t" name="P1.text">x</textarea>`;
  expect(filled(page).fields).toEqual({});
  expect(filled(wrong + page).fields['P1.text']).toMatch(/^Invented answer/u);
});

test('what is for reviewers only is a secret, and the declaration is about the person', () => {
  const box = '<label for="r">For reviewers only (optional)</label><textarea id="r" name="P2.reviewers"></textarea>';
  expect(filled(box)).toMatchObject({ fields: { 'P2.reviewers': 'secret' }, text: null, isAnswer: true });
  const person = `<label for="a">Your name</label><input id="a" name="name"><label for="b">Your role</label><input id="b" name="role">
    <input type="checkbox" id="m" name="maySpeak" value="yes"><label for="m">I may speak</label>`;
  expect(filled(person)).toEqual({
    fields: { name: 'Amina Abara-001', role: 'Product lead', maySpeak: ['yes'] },
    text: null,
    isAnswer: false,
  });
});
