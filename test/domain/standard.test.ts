import { describe, expect, test } from '@jest/globals';
import type { Condition, Question, Standard } from '../../domain/standard.js';
import {
  CATEGORIES,
  CONSIDERATIONS,
  choicesOf,
  considerationsOf,
  forCategories,
  GATE_ID,
  hintOf,
  INDICATORS,
  PRIVACY_IDS,
  questionOf,
  questionsOfSection,
  TERMS,
} from '../../domain/standard.js';
import { judgedSections, missing } from '../../domain/answers.js';
import { NEWEST, STANDARDS } from '../../domain/standards.js';
import { brokenWordRules } from './word-rules.js';

const official: Readonly<Record<string, string>> = {
  P1: 'Is this the minimum amount of PII data required for your solution to function properly?',
  P2: 'How does your solution communicate to the user that you are collecting their PII data?',
  P3: 'Please provide your privacy policy or any relevant documentation that outlines consent management procedures, the reasons for collecting and processing PII data, and any processes in place for handling subject requests.',
  P4: 'Where in the solution is PII data being processed or used? And which components of the solution allow access to this data?',
  P5: 'Which mechanisms does your solution provide to delete PII data?',
};

const { questions, sections } = NEWEST;
const howMuch = ({ guidance }: Question) => (guidance === undefined ? [] : [guidance.small, guidance.large]);
const ids = (some: readonly Question[]) => some.map(({ id }) => id);

/** The choices that a condition names. */
function named(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ('notIn' in condition) return condition.notIn;
  return ['equals' in condition ? condition.equals : condition.includes];
}

describe('the form as data', () => {
  test('has the nine indicators under twelve ids and a section for each that asks something', () => {
    expect(NEWEST.version).toBe('2025-09-privacy');
    expect(INDICATORS.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '9a', '9b', '9c']);
    expect(sections.map(({ id }) => id).join(' ')).toBe('general 1 2 3 4 5 6 7 8 9a 9b 9c scale annexure');
    for (const { id } of sections) {
      expect(questionsOfSection(NEWEST, id)).not.toEqual([]);
    }
  });

  test('holds 53 questions, each under an id of its own', () => {
    expect(new Set(ids(questions)).size).toBe(53);
    expect(questions).toHaveLength(53);
    expect(questions.every((question) => questionOf(NEWEST, question.id) === question)).toBe(true);
    expect(questionOf(NEWEST, 'toString')).toBeUndefined();
  });

  test('keeps everything public but the second email address', () => {
    expect(ids(questions.filter((question) => !question.public))).toEqual(['alternate_email']);
  });

  test('lets owners skip exactly what the Standard does not demand', () => {
    expect(ids(questions.filter(({ required }) => !required))).toEqual([
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
      'annexure_governance',
      'annexure_documentation',
      'annexure_safeguards',
      'annexure_oversight',
    ]);
  });

  test.each(Object.entries(official))('asks %s in the official wording', (id, label) => {
    const question = questionOf(NEWEST, id);
    expect(question?.label).toBe(label);
    expect(question?.set).toBe('privacy-2025');
    expect(question?.required).toBe(true);
  });

  test('keeps the five together, in order, after the gate', () => {
    expect(PRIVACY_IDS).toEqual(Object.keys(official));
    expect(ids(questionsOfSection(NEWEST, '9a'))).toEqual([GATE_ID, 'pii_types', ...PRIVACY_IDS, 'pii_protection']);
    expect(questionOf(NEWEST, 'P3')?.indicator).toBe('7');
    expect(ids(questions.filter(({ set }) => set !== undefined))).toEqual(PRIVACY_IDS);
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
    expect(ids(questions.filter((question) => considerationsOf(question).includes(name))).join(' ')).toBe(served);
  });

  test('makes every condition depend on an earlier question with such a choice, so there are no circles', () => {
    const conditional = questions.filter(({ showIf }) => showIf !== undefined);
    expect(conditional).toHaveLength(16);
    for (const { id, showIf } of conditional) {
      const parent = questions.find((question) => question.id === showIf?.question);
      expect(ids(questions).indexOf(parent?.id ?? '')).toBeGreaterThanOrEqual(0);
      expect(ids(questions).indexOf(parent?.id ?? '')).toBeLessThan(ids(questions).indexOf(id));
      expect(named(showIf).length).toBeGreaterThan(0);
      const offered = parent === undefined ? [] : choicesOf(parent).map(({ value }) => value);
      expect(offered).toEqual(expect.arrayContaining([...named(showIf)]));
    }
  });

  test('demands the three parts of an AI system of AI systems alone, since version 1.1.7', () => {
    const parts = ['ai_weights', 'ai_training_code', 'ai_training_data'];
    const demanded = (standard: Standard, category: readonly string[]) =>
      missing({ standard, scope: 'all', answers: { category } }).filter((id) => id.startsWith('ai_'));
    for (const standard of STANDARDS) {
      expect(demanded(standard, ['open_ai_system'])).toEqual(parts);
      expect(demanded(standard, ['open_content', 'open_ai_system'])).toEqual(parts);
      expect(demanded(standard, ['open_software', 'open_content', 'open_data'])).toEqual([]);
    }
  });

  test('says for each category what counts, of a product only for its own', () => {
    const licences = questionOf(NEWEST, 'licences');
    if (licences === undefined) throw new Error('licences are asked about');
    expect(forCategories(licences).map((line) => line.split(':')[0])).toEqual(CATEGORIES.map(({ label }) => label));
    expect(forCategories(licences, ['open_data'])).toEqual([
      'Open data: a licence that conforms with Open Data Commons, on every part of the data.',
    ]);
    expect(ids(questions.filter(({ forCategory }) => forCategory !== undefined))).toEqual([
      'source_location',
      'licences',
      'documentation',
    ]);
  });

  test('has the annexure as a self-assessment of four areas and 18 practices, on which nobody gives a verdict', () => {
    const areas = questionsOfSection(NEWEST, 'annexure');
    expect(areas.map(({ options = [] }) => options.length)).toEqual([3, 6, 6, 3]);
    expect(areas.every(({ required, public: isPublic }) => isPublic && !required)).toBe(true);
    expect(judgedSections({ standard: NEWEST, scope: 'all' })).toEqual(
      sections.map(({ id }) => id).filter((id) => id !== 'annexure'),
    );
  });

  test('offers the four official levels at the gate and choices wherever one must choose', () => {
    const gate = questionOf(NEWEST, GATE_ID);
    expect(gate?.options?.map(({ value }) => value)).toEqual([
      'none',
      'collected',
      'collected_stored',
      'collected_stored_distributed',
    ]);
    const choosing = questions.filter(({ kind }) => ['single', 'yes_no', 'yes_no_text', 'multi_text'].includes(kind));
    for (const question of choosing) {
      expect(choicesOf(question).length).toBeGreaterThan(1);
    }
  });
});

