import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { throughPool } from '../../activities/link-pool.js';

const never = new AbortController().signal;
const hostOf = (item: string) => item.split('/')[0] ?? '';

/** Runs items through the pool; what was worked on, and the most at once, in all and of one host. */
async function run(items: readonly string[], signal = never, work: (item: string) => Promise<void> = () => turn()) {
  const busy: string[] = [];
  const done: string[] = [];
  let [most, mostOfHost] = [0, 0];
  await throughPool({
    ...{ items, hostOf, atOnce: 3, signal },
    work: async (item) => {
      busy.push(hostOf(item));
      most = Math.max(most, busy.length);
      mostOfHost = Math.max(mostOfHost, busy.filter((host) => host === hostOf(item)).length);
      await work(item).finally(() => busy.splice(busy.indexOf(hostOf(item)), 1));
      done.push(item);
    },
  });
  return { most, mostOfHost, done };
}

describe('the pool', () => {
  test('does everything, so many at once, never two of one host', async () => {
    const items = Array.from({ length: 60 }, (_, index) => `host${index % 5}/${index}`);
    const { most, mostOfHost, done } = await run(items);
    expect([most, mostOfHost, [...done].sort()]).toEqual([3, 1, [...items].sort()]);
  });

  test('lets hosts take turns, so that the many links of one keep no other waiting', async () => {
    const { done } = await run([...Array.from({ length: 20 }, (_, index) => `large/${index}`), 'a/1', 'b/1', 'c/1']);
    expect(done.slice(0, 6)).toEqual(expect.arrayContaining(['a/1', 'b/1', 'c/1']));
  });

  test('begins nothing more once it is to end, or once something failed', async () => {
    const ending = new AbortController();
    const { done } = await run(['a/1', 'a/2', 'b/1', 'c/1', 'd/1'], ending.signal, () => {
      ending.abort();
      return turn();
    });
    expect(done).toEqual(['a/1']);
    const failing = () => Promise.reject(new Error('away'));
    await expect(run(['a/1', 'a/2'], never, failing)).rejects.toThrow('away');
  });
});
