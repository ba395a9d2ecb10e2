import { describe, expect, test } from '@jest/globals';
import type { FormFields } from '../../domain/answer-form.js';
import { fieldsOf, formOfAnswer } from '../../domain/answer-form.js';
import type { AnswerValue } from '../../domain/answers.js';
import { parseAnswer } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { brokenWordRules } from './word-rules.js';

function question(id: string): Question {
  const found = questionOf(NEWEST, id);
  if (found === undefined) {
    throw new Error(`The form has no question ${id}.`);
  }
  return found;
}

const parse = (id: string, form: FormFields) => parseAnswer({ question: question(id), form });

describe('a good answer', () => {
  test.each<[string, FormFields, AnswerValue]>([
    ['name', { name: '  Lantern\r\nHealth ' }, 'Lantern Health'],
    ['sdg_relevance', { sdg_relevance: 'First.\r\n\r\nSecond.' }, 'First.\n\nSecond.'],
    ['aliases', { aliases: 'LH\r\n\r\n LH \r\nLantern' }, ['LH', 'Lantern']],
    [
      'website',
      { website: 'https://lantern.example\nhttp://www.lantern.example/a?b=c' },
      ['https://lantern.example', 'http://www.lantern.example/a?b=c'],
    ],
    ['website', { website: 'https://मिसाल.भारत/' }, ['https://मिसाल.भारत/']],
    ['alternate_email', { alternate_email: ' second@lantern.example ' }, 'second@lantern.example'],
    ['category', { category: ['open_data', 'open_software'] }, ['open_software', 'open_data']],
    ['sdgs', { sdgs: '3' }, ['3']],
    [
      'licences',
      { licences: 'mit, cc-by-4.0\nODBL-1.0\nLicenseRef-Own' },
      ['MIT', 'CC-BY-4.0', 'ODbL-1.0', 'LicenseRef-Own'],
    ],
    ['owner_country', { owner_country: 'Côte d’Ivoire' }, 'Côte d’Ivoire'],
    ['owns_all', { owns_all: 'no' }, 'no'],
    ['pii_level', { pii_level: 'none' }, 'none'],
    ['deployed_in', { deployed_in: 'Kenya\nTogo' }, ['Kenya', 'Togo']],
    ['programmes', { programmes: 'An accelerator, 2025' }, ['An accelerator, 2025']],
    ['P1', { 'P1.choice': 'no', 'P1.text': 'We keep names.' }, { choice: 'no', text: 'We keep names.' }],
    ['P1', { 'P1.choice': 'yes' }, { choice: 'yes', text: '' }],
    [
      'P3',
      { 'P3.text': '', 'P3.urls': 'https://lantern.example/privacy' },
      { text: '', urls: ['https://lantern.example/privacy'] },
    ],
    [
      'P5',
      { 'P5.choice': ['other', 'cryptographic_erasure'], 'P5.text': 'By hand.' },
      { choices: ['cryptographic_erasure', 'other'], text: 'By hand.' },
    ],
  ])('to %s from %j', (id, form, value) => {
    expect(parse(id, form)).toEqual({ ok: true, value });
  });

  test('keeps 5,000 characters as people count them, and not one more', () => {
    const most = '\u{1f600}'.repeat(5_000);
    expect(parse('P2', { P2: most })).toEqual({ ok: true, value: most });
    expect(parse('P2', { P2: `${most}!` })).toMatchObject({ ok: false });
  });

  test('may name all the licences of a large collection', () => {
    const ids = Array.from({ length: 93 }, (_, index) => `Licence-${index}`);
    expect(parse('licences', { licences: ids.join('\n') })).toEqual({ ok: true, value: ids });
    expect(parse('licences', { licences: [...ids, ...ids.map((id) => `${id}.1`)].join(' ,') })).toMatchObject({
      problems: [{ sentence: 'Shorten the list to 150 lines. It has 186 now.' }],
    });
  });

  test.each(NEWEST.questions.map((one) => [one.id, one] as const))('to %s may be empty, blank or absent', (_, one) => {
    const blank = Object.fromEntries(fieldsOf(one).map((name) => [name, ' \r\n\t ']));
    expect(parseAnswer({ question: one, form: blank })).toEqual({ ok: true, value: undefined });
    expect(parseAnswer({ question: one, form: {} })).toEqual({ ok: true, value: undefined });
    expect(parseAnswer({ question: one, form: formOfAnswer({ question: one, value: undefined }) })).toEqual({
      ok: true,
      value: undefined,
    });
  });
});

