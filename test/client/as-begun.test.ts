import { expect, test } from '@jest/globals';
import { asBegun } from '../../client/cli/as-begun.js';

const byNpm = { begun: 'npm run perennial --', commands: ['case', 'contacts', 'status'] };

test('hints name commands as the reader began this one, to be copied as they stand', () => {
  expect(asBegun('-> perennial case open SLUG, or: "perennial contacts template"', byNpm)).toBe(
    '-> npm run perennial -- case open SLUG, or: "npm run perennial -- contacts template"',
  );
  expect(asBegun('perennial status', { ...byNpm, begun: 'perennial' })).toBe('perennial status');
});

test('other words, and data, stay as they are', () => {
  for (const text of ['A perennial plant.', 'npm run perennial -- status', '{"help":"perennial case open"}']) {
    expect(asBegun(text, byNpm)).toBe(text);
  }
});
