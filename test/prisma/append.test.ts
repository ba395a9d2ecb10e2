import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendSubmission } from '../../prisma/append.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openReview } from '../support/owner-visit.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T09:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

test('of rows of one key that come at once for two cases one is appended, and the other one is told so', async () => {
  const [one, two] = [
    await openReview(home.database, { slug: 'one-case' }),
    await openReview(home.database, { slug: 'two-case' }),
  ];
  for (const key of ['first', 'second', 'third', 'fourth', 'fifth']) {
    const row = {
      key,
      applicationId: null,
      round: null,
      kind: 'link_used',
      role: 'owner',
      actor: '1',
      body: {},
    } as const;
    const appended = await Promise.all(
      [one, two].map(({ caseId }) => appendSubmission(home.database, { ...row, caseId })),
    );
    expect(appended.filter((became) => 'id' in became)).toHaveLength(1);
    expect(appended).toContainEqual({ problem: 'other_content' });
    expect(await home.database.submission.count({ where: { key } })).toBe(1);
  }
});
