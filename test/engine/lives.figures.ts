import { test } from '@jest/globals';
import fc from 'fast-check';
import { life, playLives } from './lives.js';
import { timed } from './timed.js';

const AT_ONCE = 50;
const BATCHES = 10;

test('500 random lives: workflows, steps and database do what the pure machine does', async () => {
  const lives = fc.array(life, { minLength: AT_ONCE, maxLength: AT_ONCE });
  await timed('random lives through the engine', async () => {
    const all = { steps: 0, runs: 0 };
    await fc.assert(
      fc.asyncProperty(lives, async (some) => {
        const { steps, runs } = await playLives(some);
        all.steps += steps;
        all.runs += runs;
      }),
      { numRuns: BATCHES, endOnFailure: true },
    );
    return `${AT_ONCE * BATCHES} lives, ${all.steps} steps by ${all.runs} runs, each step as the pure machine's`;
  });
}, 3_600_000);