describe('an answer that cannot be kept', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

  test.each<[string, FormFields, string, string]>([
    ['name', { name: 'x'.repeat(501) }, 'name', 'Shorten the text to 500 characters. It has 501 now.'],
    ['P2', { P2: 'x'.repeat(12_345) }, 'P2', 'Shorten the text to 5,000 characters. It has 12,345 now.'],
    ['aliases', { aliases: lines(51) }, 'aliases', 'Shorten the list to 50 lines. It has 51 now.'],
    ['standards', { standards: 'x'.repeat(501) }, 'standards', 'Shorten the text to 500 characters. It has 501 now.'],
    [
      'website',
      { website: 'lantern.example' },
      'website',
      'The link must start with https:// or http://, for example https://www.example.org. You wrote “lantern.example”.',
    ],
    [
      'website',
      { website: 'javascript:alert(1)' },
      'website',
      'The link must start with https:// or http://, for example https://www.example.org. You wrote “javascript:alert(1)”.',
    ],
    [
      'website',
      { website: 'Docs - https://lantern.example' },
      'website',
      'Enter one link on each line, without other words. You wrote “Docs - https://lantern.example”.',
    ],
    [
      'website',
      { website: 'https://localhost/' },
      'website',
      'Enter the full address of a public page, for example https://www.example.org/about. You wrote “https://localhost/”.',
    ],
    [
      'website',
      { website: 'http://127.0.0.1' },
      'website',
      'Enter the full address of a public page, for example https://www.example.org/about. You wrote “http://127.0.0.1”.',
    ],
    [
      'website',
      { website: 'https://me:secret@lantern.example' },
      'website',
      'Enter a link without a user name or password. Links are published.',
    ],
    [
      'website',
      { website: `https://lantern.example/${'x'.repeat(2_000)}` },
      'website',
      'Enter a link with at most 2,000 characters.',
    ],
    [
      'P3',
      { 'P3.text': 'See there.', 'P3.urls': 'lantern' },
      'P3.urls',
      'The link must start with https:// or http://, for example https://www.example.org. You wrote “lantern”.',
    ],
    [
      'alternate_email',
      { alternate_email: 'me at lantern' },
      'alternate_email',
      'Enter an email address in the correct format, like name@example.org.',
    ],
    [
      'licences',
      { licences: 'GNU GPL version 3' },
      'licences',
      'Enter licence ids of the SPDX list, one on each line, for example MIT or CC-BY-4.0. You wrote “GNU GPL version 3”.',
    ],
    ['pii_level', { pii_level: 'some' }, 'pii_level', 'Select what can happen to personal data in the product.'],
    [
      'owns_all',
      { owns_all: 'maybe' },
      'owns_all',
      'Select yes if the owner holds the rights to all code, content and data.',
    ],
    ['sdgs', { sdgs: ['3', '18'] }, 'sdgs', 'Select at least one Sustainable Development Goal.'],
    [
      'P1',
      { 'P1.text': 'It is.' },
      'P1.choice',
      'Select yes if the product collects only the personal data that it needs.',
    ],
    ['P1', { 'P1.choice': 'no' }, 'P1.text', 'Enter the reasons for your answer.'],
    ['P5', { 'P5.text': 'By hand.' }, 'P5.choice', 'Select at least one way in which personal data is deleted.'],
    ['P5', { 'P5.choice': 'other' }, 'P5.text', 'Enter a description of your answer.'],
  ])('to %s is refused in words (%#)', (id, form, field, sentence) => {
    const parsed = parse(id, form);
    expect(parsed).toMatchObject({ ok: false, problems: [{ field, sentence }] });
    expect(brokenWordRules(sentence)).toEqual([]);
  });

  test('brings one problem a field, and shows again all that was typed', () => {
    expect(parse('P3', { 'P3.text': 'x'.repeat(5_001), 'P3.urls': 'first\r\nsecond\u202e' })).toEqual({
      ok: false,
      problems: [
        { field: 'P3.text', sentence: 'Shorten the text to 5,000 characters. It has 5,001 now.' },
        { field: 'P3.urls', sentence: expect.stringContaining('“first”') },
      ],
      typed: { 'P3.text': 'x'.repeat(5_001), 'P3.urls': 'first\nsecond' },
    });
    expect(parse('P5', { 'P5.choice': ['other', 'automated_deletion_or_retention'] })).toMatchObject({
      typed: { 'P5.choice': ['other', 'automated_deletion_or_retention'], 'P5.text': '' },
    });
  });

  test('does not repeat a whole page of text in a sentence', () => {
    const parsed = parse('website', { website: 'x'.repeat(1_900) });
    expect(parsed.ok ? '' : parsed.problems[0]?.sentence.length).toBeLessThan(200);
  });
});
