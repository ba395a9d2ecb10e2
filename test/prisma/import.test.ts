import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ListingRecord } from '../../domain/listing-record.js';
import { appendSubmission } from '../../prisma/append.js';
import { importListings } from '../../prisma/import.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { facts, feed, read, readOne } from '../support/registry-records.js';

const START = '2026-01-10T08:00:00.000Z';
let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase(START);
});
afterEach(() => home.stop());

const rain = { ...feed, description: 'Maps of rain.' };
const both = async (): Promise<readonly ListingRecord[]> => (await read([facts, rain])).records;

const rowsOf = (slug: string) =>
  home.database.submission.findMany({ where: { caseId: `dpg/${slug}` }, include: { outcome: true } });

describe('importing listings', () => {
  test('a new product gets its listing, its case with the opening of its review, and answers that nobody confirmed', async () => {
    const plan = await importListings(home.database, { records: await both() });
    expect(plan.create.map(({ slug }) => slug)).toEqual(['seed-ledger', 'rain-atlas']);
    const seed = await home.database.listing.findUniqueOrThrow({ where: { slug: 'seed-ledger' } });
    expect(seed).toMatchObject({ dpgId: 'GID0090001', opensByItself: true, piiHandling: 'collected_stored' });
    expect(seed.validUntil?.toISOString()).toBe('2026-09-01T00:00:00.000Z');
    const cases = await home.database.case.findMany({ orderBy: { id: 'desc' } });
    expect(cases.map(({ id, nextDueAt }) => [id, nextDueAt?.toISOString() ?? null])).toEqual([
      ['dpg/seed-ledger', '2026-07-03T00:00:00.000Z'],
      // Without a known date its review waits for a person.
      ['dpg/rain-atlas', null],
    ]);
    const answers = await home.database.answerSet.findFirstOrThrow({ where: { slug: 'seed-ledger' } });
    expect(answers).toMatchObject({ by: 'import', confirmed: [], applicationId: null });
    expect(answers.answers).toMatchObject({ name: 'Seed Ledger', licences: ['MIT'], pii_level: 'collected_stored' });
    expect(answers.publishedAt).not.toBeNull();
  });

  test('nobody named in a file becomes a contact, and no name or address of theirs is written anywhere', async () => {
    await importListings(home.database, { records: await both() });
    expect(await home.database.contact.count()).toBe(0);
    const everything = JSON.stringify([
      await home.database.listing.findMany(),
      await home.database.answerSet.findMany(),
      await home.database.submission.findMany(),
    ]);
    expect(everything).toContain('Maps of rain');
    expect(everything).not.toMatch(/Ada Raine|ada@/u);
  });

  test('the same files again change nothing and tell no case anything', async () => {
    const records = await both();
    await importListings(home.database, { records });
    const again = await importListings(home.database, { records });
    expect(again).toMatchObject({ create: [], update: [], unchanged: ['seed-ledger', 'rain-atlas'], missing: [] });
    expect(await home.database.listing.count()).toBe(2);
    expect(await home.database.answerSet.count()).toBe(2);
    expect(await home.database.submission.count()).toBe(0);
  });

  test('two imports at once make each product once', async () => {
    const records = await both();
    await Promise.all([1, 2, 3].map(() => importListings(home.database, { records })));
    expect(await home.database.listing.count()).toBe(2);
    expect(await home.database.answerSet.count()).toBe(2);
  });

  test('changed facts are written, an absent field blanks nothing, and the sleeping case hears of it', async () => {
    await importListings(home.database, { records: await both() });
    const changed = await readOne({ ...facts, licenses: ['Apache-2.0'], website: '', repositories: [] });
    const plan = await importListings(home.database, { records: [changed, ...(await both()).slice(1)] });
    expect(plan.update.map(({ slug }) => slug)).toEqual(['seed-ledger']);
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'seed-ledger' } });
    expect(listing).toMatchObject({ licences: ['Apache-2.0'], website: 'https://seed.example' });
    expect(listing.repositories).toEqual(['https://github.com/seed-example/ledger']);
    expect((await rowsOf('seed-ledger')).map(({ kind, role }) => [kind, role])).toEqual([
      ['listing_changed', 'import'],
    ]);
    expect(await rowsOf('rain-atlas')).toEqual([]);
    const result = await step(home.database, { caseId: 'dpg/seed-ledger', armedFor: null });
    expect(result).toMatchObject({ state: 'asleep', next: { what: 'open', due: '2026-07-03T00:00:00.000Z' } });
    expect((await importListings(home.database, { records: [changed] })).update).toEqual([]);
  });

  test('a later approval made elsewhere moves the opening of the sleeping case, by its own step', async () => {
    await importListings(home.database, { records: [await readOne(facts)] });
    const anew = { ...facts, currentApprovalFirstSeenOn: '2026-01-05', nominalExpiryOn: '2027-01-05' };
    await importListings(home.database, { records: [await readOne(anew)] });
    const where = { where: { slug: 'seed-ledger' } };
    expect((await home.database.listing.findUniqueOrThrow(where)).validUntil?.getUTCFullYear()).toBe(2026);
    const result = await step(home.database, { caseId: 'dpg/seed-ledger', armedFor: null });
    expect(result.next).toMatchObject({ what: 'open', due: '2026-11-06T00:00:00.000Z' });
    const listing = await home.database.listing.findUniqueOrThrow(where);
    expect(listing.validUntil?.toISOString()).toBe('2027-01-05T00:00:00.000Z');
    expect(listing.approvedOn?.toISOString()).toBe('2026-01-05T00:00:00.000Z');
  });

  test('a later approval made elsewhere ends an open annual review, and the listing has the new date', async () => {
    await importListings(home.database, { records: [await readOne(facts)] });
    await home.setClock('2026-07-10T08:00:00.000Z');
    const caseId = 'dpg/seed-ledger';
    const row = { caseId, applicationId: null, round: null, role: 'secretariat', actor: 'fatou' } as const;
    const body = { campaign: null, handPicked: true, cause: 'command' };
    await appendSubmission(home.database, { ...row, key: 'wake', kind: 'wake', body });
    expect((await step(home.database, { caseId, armedFor: null })).state).toBe('owner');
    const anew = { ...facts, currentApprovalFirstSeenOn: '2026-07-09', nominalExpiryOn: '2027-07-09' };
    await importListings(home.database, { records: [await readOne(anew)] });
    const result = await step(home.database, { caseId, armedFor: null });
    expect(result).toMatchObject({ state: 'asleep', reviewEnded: true, next: { due: '2027-05-10T00:00:00.000Z' } });
    const decision = await home.database.decision.findFirstOrThrow();
    expect(decision).toMatchObject({ result: 'closed_elsewhere', reasons: [] });
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'seed-ledger' } });
    expect(listing.validUntil?.toISOString()).toBe('2027-07-09T00:00:00.000Z');
    expect(listing.removedOn).toBeNull();
  });

  test('what an owner answered here is not turned back by the next file', async () => {
    const record = await readOne(facts);
    await importListings(home.database, { records: [record] });
    const at = new Date(START);
    const owners = { slug: 'seed-ledger', version: 1, by: 'owner', standard: 'x', forReviewers: {}, at };
    await home.database.answerSet.create({
      data: { ...owners, answers: { pii_level: 'none' }, confirmed: ['pii_level'], publishedAt: at },
    });
    const plan = await importListings(home.database, { records: [record] });
    expect(plan.update).toEqual([]);
    expect(await home.database.answerSet.count()).toBe(2);
  });

  test('a product that the file lacks is marked and stays listed; back in a file it is not missing', async () => {
    const records = await both();
    await importListings(home.database, { records });
    const plan = await importListings(home.database, { records: records.slice(0, 1) });
    expect(plan.missing).toEqual(['rain-atlas']);
    const where = { where: { slug: 'rain-atlas' } };
    expect(await home.database.listing.findUniqueOrThrow(where)).toMatchObject({ removedOn: null });
    expect((await home.database.listing.findUniqueOrThrow(where)).missingSince).not.toBeNull();
    await importListings(home.database, { records });
    expect((await home.database.listing.findUniqueOrThrow(where)).missingSince).toBeNull();
  });

  test('a record that resembles a product here is set aside, until staff take it as new', async () => {
    await importListings(home.database, { records: [await readOne(facts)] });
    const twin = await readOne({ ...facts, id: 'GID0099999' });
    const records = [await readOne(facts), twin];
    const plan = await importListings(home.database, { records });
    expect(plan.setAside.map(({ alike }) => alike)).toEqual([['seed-ledger']]);
    expect(await home.database.listing.count()).toBe(1);
    const taken = await importListings(home.database, { records, takenAsNew: ['GID0099999'] });
    expect(taken.create).toHaveLength(1);
    expect(await home.database.case.count()).toBe(2);
  });
});
