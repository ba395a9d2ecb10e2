import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formOfAnswer, isOneLine } from '../../domain/answer-form.js';
import { cleanLine, cleanText } from '../../domain/answer-text.js';
import type { Answers, AnswerValue } from '../../domain/answers.js';
import { parseAnswer } from '../../domain/questionnaire.js';
import { readStandardText, type ReadText } from '../../domain/read-standard-text.js';
import { choicesOf, questionOf, type Question } from '../../domain/standard.js';
import { partsOf, questionHeading, standardText } from '../../domain/standard-text.js';
import { NEWEST } from '../../domain/standards.js';

const read = (text: string): ReadText => readStandardText({ standard: NEWEST, text });
const blank = standardText(NEWEST);

/** Lines that people could write and that look like lines of the form. */
const confusing = fc.constantFrom(
  ...['### Full name [name]', '## Open licence', '# A title', 'Your answer:', 'In words:', 'Links, one on each line:'],
  ...[
    '- [x] Yes',
    '- [ ] No',
    '\\',
    '\\### Full name [name]',
    '\\\\',
    'For reviewers only (optional, never published):',
  ],
  ...['  ## indented', 'Your reasons: many', '\\Your answer:', 'https://example.org', '日本語', 'עברית', ''],
);
const line = fc.oneof(confusing, fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }));
const words = fc.array(line, { maxLength: 6 }).map((lines) => cleanText(lines.join('\n')));
const links = fc.uniqueArray(fc.constantFrom('https://a.example', 'http://b.example/x?y=z#t', 'https://c.example/ä'), {
  maxLength: 3,
});

/** Any answer that the form would take to a question, as it would keep it. */
function answerTo(question: Question): fc.Arbitrary<AnswerValue | undefined> {
  const values = choicesOf(question).map(({ value }) => value);
  const some = fc.subarray(values);
  const one = fc.constantFrom(...(values.length > 0 ? values : ['']));
  const given: Record<Question['kind'], fc.Arbitrary<AnswerValue>> = {
    text: isOneLine(question) ? line.map(cleanLine) : words,
    email: fc.constantFrom('name@example.org', ''),
    country: line.map(cleanLine),
    single: one,
    yes_no: one,
    text_list: fc.array(line.map(cleanLine), { maxLength: 4 }),
    url_list: links,
    country_list: fc.array(line.map(cleanLine), { maxLength: 4 }),
    multi: question.options === undefined ? fc.subarray(['MIT', 'CC-BY-4.0', 'Own-1.0']) : some,
    text_urls: fc.record({ text: words, urls: links }),
    yes_no_text: fc.record({ choice: one, text: words }),
    multi_text: fc.record({ choices: some, text: words }),
  };
  return fc.option(given[question.kind], { nil: undefined }).map((value) => {
    const parsed = parseAnswer({ question, form: formOfAnswer({ question, value }) });
    return parsed.ok ? parsed.value : undefined;
  });
}

const answers: fc.Arbitrary<Answers> = fc
  .tuple(...NEWEST.questions.map((question) => answerTo(question).map((value) => [question.id, value] as const)))
  .map((pairs) => Object.fromEntries(pairs.filter((pair): pair is [string, AnswerValue] => pair[1] !== undefined)));
const privacy = NEWEST.questions.filter(({ set }) => set === 'privacy-2025').map(({ id }) => id);
const forReviewers = fc
  .tuple(...privacy.map((id) => words.map((text) => [id, text] as const)))
  .map((pairs) => Object.fromEntries(pairs.filter(([, text]) => text !== '')));

function answersIn({ understood }: ReadText): { answers: Answers; forReviewers: Record<string, string> } {
  return {
    answers: Object.fromEntries(
      understood.flatMap(({ question, value }) => (value === undefined ? [] : [[question.id, value]])),
    ),
    forReviewers: Object.fromEntries(
      understood.flatMap(({ question, forReviewers: text }) => (text === undefined ? [] : [[question.id, text]])),
    ),
  };
}

