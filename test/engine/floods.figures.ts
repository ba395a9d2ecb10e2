import { expect, test } from '@jest/globals';
import { flood } from './floods.js';
import { timed } from './timed.js';

const POSTS = 10_000;

test('10,000 submissions in random orders: one outcome each, no double effect', async () => {
  await timed('floods across continue-as-new', async () => {
    const all = { posts: 0, rows: 0, continued: 0 };
    const seed = Date.now() % 2 ** 31;
    for (let nth = 0; all.posts < POSTS; nth += 1) {
      const { posts, rows, continued } = await flood({ cases: 10, waves: 10, seed: seed + nth });
      all.posts += posts;
      all.rows += rows;
      all.continued += continued;
    }
    expect(all.continued).toBeGreaterThan(0);
    return `seed ${seed}, ${all.posts} posts of ${all.rows} rows, ${all.continued} times continued as new`;
  });
}, 3_600_000);
