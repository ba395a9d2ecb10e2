import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { comeBack, keepAbsences } from '../../dev/demo/absences.js';
import type { Reviewer, Sitting } from '../../dev/demo/at-the-desk.js';
import { openOffice } from '../../dev/demo/office.js';
import { createPace } from '../../dev/demo/pace.js';
import { openStaffBrowser } from '../../dev/demo/staff-browser.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let pages: SignInWeb;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  for (const id of ['ada', 'abe']) await addOne(home.database, id, 'l1');
  pages = await startSignInWeb(home.database, { accounts: ['ada', 'abe'] });
}, 60_000);
afterAll(async () => {
  await pages.stop();
  await home.stop();
});

test.each([
  ['waits until the days are over', 'after', '2026-07-16', 'came_back', '2026-07-15'],
  ['says before that they are here', 'early', '2026-07-24', 'came_back_early', null],
] as const)('an invented reviewer who is away %s', async (_, comesBack, back, word, until) => {
  const { database } = home;
  const pace = createPace({ dayMs: 1_000, seed: 1 });
  const office = openOffice({ database, pace, publicUrl: pages.url });
  const reviewers = ['ada', 'abe'].map((id): Reviewer => {
    const browser = openStaffBrowser({ account: id, publicUrl: pages.url });
    return { id, level: 'l1', browser, conflicts: new Set(), judged: new Set() };
  });
  const [reviewer] = reviewers;
  if (reviewer === undefined) throw new Error('there are two');
  const absences = keepAbsences(office, reviewers);
  // All that is read of it.
  const sitting = { reviewer, about: { slug: 'seedling' } } as Sitting;
  await home.setClock(comesBack === 'early' ? '2026-07-22T08:00:00.000Z' : '2026-07-10T08:00:00.000Z');
  expect(await absences.leave(sitting, comesBack)).toBe(true);
  expect([absences.deputyOf('ada'), await absences.whoIsBack()]).toEqual(['abe', []]);
  await home.setClock(`${back}T08:00:00.000Z`);
  expect([await absences.whoIsBack(), await absences.whoIsBack()]).toEqual([['ada'], []]);
  await comeBack(office, absences, reviewer);
  expect(absences.deputyOf('ada')).toBeNull();
  expect([office.tried['away'], office.tried[word], office.problems]).toEqual([1, 1, []]);
  const { awayUntil } = await database.staffPerson.findUniqueOrThrow({ where: { id: 'ada' } });
  expect(awayUntil?.toISOString().slice(0, 10) ?? null).toBe(until);
});
