import { expect, test } from '@jest/globals';
import { flood } from './floods.js';

test('rows in any order, twice, late and of rounds that are over have one outcome each and no double effect', async () => {
  // The command `npm run test:random` posts 10,000.
  const { posts, rows, continued } = await flood({ cases: 3, waves: 5, seed: 1 });
  expect(posts).toBeGreaterThan(rows);
  // Reviews ended on the way, and workflows continued as new under the flood.
  expect(continued).toBeGreaterThan(0);
}, 120_000);
