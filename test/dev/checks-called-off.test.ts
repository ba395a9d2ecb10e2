import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookAtEmails } from '../../dev/demo/checks/emails.js';
import { lookAtRights } from '../../dev/demo/checks/rights.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openExpertReview, question, type ExpertReview } from '../support/expert-review.js';
import { addOne } from '../support/staff-visit.js';

let home: TestDatabase;
let review: ExpertReview;
const caught: CaughtEmail[] = [];
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await addOne(home.database, 'fatou', 'secretariat');
  await addOne(home.database, 'ada', 'l2');
  await addOne(home.database, 'ben', 'l1');
  await addOne(home.database, 'eve', 'expert');
  caught.length = 0;
  review = await openExpertReview(home, 'called-off', caught);
  await review.consult([question('9a', 'eve')]);
  await review.deliver();
  await review.accept('eve');
  await review.callOff();
  await review.deliver();
}, 60_000);
afterEach(() => home.stop());

describe('a question to an expert that was called off', () => {
  test('is told to them once, and found if it was not', async () => {
    const look = async () =>
      (await lookAtEmails({ database: home.database, mailbox: { emails: () => caught }, struck: false })).problems;
    expect(await look()).toEqual([]);
    const told = await home.database.email.findFirstOrThrow({ where: { kind: 'expert_called_off' } });
    expect(told).toMatchObject({ personId: 'eve', state: 'sent' });
    await home.database.email.delete({ where: { id: told.id } });
    expect(await look()).toEqual([expect.stringMatching(/expert called off for row \d+ does not exist/u)]);
  });

  test('may bring late advice, which is found if it counts as in time', async () => {
    const refused = { what: 'a reviewer closes a review', refused: true, changed: false };
    const look = async () => (await lookAtRights({ database: home.database, attempts: [refused] })).problems;
    await review.at('2026-07-11T08:00:00.000Z');
    await review.advise('eve');
    expect(await home.database.advice.findMany()).toMatchObject([{ expert: 'eve', late: true }]);
    expect(await look()).toEqual([]);
    await home.database.advice.updateMany({ data: { late: false } });
    expect(await look()).toEqual([`${review.reference}: advice on a question that was closed counts as in time`]);
  });
});
