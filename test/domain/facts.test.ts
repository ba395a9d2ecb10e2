import { describe, expect, test } from '@jest/globals';
import type { AnswerValue } from '../../domain/answers.js';
import type { ListingFacts } from '../../domain/facts.js';
import { answersOfFacts } from '../../domain/facts.js';
import { answersSchemaOf } from '../../domain/questionnaire.js';
import { NEWEST } from '../../domain/standards.js';

const facts: ListingFacts = {
  name: 'Lantern',
  website: 'http://www.lantern.example/',
  repositories: ['https://code.lantern.example/a', 'https://code.lantern.example/a'],
  licences: ['OdbL-1.0', 'MIT'],
  sdgs: [10, 3],
  types: ['Open AI Model', 'Open Software'],
  piiHandling: 'collected_stored',
  contentHandling: 'none',
  userInteraction: 'yes',
  collectsNonPii: 'no',
  usesClosedComponents: 'yes',
};

const answers = {
  name: 'Lantern',
  website: ['http://www.lantern.example/'],
  source_location: ['https://code.lantern.example/a'],
  licences: ['ODbL-1.0', 'MIT'],
  sdgs: ['3', '10'],
  category: ['open_software', 'open_ai_system'],
  pii_level: 'collected_stored',
  content_level: 'none',
  user_interaction: 'yes',
  handles_non_pii: 'no',
  closed_components: 'yes',
};

describe('the facts of a listing', () => {
  test('become answers that the form would keep as they are', () => {
    expect(answersOfFacts(facts)).toEqual(answers);
    expect(answersSchemaOf(NEWEST).parse(answersOfFacts(facts))).toEqual({ answers, unknown: [] });
  });

  test.each<[string, ListingFacts, Readonly<Record<string, AnswerValue>>]>([
    ['nothing is known', {}, {}],
    ['facts are null or empty', { name: ' ', website: null, repositories: [], sdgs: null, types: [''] }, {}],
    [
      'words are not of the form',
      { piiHandling: 'perhaps', types: ['Open Standard'], sdgs: [18], userInteraction: 'Yes' },
      {},
    ],
    [
      'some words are not of the form',
      { types: ['Open Data', 'Open Standard'], sdgs: ['4', 99] },
      { category: ['open_data'], sdgs: ['4'] },
    ],
  ])('give no answer where %s', (_, given, known) => {
    expect(answersOfFacts(given)).toEqual(known);
  });
});
