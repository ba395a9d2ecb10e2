import { describe, expect, test } from '@jest/globals';
import { publishedAnswers, yearsOf, type PublishedSet } from '../../domain/published-answers.js';
import { NEWEST } from '../../domain/standards.js';

const published = (sets: readonly PublishedSet[], year: string | null = null) =>
  publishedAnswers({ standard: NEWEST, sets, year });

const carried: PublishedSet = {
  publishedAt: '2025-01-02T00:00:00.000Z',
  at: '2025-01-02T00:00:00.000Z',
  confirmed: [],
  answers: { name: 'Seed Ledger', owner: 'Seed Foundation', pii_level: 'collected', P1: { choice: 'yes', text: '' } },
};
const given: PublishedSet = {
  publishedAt: '2026-08-09T00:00:00.000Z',
  at: '2026-07-11T00:00:00.000Z',
  confirmed: ['name', 'pii_level'],
  answers: { ...carried.answers, pii_level: 'none' },
};

describe('published answers', () => {
  test('what nobody confirmed is carried over; what the owner kept or changed carries the date of that', () => {
    expect(published([carried, given])).toEqual({
      name: { value: 'Seed Ledger', confirmed: true, on: '2026-07-11' },
      owner: { value: 'Seed Foundation', confirmed: false, on: '2025-01-02' },
      pii_level: { value: 'none', confirmed: true, on: '2026-07-11' },
    });
  });

  test('an earlier year shows what was public then, with the questions that then applied', () => {
    const answers = published([carried, given], '2025');
    expect(answers['pii_level']).toEqual({ value: 'collected', confirmed: false, on: '2025-01-02' });
    expect(answers['P1']?.confirmed).toBe(false);
    expect(yearsOf([carried, given])).toEqual(['2026', '2025']);
  });

  test('the machine repeating an answer takes no confirmation away, and gives none', () => {
    const repeated: PublishedSet = {
      ...given,
      publishedAt: '2027-08-09T00:00:00.000Z',
      at: '2027-08-01T00:00:00.000Z',
      confirmed: [],
    };
    expect(published([carried, given, repeated])).toEqual(published([carried, given]));
  });

  test('another value that nobody confirmed is carried over, whatever was confirmed before', () => {
    const imported: PublishedSet = {
      ...carried,
      publishedAt: '2027-01-01T00:00:00.000Z',
      at: '2027-01-01T00:00:00.000Z',
      answers: { name: 'Seeds' },
    };
    expect(published([given, imported])['name']).toEqual({ value: 'Seeds', confirmed: false, on: '2027-01-01' });
  });

  test('private questions, and the name of a person who owns the product, are left out', () => {
    const personal = {
      ...carried,
      answers: { name: 'X', alternate_email: 'a@b.example', owner: 'Amina Diallo', owner_type: 'individual' },
    };
    expect(Object.keys(published([personal])).sort()).toEqual(['name', 'owner_type']);
  });
});
