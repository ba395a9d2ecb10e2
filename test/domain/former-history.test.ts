import { expect, test } from '@jest/globals';
import { historyOf, type FormerFacts } from '../../domain/former-history.js';
import { formerInWords, saidAbout } from '../../domain/former-words.js';

const record = (over: Partial<FormerFacts>): FormerFacts => ({
  ...{ kind: 'nominee', source: 'well-map', stage: null, on: null, recognisedOn: null, reason: null },
  ...over,
});

const words = (records: readonly FormerFacts[]) => historyOf(records).map((line) => [formerInWords(line), line.on]);

test('several files about one event make one line, with the earliest day that any of them has', () => {
  const records = [
    record({ stage: 'listed' }),
    record({ kind: 'summary', stage: 'listed', on: '2021-03-01', recognisedOn: '2021-05-01' }),
    record({ kind: 'archived', stage: 'nominee' }),
  ];
  expect(words(records)).toEqual([
    ['Recognised as a digital public good', '2021-05-01'],
    ['Nominated', '2021-03-01'],
    ['The nomination was archived; older files do not say why', null],
  ]);
});

test('nothing is recognised because of its answers, of an archived file, or of an application', () => {
  const records = [
    record({ kind: 'screening' }),
    record({ kind: 'archived', stage: 'listed' }),
    record({ kind: 'application', stage: 'listed', source: '20001' }),
  ];
  expect(historyOf(records).map(({ what }) => what)).toEqual(['nominated', 'archived', 'answered', 'applied']);
});

test('an exclusion has the day and the reason of its list', () => {
  const records = [
    record({ kind: 'excluded' }),
    record({ kind: 'exclusion', on: '2021-03-03', reason: 'The licence is not open.' }),
  ];
  expect(historyOf(records)).toEqual([
    { what: 'excluded', on: '2021-03-03', reason: 'The licence is not open.', number: null, count: 1 },
  ]);
});

test('reviews by volunteers are counted, as of the last', () => {
  const records = ['2021-01-01', null, '2022-02-02'].map((on) => record({ kind: 'opinion', on }));
  expect(words(records)).toEqual([['Reviewed by volunteers, 3 times', '2022-02-02']]);
});

test('what was said is named in words, and as the file names it where we have none', () => {
  expect(saidAbout('SDG[2]')).toBe('Sustainable Development Goal 3 of those named');
  expect(saidAbout('nonPII')).toBe('Data that is not personal');
  expect(saidAbout('indicators.9a')).toBe('Indicator 9a');
  expect(saidAbout('somethingElse')).toBe('somethingElse');
});
