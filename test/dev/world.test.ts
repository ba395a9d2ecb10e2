import { expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { TODAY } from '../../dev/demo/prepare.js';
import { HABITS } from '../../dev/demo/types.js';
import { planDemo } from '../../dev/demo/world.js';

const { records } = await readRegistryFiles('dev/registry-2026-07-10.json');
const plan = (take: number, seed: number) => planDemo({ records, today: TODAY, take, seed, visitor: true });

test('what is left for the visitor is never picked for the campaign, however few products there are', () => {
  for (let take = 1; take <= 20; take += 1) {
    for (const seed of [1, 2, 3, 4]) {
      const { handPicked, visitor } = plan(take, seed);
      expect([take, seed, visitor, handPicked.includes(take - 1)]).toEqual([take, seed, take - 1, false]);
    }
  }
});

test('the silent one of the first handles personal data, so that silence cannot answer for it', () => {
  for (const seed of [1, 2, 3, 4]) {
    const { facts } = plan(12, seed).records[HABITS.indexOf('silent')] ?? {};
    expect([seed, facts?.piiHandling]).toEqual([seed, expect.stringMatching(/^collected/u)]);
  }
});
