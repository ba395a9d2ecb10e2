import { describe, expect, test } from '@jest/globals';
import { judgedSections, missing, visible } from '../../domain/answers.js';
import { printDay } from '../../adapters/dates.js';
import { questionOf } from '../../domain/standard.js';
import {
  coming,
  createStandard,
  formOf,
  knownForm,
  NEWEST,
  newestBinding,
  publicForm,
  standardOf,
  STANDARDS,
} from '../../domain/standards.js';
import { heldQuestion, laterStandard, withLater } from '../support/coming-standard.js';
import { brokenWordRules } from './word-rules.js';

const later = laterStandard();
const standards = withLater(later);
const old = createStandard({
  ...NEWEST,
  version: '2020-invented',
  answerableFrom: '2020-01-01',
  bindsFrom: '2020-01-01',
  questions: [...NEWEST.questions.filter(({ id }) => id !== 'aliases'), { ...heldQuestion, id: 'former' }],
});

describe('the versions', () => {
  test('are known by words of their own, in the order in which they bind, and none binds before it may be answered', () => {
    expect(new Set(STANDARDS.map(({ version }) => version)).size).toBe(STANDARDS.length);
    const days = STANDARDS.map(({ bindsFrom }) => bindsFrom);
    expect(days).toEqual([...days].sort());
    for (const { answerableFrom, bindsFrom, version } of STANDARDS) {
      expect(answerableFrom <= bindsFrom).toBe(true);
      expect(printDay(bindsFrom)).toMatch(/ 20\d\d$/u);
      expect(version).toMatch(/^[a-z0-9][a-z0-9.-]*$/u);
    }
  });

  test('say what they brought in our own words, and the privacy questions came with theirs', () => {
    expect(STANDARDS.flatMap(({ whatIsNew }) => whatIsNew).flatMap(brokenWordRules)).toEqual([]);
    expect(STANDARDS.map(({ version, bindsFrom }) => [version, bindsFrom])).toEqual([
      ['1.1.7', '2025-06-26'],
      ['2025-09-privacy', '2025-09-11'],
    ]);
    expect(questionOf(standardOf(STANDARDS, '1.1.7'), 'P1')).toBeUndefined();
    expect(questionOf(standardOf(STANDARDS, '2025-09-privacy'), 'P1')?.required).toBe(true);
  });

  test.each([
    ['2019-01-01', '2025-09-privacy'],
    ['2025-09-11', '2025-09-privacy'],
    ['2026-12-31', '2025-09-privacy'],
    ['2027-01-01', '2027-invented'],
    ['2031-01-01', '2027-invented'],
  ])('a review that opens on %s takes %s', (day, version) => {
    expect(newestBinding(standards, day).version).toBe(version);
  });

  test('to come are those that do not bind yet', () => {
    expect(coming(standards, '2026-12-31')).toEqual([later]);
    expect(coming(standards, '2027-01-01')).toEqual([]);
  });

  test('that this software does not know are no others', () => {
    expect(() => standardOf(standards, '1999')).toThrow('does not know: 1999');
  });
});

describe('the form of a review', () => {
  const form = (on: string) => formOf({ standards, version: NEWEST.version, on });

  test('has a question of a later version, marked, once it may be answered, and not before', () => {
    expect(form('2026-05-31')).toBe(NEWEST);
    expect(questionOf(form('2026-06-01'), 'held_exercises')?.early).toEqual({
      version: '2027-invented',
      bindsFrom: '2027-01-01',
    });
  });

  test('never demands it, not even after the day on which the later version binds', () => {
    for (const on of ['2026-06-01', '2027-06-01']) {
      expect(missing({ standard: form(on), scope: 'all', answers: {} })).not.toContain('held_exercises');
      expect(visible({ standard: form(on), scope: 'all', answers: {} }).map(({ id }) => id)).toContain(
        'held_exercises',
      );
    }
    expect(missing({ standard: later, scope: 'all', answers: {} })).toContain('held_exercises');
  });

  test('keeps its own questions as they are, in the order of its sections', () => {
    const { questions, version } = form('2026-06-01');
    expect(version).toBe(NEWEST.version);
    expect(questions.filter(({ early }) => early === undefined)).toEqual(NEWEST.questions);
    expect(questions.map(({ id }) => id).indexOf('held_exercises')).toBe(
      questions.map(({ id }) => id).indexOf('documentation') + 1,
    );
  });

  test('has a section of a later version for what may be answered there, on which nobody gives a verdict yet', () => {
    const moved = laterStandard({}, [{ ...heldQuestion, section: '9a' }]);
    const first = createStandard({ ...NEWEST, sections: NEWEST.sections.filter(({ id }) => id !== '9a') });
    const early = formOf({ standards: [first, moved], version: first.version, on: '2026-07-01' });
    expect(early.sections.map(({ id }) => id)).toContain('9a');
    expect(judgedSections({ standard: early, scope: 'all' })).not.toContain('9a');
    expect(judgedSections({ standard: moved, scope: 'all' })).toContain('9a');
  });
});

describe('what the public finds', () => {
  test('are the answers to all questions of any version, former ones too, and none of them as a duty', () => {
    const all = [old, ...standards] as const;
    for (const form of [publicForm(all, '2026-07-01'), knownForm(all)]) {
      const ids = form.questions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(['aliases', 'former', 'held_exercises', 'P1']));
      expect(questionOf(form, 'former')?.required).toBe(false);
    }
    expect(questionOf(publicForm(all, '2026-07-01'), 'held_exercises')?.early?.bindsFrom).toBe('2027-01-01');
    expect(questionOf(publicForm(all, '2027-01-01'), 'held_exercises')?.early).toBeUndefined();
  });
});
