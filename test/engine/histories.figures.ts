import { test } from '@jest/globals';
import fc from 'fast-check';
import { check, histories } from '../domain/random-histories.js';
import { asleep } from '../support/case-records.js';
import { timed } from './timed.js';

const HISTORIES = 100_000;

test('100,000 random histories follow the table of the machine', async () => {
  let events = 0;
  await timed('random histories against the table', () => {
    fc.assert(
      fc.property(histories, (path) => {
        events += path.length;
        check(path, asleep);
      }),
      { numRuns: HISTORIES },
    );
    return `${HISTORIES} histories, ${events} moves`;
  });
}, 3_600_000);
