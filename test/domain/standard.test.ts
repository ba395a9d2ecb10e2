import { describe, expect, test } from '@jest/globals';
import type { Question } from '../../domain/standard.js';
import {
  CONSIDERATIONS,
  choicesOf,
  considerationsOf,
  GATE_ID,
  hintOf,
  INDICATORS,
  PRIVACY_IDS,
  QUESTIONS,
  questionOf,
  questionsOfSection,
  SECTIONS,
  STANDARD,
  TERMS,
} from '../../domain/standard.js';
import { brokenWordRules } from './word-rules.js';

const official: Readonly<Record<string, string>> = {
  P1: 'Is this the minimum amount of PII data required for your solution to function properly?',
  P2: 'How does your solution communicate to the user that you are collecting their PII data?',
  P3: 'Please provide your privacy policy or any relevant documentation that outlines consent management procedures, the reasons for collecting and processing PII data, and any processes in place for handling subject requests.',
  P4: 'Where in the solution is PII data being processed or used? And which components of the solution allow access to this data?',
  P5: 'Which mechanisms does your solution provide to delete PII data?',
};

const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);

describe('the form as data', () => {
  test('has the nine indicators under twelve ids and a section for each that asks something', () => {
    expect(STANDARD.version).toBe('2025-09-privacy');
    expect(INDICATORS.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '9a', '9b', '9c']);
    expect(SECTIONS.map(({ id }) => id).join(' ')).toBe('general 1 2 3 4 5 6 7 8 9a 9b 9c scale');
    for (const { id } of SECTIONS) {
      expect(questionsOfSection(id)).not.toEqual([]);
    }
  });

  test('holds 46 questions, each under an id of its own', () => {
    expect(new Set(ids(QUESTIONS)).size).toBe(46);
    expect(QUESTIONS).toHaveLength(46);
    expect(QUESTIONS.every((question) => questionOf(question.id) === question)).toBe(true);
    expect(questionOf('toString')).toBeUndefined();
  });

  test('keeps everything public but the second email address', () => {
    expect(ids(QUESTIONS.filter((question) => !question.public))).toEqual(['alternate_email']);
  });

  test('lets owners skip exactly what the Standard does not demand', () => {
    expect(ids(QUESTIONS.filter(({ required }) => !required))).toEqual([
      'aliases',
      'alternate_email',
      'owner_type',
      'core_technologies',
      'deployed_in',
      'used_by',
      'multilingual',
      'languages',
      'programmes',
      'highlights',
    ]);
  });

  test.each(Object.entries(official))('asks %s in the official wording', (id, label) => {
    const question = questionOf(id);
    expect(question?.label).toBe(label);
    expect(question?.set).toBe('privacy-2025');
    expect(question?.required).toBe(true);
  });

  test('keeps the five together, in order, after the gate', () => {
    expect(PRIVACY_IDS).toEqual(Object.keys(official));
    expect(ids(questionsOfSection('9a'))).toEqual([GATE_ID, 'pii_types', ...PRIVACY_IDS, 'pii_protection']);
    expect(questionOf('P3')?.indicator).toBe('7');
    expect(ids(QUESTIONS.filter(({ set }) => set !== undefined))).toEqual(PRIVACY_IDS);
  });

  test.each([
    [1, 'Data Minimisation', 'P1'],
    [2, 'User Consent Mechanisms', 'P2'],
    [3, 'Data Usage Transparency', 'P3 P4'],
    [4, 'Adherence to Privacy-By-Design Principles', 'P5'],
    [5, 'Transparency Around Data Retention', 'P5'],
    [6, 'Data Governance and Access Controls', 'P4'],
  ])('serves consideration %i, %s, by %s', (number, name, served) => {
    expect(CONSIDERATIONS.find((one) => one.number === number)?.name).toBe(name);
    expect(ids(QUESTIONS.filter((question) => considerationsOf(question).includes(name))).join(' ')).toBe(served);
  });

  test('makes every condition depend on an earlier question with such a choice, so there are no circles', () => {
    const conditional = QUESTIONS.filter(({ showIf }) => showIf !== undefined);
    expect(conditional).toHaveLength(13);
    for (const { id, showIf } of conditional) {
      const parent = QUESTIONS.find((question) => question.id === showIf?.question);
      expect(ids(QUESTIONS).indexOf(parent?.id ?? '')).toBeGreaterThanOrEqual(0);
      expect(ids(QUESTIONS).indexOf(parent?.id ?? '')).toBeLessThan(ids(QUESTIONS).indexOf(id));
      const named = showIf === undefined ? [] : 'equals' in showIf ? [showIf.equals] : showIf.notIn;
      const offered = parent === undefined ? [] : choicesOf(parent).map(({ value }) => value);
      expect(offered).toEqual(expect.arrayContaining([...named]));
    }
  });

  test('offers the four official levels at the gate and choices wherever one must choose', () => {
    const gate = questionOf(GATE_ID);
    expect(gate?.options?.map(({ value }) => value)).toEqual([
      'none',
      'collected',
      'collected_stored',
      'collected_stored_distributed',
    ]);
    const choosing = QUESTIONS.filter(({ kind }) => ['single', 'yes_no', 'yes_no_text', 'multi_text'].includes(kind));
    for (const question of choosing) {
      expect(choicesOf(question).length).toBeGreaterThan(1);
    }
  });
});

describe('the words of the form', () => {
  test('explain what a good answer looks like wherever an answer is in many words', () => {
    const inWords = QUESTIONS.filter(
      ({ kind, length }) =>
        ['text_urls', 'yes_no_text', 'multi_text'].includes(kind) || (kind === 'text' && length !== 'short'),
    );
    expect(inWords.filter(({ good }) => good === undefined)).toEqual([]);
  });

  test('ask in questions, tell to enter or select, and say why in one sentence', () => {
    for (const { id, label, empty, why } of QUESTIONS) {
      expect(id === 'P3' ? '?' : label.slice(-1)).toBe('?');
      expect(empty).toMatch(/^(Enter|Select) .+\.$/u);
      expect(why).toMatch(/^[^.?!]+\.$/u);
    }
  });

  test('keep the word rules everywhere but in official wording', () => {
    const own = QUESTIONS.flatMap((question) => [
      PRIVACY_IDS.includes(question.id) ? '' : question.label,
      question.title,
      question.why,
      question.good ?? '',
      question.empty,
      hintOf(question) ?? '',
      ...choicesOf(question).map(({ label }) => label),
    ]);
    expect([...own, ...Object.values(TERMS)].flatMap(brokenWordRules)).toEqual([]);
  });
});
