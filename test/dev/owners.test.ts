import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lookAtRemovals } from '../../dev/demo/checks/removals.js';
import { lookAtScanners } from '../../dev/demo/checks/scanners.js';
import { lostRows } from '../../dev/demo/checks/lost.js';
import { act } from '../../dev/demo/deeds.js';
import { createPool, type Matter, type Stage } from '../../dev/demo/matter.js';
import { startOwners, type Owners } from '../../dev/demo/owners.js';
import { createPace } from '../../dev/demo/pace.js';
import { HABITS } from '../../dev/demo/types.js';
import { startFastDays } from '../support/fast-days.js';

let days: Awaited<ReturnType<typeof startFastDays>>;
let owners: Owners;
beforeAll(async () => {
  days = await startFastDays({ take: 14, seed: 1, dayMs: 500 });
  owners = startOwners(days);
  await days.untilClosed(450);
  days.pace.stop();
  await owners.stop();
}, 420_000);
afterAll(() => days.stop());

test('people of every habit go through their reviews by emails and pages alone, and nothing unexpected happens', async () => {
  expect(owners.problems).toEqual([]);
  expect(days.pageFailures).toEqual([]);
  expect(await days.database.campaign.findFirst()).toMatchObject({ state: 'closed' });
  // Whether somebody who is late still finds it open depends on how fast the reviewers are.
  const shown = HABITS.filter((habit) => habit !== 'silent' && habit !== 'late');
  for (const habit of shown) expect([habit, owners.tried[habit] ?? 0]).not.toEqual([habit, 0]);
});

test('what they were told was received is there as they typed it', async () => {
  expect(owners.told.length).toBeGreaterThan(10);
  expect(await lostRows(days.database, owners.told)).toEqual([]);
});

test('the silent one of the first is asked, reminded and asked again, and then ended by a person', async () => {
  const [slug] = days.world.people.find(({ habit }) => habit === 'silent')?.slugs ?? [];
  const ended = await days.database.decision.findFirst({ where: { application: { slug: slug ?? '' } } });
  expect(ended).toMatchObject({ by: 'fatou' });
  // Where days pass faster than reminders go, staff may not call it unanswered, and close it.
  expect(['unanswered', 'closed_elsewhere']).toContain(ended?.result);
  expect(await lookAtRemovals({ database: days.database, world: days.world })).toMatchObject({ problems: [] });
});

test('link scanners changed nothing', async () => {
  expect(await lookAtScanners({ database: days.database, tried: owners.tried })).toMatchObject({ problems: [] });
});

test('whoever lost a part of a link asks for a new one, and gets it by email', async () => {
  const [person] = days.world.people;
  const email = days.mailbox.emails().find(({ to, subject }) => to === person?.address && /confirm/u.test(subject));
  const link = email?.links[0];
  if (person === undefined || link === undefined) throw new Error('nobody was asked');
  const reference = new URL(link).pathname.split('/')[2] ?? '';
  const pace = createPace({ dayMs: 600, seed: 1 });
  const stage: Stage = {
    ...{ pace, publicUrl: days.publicUrl, send: fetch, told: [], problems: [], planted: [] },
    ...{ reserved: [], tried: {} },
    acting: createPool(1),
  };
  const matter: Matter = {
    ...{ reference, person, plot: {}, request: null, random: () => 0.5, link, visits: 0, typed: {} },
    ...{ done: false, reminded: false, asksAgain: false, played: false },
  };
  await act(stage, matter, 'new_link');
  expect(stage).toMatchObject({ problems: [], tried: { asked_new_link: 1 } });
  const fresh = await days.mailbox.waitFor(
    ({ to, subject }) => to === person.address && /your link to the review/u.test(subject),
  );
  expect(fresh.links[0]).toMatch(/\/answer\/\d{4}-\w{5}\/[\w-]{43}$/u);
});
