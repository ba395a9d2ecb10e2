import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { step } from '../../prisma/step.js';
import { giveVerdict } from '../support/decided-review.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { append, Browser, runSteps, webOver, type Web } from '../support/owner-visit.js';
import { addOne } from '../support/staff-visit.js';

// A nomination that is decided twice: by an appeal, or because its approval was looked at again.

const meets = { section: '2', verdict: 'meets', publicReason: 'It is open.', internalReason: '' } as const;
const fails = { ...meets, verdict: 'does_not_meet', publicReason: 'It is not open any more.' } as const;

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await addOne(home.database, 'cleo', 'l2');
}, 60_000);
afterAll(() => home.stop());

type One = Awaited<ReturnType<typeof nominatedUpTo>>;

async function says({ caseId, reference }: One, kind: string, body: object): Promise<void> {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  await append(home.database, caseId, { kind, body, reference, round });
  await runSteps(home.database, caseId);
}

const listingOf = (slug: string) => home.database.listing.findUniqueOrThrow({ where: { slug } });
const page = async (path: string) => (await new Browser(web.app).get(path)).html;
const emailsOf = async (applicationId: string) =>
  (await home.database.email.findMany({ where: { applicationId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind);

test('an appeal that wins brings the product onto the list, with the slug that it had, an id and a case', async () => {
  const names = { product: 'Tide Table', website: 'https://tide.example.org', address: 'a@tide.example' };
  const one = await nominatedUpTo(web, { upTo: 'ineligible', ...names });
  expect(await page('/excluded')).toContain('Tide Table');
  await says(one, 'appeal', { text: 'The licence is in a folder.' });
  expect((await home.database.application.findUniqueOrThrow({ where: { id: one.reference } })).state).toBe('appeal');
  expect(await page('/excluded')).not.toContain('Tide Table');
  expect(await page('/nominees')).toContain('Tide Table');
  await giveVerdict(home.database, one, { level: 'appeal', by: 'cleo', sections: [meets] });
  expect(await listingOf('tide-table')).toMatchObject({
    ...{ nominated: null, dpgId: `DPG-${one.reference}`, removedOn: null, opensByItself: true },
    validUntil: new Date('2027-07-10'),
  });
  expect(await step(home.database, { caseId: 'dpg/tide-table', armedFor: null })).toMatchObject({
    state: 'asleep',
    next: { what: 'open' },
  });
  expect(await page('/r/tide-table')).toContain('The product is listed as a digital public good.');
  expect((await emailsOf(one.reference)).at(-1)).toBe('appeal_decided');
});

test('an approval that is looked at again and holds leaves date, id and case as they were', async () => {
  const names = { product: 'Rain Atlas', website: 'https://rain.example.org', address: 'a@rain.example' };
  const one = await nominatedUpTo(web, { upTo: 'approved', ...names });
  const before = await listingOf('rain-atlas');
  await says(one, 'reconsider', { level: 'l2', publicReason: 'The licence changed.', internalReason: '' });
  expect(await page('/r/rain-atlas')).toContain('The product is listed as a digital public good.');
  await home.setClock('2026-07-20T08:00:00.000Z');
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [meets] });
  const { dpgId, validUntil, removedOn } = await listingOf('rain-atlas');
  expect([dpgId, validUntil, removedOn]).toEqual([before.dpgId, before.validUntil, null]);
  expect(await home.database.case.count({ where: { slug: 'rain-atlas', workflow: 'certification' } })).toBe(1);
});

test('an approval that does not hold takes the product from the list, and nobody asks its owner the year after', async () => {
  const names = { product: 'Seed Ledger', website: 'https://seed.example.org', address: 'a@seed.example' };
  const one = await nominatedUpTo(web, { upTo: 'approved', ...names });
  await says(one, 'reconsider', { level: 'l2', publicReason: 'The licence changed.', internalReason: '' });
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  const { removedOn, removedBecause } = await listingOf('seed-ledger');
  expect([removedOn === null, removedBecause]).toEqual([false, 'ineligible']);
  const shown = await page('/r/seed-ledger');
  expect(shown).toContain('It is no longer listed.');
  expect(shown).toContain('It is not open any more.');
  await home.setClock('2027-06-01T08:00:00.000Z');
  const caseId = 'dpg/seed-ledger';
  await runSteps(home.database, caseId);
  // What is due by then is acted on, as the case's own timer would.
  const { agenda } = await home.database.case.findUniqueOrThrow({ where: { id: caseId } });
  for (const { id } of agenda as { id: string }[]) await step(home.database, { caseId, armedFor: id });
  const reviews = await home.database.application.findMany({ where: { slug: 'seed-ledger' } });
  expect(reviews.map(({ kind }) => kind)).toEqual(['nomination']);
});
