import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { asleep } from '../support/case-records.js';
import { check, histories } from './random-histories.js';

describe('random histories of a case', () => {
  test('follow the table: every row gets an outcome, every turn an entry, and no product leaves the list without a person', () => {
    // The command `npm run test:random` plays 100,000.
    fc.assert(
      fc.property(histories, (path) => check(path, asleep)),
      { numRuns: 3_000 },
    );
  });
});
