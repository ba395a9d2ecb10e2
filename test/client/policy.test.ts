import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPolicies } from '../../prisma/policies.js';
import { AT_ONCE } from '../support/at-once.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { perennial } from '../support/command.js';

let home: TestDatabase;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

const says = (...words: string[]) => perennial(home.url, ...words);

describe('perennial policy', () => {
  test('chooses for one kind what reviews start with; the others stay', async () => {
    const said = await says('policy', 'set', 'annual_review', 'rule=both_agree', 'holdMinutes=30');
    expect(said).toMatch(/rule +both_agree\n[^]*reviews that open from now on/u);
    const { annual_review: annual, nomination } = await readPolicies(home.database);
    expect(annual).toMatchObject({ rule: 'both_agree', holdMinutes: 30, ownerDays: 60 });
    expect(nomination).toMatchObject({ rule: 'l2_decides', ...AT_ONCE.nomination });
    expect(JSON.parse(await says('policy', 'show', '--json'))).toMatchObject({
      annual_review: { holdMinutes: 30 },
    });
  });

  test.each([
    ['annual', 'rule=l1_only', 'no kind of review'],
    ['privacy', 'levels=l3', 'levels=l3 will not do'],
    ['privacy', 'ownerDays=1', 'ownerDays=1 will not do'],
    ['privacy', 'reminders=1', 'Give NAME=VALUE with one of ownerDays'],
    ['privacy', 'holdMinutes', 'Give NAME=VALUE'],
  ])('%s %s is refused in words, and changes nothing', async (kind, choice, words) => {
    const before = await readPolicies(home.database);
    await expect(says('policy', 'set', kind, choice)).rejects.toThrow(words);
    expect(await readPolicies(home.database)).toEqual(before);
  });
});
