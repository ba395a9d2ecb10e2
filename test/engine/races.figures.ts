import { test } from '@jest/globals';
import { race } from './racing.js';
import { timed } from './timed.js';

const OF_EACH_KIND = 250;

test('1,000 races: one winner each, and the loser is told', async () => {
  await timed('races of two steps, two appends, two senders, two relays', async () => {
    await race(OF_EACH_KIND);
    return `${OF_EACH_KIND} of each, one winner each`;
  });
}, 3_600_000);
