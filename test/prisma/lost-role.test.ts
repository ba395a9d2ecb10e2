import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict } from '../support/decided-review.js';
import { answeredReview } from '../support/desk-visit.js';
import { addOne } from '../support/staff-visit.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T09:00:00.000Z');
  await addOne(home.database, 'ada', 'l1');
}, 120_000);
afterAll(() => home.stop());

const meets = [{ section: '2', verdict: 'meets', publicReason: '', internalReason: '' }] as const;

/** Gives a verdict of the first level on a new review; where the review is then, and what its author was told. */
async function judged(slug: string, by: string) {
  const { database } = home;
  const review = await answeredReview(database, slug);
  await giveVerdict(database, review, { level: 'l1', by, sections: meets });
  const { state } = await database.application.findUniqueOrThrow({ where: { id: review.reference } });
  const { outcome } = await database.submission.findFirstOrThrow({
    where: { applicationId: review.reference, kind: 'verdict' },
    include: { outcome: true },
  });
  return { state, says: outcome?.sentence };
}

test.each([
  ['whose role was taken away', { roles: ['l2'] }],
  ['who left', { offAt: new Date('2026-07-10T08:00:00.000Z') }],
])('the verdict of one of ours %s counts for nothing, though it was sent before', async (words, data) => {
  await home.database.staffPerson.update({ where: { id: 'ada' }, data });
  const says = 'You do not review at this level now. Nothing was changed.';
  expect(await judged(words.replaceAll(' ', '-'), 'ada')).toEqual({ state: 'l1', says });
  await home.database.staffPerson.update({ where: { id: 'ada' }, data: { roles: ['l1'], offAt: null } });
});

test('with the role it counts, and so does that of a command which names somebody who is none of ours', async () => {
  expect((await judged('with-role', 'ada')).state).not.toBe('l1');
  expect((await judged('none-of-ours', 'fatou')).state).not.toBe('l1');
});
