import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isDatabaseAway } from '../../prisma/away.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

test('an error that quotes what people typed is no word of a database that is away', async () => {
  const draft = { applicationId: 'x', field: 'y', version: 1, turn: 1, savedAt: new Date('no date') };
  const form = { text: 'The contract was terminated.' };
  const error: unknown = await home.database.draft
    .create({ data: { ...draft, form } })
    .catch((cause: unknown) => cause);
  expect(String(error)).toContain('terminated');
  expect(isDatabaseAway(error)).toBe(false);
});

test('a connection that ends under a query is one', () => {
  expect(isDatabaseAway(new Error('step', { cause: new Error('Connection terminated unexpectedly') }))).toBe(true);
  expect(isDatabaseAway(Object.assign(new Error('x'), { code: '57P01' }))).toBe(true);
  expect(isDatabaseAway(new Error('there is no such request'))).toBe(false);
});
