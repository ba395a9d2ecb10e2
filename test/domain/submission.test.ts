import { describe, expect, test } from '@jest/globals';
import {
  answersSchemaOf,
  declarationSchema,
  parseDeclaration,
  parseForReviewers,
  parseSubmission,
} from '../../domain/questionnaire.js';
import { NEWEST } from '../../domain/standards.js';

const answersSchema = answersSchemaOf(NEWEST);
const parse = (body: unknown) => parseSubmission({ standard: NEWEST, body });

describe('stored answers', () => {
  test('are kept by question, cleaned, without what the form does not know', () => {
    const stored = {
      name: 'Lantern\r\nHealth',
      website: ['www.lantern.example', ''],
      P1: { choice: 'yes', text: 'We \u0000only keep names.', more: 1 },
      aliases: [],
      owner: null,
      shoe_size: '44',
    };
    expect(answersSchema.parse(stored)).toEqual({
      answers: {
        name: 'Lantern Health',
        website: ['www.lantern.example'],
        P1: { choice: 'yes', text: 'We only keep names.' },
      },
      unknown: ['shoe_size'],
    });
  });

  test('may be longer than the form allows, as carried-over ones are', () => {
    const pii_protection = 'x'.repeat(7_438);
    expect(answersSchema.parse({ pii_protection }).answers).toEqual({ pii_protection });
  });

  test.each<[unknown, string, string]>([
    [{ name: ['Lantern'] }, 'name', 'Send name as text.'],
    [{ website: 'https://lantern.example' }, 'website', 'Send website as a list of texts.'],
    [{ pii_level: 'some' }, 'pii_level', 'Use a choice that the form offers for pii_level.'],
    [{ sdgs: ['18'] }, 'sdgs', 'Use a choice that the form offers for sdgs.'],
    [{ P3: 'A policy.' }, 'P3', 'Send P3 as an object with the fields of its kind, text_urls.'],
    [
      { alternate_email: 'a@b\r\nBcc: c' },
      'alternate_email',
      'Enter an email address in the correct format, like name@example.org.',
    ],
    ['text', '', 'The answers must be an object with an answer for each question.'],
    [['a'], '', 'The answers must be an object with an answer for each question.'],
  ])('%j are refused in words', (stored, id, sentence) => {
    const parsed = answersSchema.safeParse(stored);
    expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([[id, sentence]]);
  });
});

describe('what an owner sends', () => {
  const declaration = { name: 'Amina Diallo', role: 'Product lead', maySpeak: true };

  test('is parsed as a whole', () => {
    const body = {
      answers: { pii_level: 'none', shoe_size: '44' },
      forReviewers: { P1: ' Under contract.\r\n', P2: '', name: 'Not a privacy question.' },
      confirmed: ['name', 'shoe_size'],
      declaration,
      more: true,
    };
    expect(parse(body)).toEqual({
      ok: true,
      submission: {
        answers: { pii_level: 'none' },
        forReviewers: { P1: 'Under contract.' },
        confirmed: ['name'],
        declaration,
      },
      unknown: ['shoe_size'],
    });
  });

  test('needs answers and a declaration; the rest may be left out', () => {
    expect(parse({ answers: {}, declaration })).toMatchObject({
      ok: true,
      submission: { forReviewers: {}, confirmed: [] },
    });
    expect(parse({ answers: { P2: 7 }, declaration: { ...declaration, maySpeak: false } })).toEqual({
      ok: false,
      problems: [
        { field: 'answers.P2', sentence: 'Send P2 as text.' },
        { field: 'declaration.maySpeak', sentence: 'Confirm that you may speak for the product.' },
      ],
    });
    expect(parse(undefined)).toMatchObject({
      problems: [{ sentence: 'The submission must be an object with answers and a declaration.' }],
    });
  });

  test('declares who sends it, on one line each', () => {
    expect(parseDeclaration({ form: { name: 'Amina\r\nDiallo', role: 'Lead', maySpeak: 'yes' } })).toEqual({
      ok: true,
      value: { name: 'Amina Diallo', role: 'Lead', maySpeak: true },
    });
    expect(parseDeclaration({ form: { name: ' ', role: 'Lead' } })).toEqual({
      ok: false,
      problems: [
        { field: 'name', sentence: 'Enter your name.' },
        { field: 'maySpeak', sentence: 'Confirm that you may speak for the product.' },
      ],
      typed: { name: '', role: 'Lead', maySpeak: '' },
    });
    expect(declarationSchema.safeParse({ name: 'A', role: '' }).success).toBe(false);
  });

  test('may add words for reviewers only, up to the limit', () => {
    const P1 = NEWEST.questions.find(({ id }) => id === 'P1');
    if (P1 === undefined) {
      throw new Error('The form has no question P1.');
    }
    expect(parseForReviewers({ question: P1, form: { 'P1.reviewers': ' Under contract. ' } })).toEqual({
      ok: true,
      value: 'Under contract.',
    });
    expect(parseForReviewers({ question: P1, form: {} })).toEqual({ ok: true, value: undefined });
    expect(parseForReviewers({ question: P1, form: { 'P1.reviewers': 'x'.repeat(5_001) } })).toMatchObject({
      ok: false,
      problems: [{ field: 'P1.reviewers', sentence: 'Shorten the text to 5,000 characters. It has 5,001 now.' }],
    });
  });
});
