import { beforeAll, expect, test } from '@jest/globals';
import { lookAtConcerns } from '../../dev/demo/checks/concerns.js';
import { concernBy, confirmed, raise } from '../support/concern-visit.js';
import { listProduct } from '../support/listed-product.js';
import { append, runSteps } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();
const look = () => lookAtConcerns({ database: home.database });

/** A concern that staff answered. */
async function answered(slug: string, kind: 'accept_concern' | 'reject_concern') {
  const caseId = await listProduct(home.database, slug);
  await confirmed(web, slug, { address: `${slug}@reader.example`, sections: ['2'] });
  const { id, sections } = await concernBy(web, `${slug}@reader.example`);
  const reasons = { publicReason: 'Invented.', internalReason: '' };
  const body = { concern: id, ...(kind === 'accept_concern' ? { sections } : {}), ...reasons };
  await append(home.database, caseId, { kind, body });
  await runSteps(home.database, caseId);
  return home.database.concern.findUniqueOrThrow({ where: { id } });
}

let accepted: Awaited<ReturnType<typeof answered>>;
let rejected: typeof accepted;
beforeAll(async () => {
  accepted = await answered('seed-ledger', 'accept_concern');
  rejected = await answered('rain-atlas', 'reject_concern');
  await listProduct(home.database, 'wind-map');
  await raise(web, 'wind-map', { address: 'never@reader.example' });
}, 60_000);

test('finds nothing wrong where an accepted concern is reviewed and a rejected one is not', async () => {
  expect([accepted.stage, rejected.stage]).toEqual(['accepted', 'rejected']);
  expect(await look()).toMatchObject({ tried: 2, problems: [], found: expect.stringContaining('led to 1 review') });
});

test.each<[string, () => Promise<unknown>, () => Promise<unknown>, RegExp]>([
  [
    'a review that asks about something else',
    () => home.database.concern.update({ where: { id: accepted.id }, data: { sections: ['2', '9a'] } }),
    () => home.database.concern.update({ where: { id: accepted.id }, data: { sections: ['2'] } }),
    /which does not ask about it/u,
  ],
  [
    'a rejected concern that is reviewed',
    () => home.database.concern.update({ where: { id: rejected.id }, data: { applicationId: accepted.applicationId } }),
    () => home.database.concern.update({ where: { id: rejected.id }, data: { applicationId: null } }),
    /was rejected, and is reviewed/u,
  ],
  [
    'a review that nobody asked for',
    () => home.database.concern.update({ where: { id: accepted.id }, data: { applicationId: null } }),
    () => home.database.concern.update({ where: { id: accepted.id }, data: { applicationId: accepted.applicationId } }),
    /reviews a concern that nobody raised/u,
  ],
  [
    'an author who was not written to',
    () => home.database.email.updateMany({ where: { concernId: rejected.id }, data: { kind: 'concern_start' } }),
    () => home.database.email.deleteMany({ where: { concernId: rejected.id } }),
    /its author was not written to/u,
  ],
])('finds %s', async (_what, spoil, mend, problem) => {
  await spoil();
  expect((await look()).problems.join('; ')).toMatch(problem);
  await mend();
});
