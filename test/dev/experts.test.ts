import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lookAtExpertReads } from '../../dev/demo/checks/expert-reads.js';
import { addressOf as trialAddressOf, EXPERTS } from '../../dev/demo/demo-staff.js';
import { startExperts } from '../../dev/demo/experts.js';
import { figuresOfPeople, type PeopleFigures } from '../../dev/demo/figures-of-people.js';
import { openOffice, type Office } from '../../dev/demo/office.js';
import { createPace, type RunningPace } from '../../dev/demo/pace.js';
import type { Mailbox } from '../../dev/mailbox.js';
import type { CodeOwner } from '../../domain/sign-in-code.js';
import { addStaff } from '../../prisma/staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openExpertReview, question } from '../support/expert-review.js';
import { playSteps } from '../support/play-steps.js';
import { catchMail, runSender, senderOf, type RunningSender } from '../support/post.js';
import { addOne, startSignInWeb, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let mailbox: Mailbox;
let sender: RunningSender;
let steps: { stop: () => Promise<void> };
let pace: RunningPace;
let office: Office;
let experts: { stop: () => Promise<void> };
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  const { database } = home;
  await addOne(database, 'ada', 'l2');
  for (const id of Object.keys(EXPERTS)) {
    await addStaff(database, {
      id,
      name: `Invented ${id}`,
      address: trialAddressOf(id),
      roles: ['expert'],
      by: 'test',
    });
  }
  served = await startSignInWeb(database, { accounts: ['ada'] });
  mailbox = await catchMail();
  const { links } = served.web.context;
  const codes = { codeOf: (owner: CodeOwner) => links.code(owner), smtpUrl: mailbox.smtpUrl, site: served.url };
  sender = runSender(senderOf(home, codes));
  steps = playSteps(database);
  pace = createPace({ dayMs: 40, seed: 1 });
  office = openOffice({ database, pace, publicUrl: served.url });
  experts = startExperts(office, mailbox);
}, 240_000);
afterAll(async () => {
  pace.stop();
  await experts.stop();
  await sender.stop();
  await steps.stop();
  await served.stop();
  await mailbox.stop();
  await home.stop();
});

/** Waits until experts stand so. */
async function untilCounted(wanted: Partial<PeopleFigures['experts']>): Promise<void> {
  for (;;) {
    const { experts: counted } = await figuresOfPeople(home.database);
    if (isDeepStrictEqual(counted, { ...counted, ...wanted })) return;
    await pause(50);
  }
}

test('invented experts sign in by a code: one declines, the next answers; one is silent, one is late', async () => {
  const asked = await openExpertReview(home, 'asked');
  await asked.consult([question('9a', 'kira', 'ines')]);
  await untilCounted({ asked: 2, declined: 1, answered: 1 });
  const left = await openExpertReview(home, 'left');
  await left.consult([question('2', 'mona'), question('4', 'lamin')]);
  while ((office.tried['experts_asked'] ?? 0) < 4) await pause(50);
  // The days in which they might have answered are over.
  await left.at('2026-07-16T10:00:00.000Z');
  await untilCounted({ asked: 4, declined: 1, answered: 1, silent: 2, late: 1 });
  pace.stop();
  await experts.stop();
  expect(office.problems).toEqual([]);
  expect(office.tried).toMatchObject({ experts_decline: 1, experts_advise: 2 });
  const { expertReads, hidden } = office;
  expect(expertReads.length).toBeGreaterThan(2);
  expect(await lookAtExpertReads(home.database, { expertReads, hidden })).toEqual([]);
  const codes = mailbox.emails().filter(({ subject }) => subject.startsWith('Your code'));
  expect(codes.map(({ to }) => to).sort()).toEqual(['ines', 'kira', 'mona'].map(trialAddressOf));
}, 240_000);
