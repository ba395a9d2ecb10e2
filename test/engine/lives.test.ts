import { test } from '@jest/globals';
import fc from 'fast-check';
import { life, playLives } from './lives.js';

test('workflows, steps and database do what the pure machine does, step by step, through random lives', async () => {
  // The command `npm run test:random` plays 500.
  const lives = fc.array(life, { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lives, async (all) => void (await playLives(all))),
    { numRuns: 1, seed: 1, endOnFailure: true },
  );
}, 300_000);
