import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { formTo, openStaffBrowser } from '../../dev/demo/staff-browser.js';
import { startCampaignOnConsole } from '../../dev/demo/start-campaign.js';
import { openOffice } from '../../dev/demo/office.js';
import { createPace } from '../../dev/demo/pace.js';
import { trespass } from '../../dev/demo/trespass.js';
import { addTrialStaff } from '../../dev/trial-sign-in.js';
import { DEMO_STAFF } from '../../dev/demo/demo-staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview } from '../support/demo-review.js';
import { addressOf, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let pages: SignInWeb;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  // The provider of tests has addresses of its own.
  const people = DEMO_STAFF.map((person) => ({ ...person, address: addressOf(person.id) }));
  await addTrialStaff(home.database, people);
  await openDemoReview(home, { slug: 'seedling', caught: [] });
  pages = await startSignInWeb(home.database, { accounts: people.map(({ id }) => id) });
}, 60_000);
afterAll(async () => {
  await pages.stop();
  await home.stop();
});
const browserOf = (account: string) => openStaffBrowser({ account, publicUrl: pages.url });

test('somebody of the staff signs in on the way to a page, and again when a form says that the session is over', async () => {
  const browser = browserOf('fatou');
  const page = await browser.open('/console/campaigns/new');
  expect(page).toMatchObject({ status: 200, h1: 'Plan a campaign' });
  const form = formTo(page, /\/campaigns\/plan$/u);
  if (form === null) throw new Error('there is no form');
  await browser.leave();
  const plan = await browser.submit(form, { name: 'kept-2026' });
  expect([plan.h1, browser.sentAgain()]).toEqual(['The plan of kept-2026', 1]);
});

test('a campaign is started by its name typed back, and not twice with another scope', async () => {
  const scope = { name: 'annual-2026', perDay: 10, include: ['seedling'], exclude: [] };
  await startCampaignOnConsole(browserOf('fatou'), scope);
  expect(await home.database.campaign.findMany()).toMatchObject([{ name: 'annual-2026', startedBy: 'fatou' }]);
  await expect(startCampaignOnConsole(browserOf('ada'), scope)).rejects.toThrow('The console has no form');
});

test('whatever is tried without the right to is refused and changes nothing', async () => {
  // One question was to her as well, and one to somebody else alone.
  const { id: applicationId } = await home.database.application.findFirstOrThrow();
  const at = new Date();
  for (const [number, experts] of [['kira', 'ines'], ['jonas']].entries()) {
    const advices = { create: experts.map((expert) => ({ expert, stage: 'invited', at, invitedAt: at })) };
    const asked = { applicationId, number: number + 1, section: '2', question: 'Is it enough?', by: 'ezra' };
    await home.database.consultation.create({ data: { ...asked, answersVersion: 1, at, advices } });
  }
  const pace = createPace({ dayMs: 1_000, seed: 1 });
  const attempts = await trespass(openOffice({ database: home.database, pace, publicUrl: pages.url }));
  expect(attempts.length).toBeGreaterThan(8);
  expect(attempts.filter(({ refused, changed }) => !refused || changed)).toEqual([]);
  const chen = await home.database.staffPerson.findUniqueOrThrow({ where: { id: 'chen' } });
  expect(chen.roles).toEqual(['l1']);
});
