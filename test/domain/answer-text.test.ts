import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldsOf, formOfAnswer } from '../../domain/answer-form.js';
import { cleanLine, cleanText, printAnswer } from '../../domain/answer-text.js';
import type { AnswerValue } from '../../domain/answers.js';
import { parseAnswer } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';

function question(id: string): Question {
  const found = questionOf(NEWEST, id);
  if (found === undefined) {
    throw new Error(`The form has no question ${id}.`);
  }
  return found;
}

describe('cleaning', () => {
  test.each([
    ['line ends', 'one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['NUL and control characters', 'a\u0000b\u0007c\u009fd\tend', 'abcd end'],
    ['lone surrogates, which become a visible mark', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['pairs of surrogates, which stay', 'ok \u{1f600}', 'ok \u{1f600}'],
    ['right-to-left text, which stays with its marks', '\u200fمرحبا بالعالم', '\u200fمرحبا بالعالم'],
    ['bidi overrides and isolates', 'safe\u202egpj.exe\u202c \u2066x\u2069', 'safegpj.exe x'],
    ['blanks around and at line ends', '  one  \n\n two\n ', 'one\n\n two'],
    ['HTML and formulas, which stay as typed', '<b>=1+1</b>', '<b>=1+1</b>'],
  ])('of %s', (_, typed, kept) => {
    expect(cleanText(typed)).toBe(kept);
  });

  test('on one line leaves no line end for a mail header', () => {
    expect(cleanLine('Amina\r\nBcc: all@lantern.example')).toBe('Amina Bcc: all@lantern.example');
  });

  test('twice changes nothing more, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });

  test('of a very long run of blanks is no slower than of words', () => {
    expect(cleanText(`${' '.repeat(300_000)}x`)).toBe('x');
  });
});

describe('an answer shown again', () => {
  const examples: readonly (readonly [string, AnswerValue, readonly string[]])[] = [
    ['name', 'Lantern', ['Lantern']],
    ['sdg_relevance', 'First.\n\nSecond.', ['First.', '', 'Second.']],
    ['website', ['https://a.example', 'https://b.example'], ['https://a.example', 'https://b.example']],
    ['category', ['open_software', 'open_ai_system'], ['Open software', 'Open AI system']],
    ['sdgs', ['3', '17'], ['3. Good health and well-being', '17. Partnerships for the goals']],
    ['licences', ['MIT', 'Own-1.0'], ['MIT', 'Own-1.0']],
    ['owns_all', 'yes', ['Yes']],
    ['content_level', 'none', ['It cannot be collected, stored or distributed']],
    ['P1', { choice: 'no', text: 'We keep names.' }, ['No', 'We keep names.']],
    ['P3', { text: 'See there:', urls: ['https://a.example'] }, ['See there:', 'https://a.example']],
    ['P5', { choices: ['user_initiated_deletion'], text: '' }, ['Users can delete their data']],
  ];

  test.each(examples)('to %s: %j is printed as it reads', (id, value, printed) => {
    expect(printAnswer({ question: question(id), value })).toEqual(printed);
  });

  test.each(examples)('to %s: %j fills the fields so that sending them changes nothing', (id, value) => {
    const form = formOfAnswer({ question: question(id), value });
    expect(Object.keys(form)).toEqual(fieldsOf(question(id)));
    expect(parseAnswer({ question: question(id), form })).toEqual({ ok: true, value });
  });

  test.each<AnswerValue | undefined>([undefined, '', []])('that is not there (%j) is named as such', (value) => {
    expect(printAnswer({ question: question('aliases'), value })).toEqual(['Not provided']);
  });
});