describe('the text of the form', () => {
  test('that is printed with answers is read back as these answers, and nothing is left over', () => {
    fc.assert(
      fc.property(answers, forReviewers, fc.constantFrom('\n', '\r\n'), (given, reviewers, end) => {
        const text = standardText(NEWEST, { answers: given, forReviewers: reviewers });
        const found = read(text.replaceAll('\n', end));
        expect(answersIn(found)).toEqual({ answers: given, forReviewers: reviewers });
        expect([found.refused, found.unknown, found.leftOver]).toEqual([[], [], []]);
      }),
      { numRuns: 60 },
    );
  });

  test('without answers holds none', () => {
    expect(read(blank)).toEqual({ understood: [], refused: [], unknown: [], leftOver: [] });
  });

  test('has each question once, and no two choices of a question that read alike', () => {
    for (const question of NEWEST.questions) {
      expect(blank.split('\n').filter((one) => one === questionHeading(question))).toHaveLength(1);
      const labels = choicesOf(question).map(({ label }) => label.toLowerCase());
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

/** The text with something written in one question. */
function filled(id: string, lines: readonly string[], tick?: string): string {
  const question = questionOf(NEWEST, id);
  if (question === undefined) throw new Error(id);
  const [before = '', after = ''] = blank.split(`${questionHeading(question)}\n`);
  const label = partsOf(question).flatMap((part) => ('label' in part ? [part.label] : []))[0];
  const ticked = tick === undefined ? after : after.replace(`- [ ] ${tick}`, `* [X]  ${tick}`);
  const own = label === undefined ? ticked : ticked.replace(`${label}\n`, () => `${label}\n\n${lines.join('\n')}\n`);
  return `${before}${questionHeading(question)}\n${own}`;
}

describe('what people write', () => {
  test('is read with their own headings, ticks and blanks', () => {
    const text = filled('sdg_relevance', ['### Why', 'It helps.', '', '## 1. And how', '- [x] maybe']);
    expect(answersIn(read(text)).answers).toEqual({
      sdg_relevance: '### Why\nIt helps.\n\n## 1. And how\n- [x] maybe',
    });
    expect(answersIn(read(filled('owns_all', [], 'Yes'))).answers).toEqual({ owns_all: 'yes' });
    expect(answersIn(read(filled('P1', ['Only names.'], 'No'))).answers).toEqual({
      P1: { choice: 'no', text: 'Only names.' },
    });
  });

  test('what the form would not take is told with its sentence and its text', () => {
    const long = read(filled('short_description', ['x'.repeat(501)]));
    expect(long.understood).toEqual([]);
    expect(long.refused[0]?.problems[0]?.sentence).toBe('Shorten the text to 500 characters. It has 501 now.');
    expect(long.refused[0]?.text).toHaveLength(501);
    const link = read(filled('website', ['not a link']));
    expect(link.refused).toMatchObject([{ question: { id: 'website' }, text: 'not a link' }]);
    expect(read(filled('P1', [], 'No')).refused[0]?.problems[0]?.sentence).toBe('Enter the reasons for your answer.');
  });

  test('unknown questions, a question twice, and words where none belong are all told', () => {
    const twice = `${filled('name', ['First'])}\n### Full name [name]\n\nYour answer:\nSecond\n`;
    const found = read(`Dear reviewers\n${twice}### Colour [colour]\nBlue\n`);
    expect(answersIn(found).answers).toEqual({ name: 'First' });
    expect(found.unknown).toEqual([
      { heading: 'Full name [name]', text: 'Second' },
      { heading: 'Colour [colour]', text: 'Blue' },
    ]);
    expect(found.leftOver).toEqual(['Dear reviewers']);
    const astray = read(blank.replace('- [ ] Open software', '- [x] Open hardware'));
    expect(astray.leftOver).toEqual(['- [x] Open hardware']);
  });

  test('whatever a text is, nothing of it fails', () => {
    const bits = fc.array(fc.oneof(line, fc.constantFrom(...blank.split('\n'))), { maxLength: 60 });
    fc.assert(
      fc.property(bits, (lines) => {
        read(lines.join('\n'));
      }),
      { numRuns: 200 },
    );
    expect(read('# '.repeat(100_000)).understood).toEqual([]);
    expect(read('[x] '.repeat(100_000)).understood).toEqual([]);
    const blanks = `${' '.repeat(390_000)}x`;
    const long = read(filled('owns_all', []).replace('- [ ] Yes', () => blanks));
    expect(long.leftOver).toEqual([blanks]);
  });
});