describe('the words of the form', () => {
  test('explain what a good answer looks like wherever an answer is in many words', () => {
    const inWords = questions.filter(
      ({ kind, length }) =>
        ['text_urls', 'yes_no_text', 'multi_text'].includes(kind) || (kind === 'text' && length !== 'short'),
    );
    expect(inWords.filter(({ good }) => good === undefined)).toEqual([]);
  });

  test('say for every question how much is enough for a small project, and what is expected of a large one', () => {
    expect(questions.filter(({ guidance }) => guidance === undefined)).toEqual([]);
    expect(questions.flatMap(howMuch).filter((words) => !/^[A-Z].*\.$/u.test(words))).toEqual([]);
  });

  test('ask in questions, tell to enter or select, and say why in one sentence', () => {
    for (const { id, label, empty, why } of questions) {
      expect(id === 'P3' ? '?' : label.slice(-1)).toBe('?');
      expect(empty).toMatch(/^(Enter|Select) .+\.$/u);
      expect(why).toMatch(/^[^.?!]+\.$/u);
    }
  });

  test('keep the word rules everywhere but in official wording', () => {
    const own = questions.flatMap((question) => [
      PRIVACY_IDS.includes(question.id) ? '' : question.label,
      question.title,
      question.why,
      question.good ?? '',
      ...howMuch(question),
      question.empty,
      ...forCategories(question),
      hintOf(question) ?? '',
      ...choicesOf(question).map(({ label }) => label),
    ]);
    const assessed = sections.flatMap(({ selfAssessment }) => selfAssessment ?? []);
    expect([...own, ...assessed, ...Object.values(TERMS)].flatMap(brokenWordRules)).toEqual([]);
  });
});
