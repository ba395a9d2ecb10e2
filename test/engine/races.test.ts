import { test } from '@jest/globals';
import { race } from './racing.js';

test('two steps, two appends, two senders, two relays on one case: one winner each, and the loser is told', async () => {
  // The command `npm run test:random` runs 1,000 of them.
  await race(5);
}, 120_000);
