import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FormerRecord } from '../../domain/former-record.js';
import { withImport, type ImportRun } from '../../prisma/import-run.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { readFiles } from '../support/former-records.js';
import * as old from '../support/former-records.js';
import { facts, feed } from '../support/registry-records.js';

let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase('2026-01-10T08:00:00.000Z');
});
afterEach(() => home.stop());

/** A product that is listed here today, and was a nominee once. */
const listed = {
  ...facts,
  id: 'GID0090077',
  applicationId: '20009',
  name: 'Well Map',
  website: 'https://www.well.example',
  repositories: [],
};

/** Imports files by their paths; what became of each record of the past. */
async function importAll(files: Readonly<Record<string, unknown>>) {
  const found = await readFiles(files);
  const place = (one: { source: string; position: number | null }) => `${one.source} ${one.position ?? ''}`;
  return withImport(home.database, { takenAsNew: [] }, async (run: ImportRun) => {
    const listings = found.flatMap((one) =>
      one.what === 'listing' ? [{ record: one.record, place: place(one) }] : [],
    );
    const former = found.flatMap((one) => (one.what === 'former' ? [{ record: one.record, place: place(one) }] : []));
    const { plan, again } = await run.listings(listings);
    const taken = await run.former(former);
    const { missing, linked } = await run.end({ whole: true });
    return { plan, again, missing, linked, results: taken.map(({ result }) => result) };
  });
}

const slugs = async (): Promise<Readonly<Record<string, string | null>>> => {
  const rows = await home.database.formerRecord.findMany({ orderBy: { id: 'asc' } });
  return Object.fromEntries(rows.map(({ id, slug }) => [id.replace(/:[0-9a-f]{12}$/u, ''), slug]));
};

const history = {
  'nominees/well-map.json': old.nominee,
  'archive/well-map.json': { ...old.nominee, website: 'https://elsewhere.example', repositories: [] },
  'digitalpublicgoods/well-map.json': old.screening,
  'reviews/Well Map_wellfan-7.json': old.opinion,
  'excluded-nominees/salt-forms.json': old.excluded,
  'excluded-nominees/README.md': old.exclusions,
};

describe('records of the past', () => {
  test('find their product by the name of the file and an address, and what belongs to them goes along', async () => {
    expect(await importAll({ 'registry.json': [listed], ...history })).toMatchObject({ linked: 3 });
    expect(await slugs()).toEqual({
      'archived:well-map': null,
      'excluded:salt-forms': null,
      'exclusion:rye-atlas': null,
      'exclusion:salt-forms': null,
      'nominee:well-map': 'well-map',
      'opinion:well-map': 'well-map',
      'screening:well-map': 'well-map',
    });
  });

  test('never find it by name alone', async () => {
    const other = { ...listed, website: 'https://another.example' };
    expect(await importAll({ 'registry.json': [other], ...history })).toMatchObject({ linked: 0 });
  });

  test('find it when the product comes in later', async () => {
    await importAll(history);
    expect(await importAll({ 'registry.json': [listed] })).toMatchObject({ linked: 3 });
  });

  test('of the portal find it by number, DPG id, and the applications before and after them', async () => {
    const numbers: readonly (readonly [string, object])[] = [
      ['20009', {}],
      ['20001', { dpgid: 'GID0090077' }],
      ['20002', { parentId: '20001' }],
      ['20003', { parentId: '20002' }],
      ['20004', { name: 'Well Map', website: 'https://well.example' }],
    ];
    const files = numbers.map(([id, more]) => [`webapp-application/${id}.json`, { id, ...more }] as const);
    await importAll({ 'registry.json': [listed], ...Object.fromEntries(files) });
    expect(await slugs()).toEqual({
      'application:20001': 'well-map',
      'application:20002': 'well-map',
      'application:20003': 'well-map',
      'application:20004': null,
      'application:20009': 'well-map',
    });
  });

  test('read again are unchanged; what differs is changed, and keeps its product', async () => {
    const all = { 'registry.json': [listed], ...history };
    expect((await importAll(all)).results).toEqual(Array(7).fill('new'));
    const before = await home.database.formerRecord.findMany({ orderBy: { id: 'asc' } });
    expect(await importAll(all)).toMatchObject({ results: Array(7).fill('unchanged'), linked: 0 });
    expect(await home.database.formerRecord.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    const changed = await importAll({ ...all, 'nominees/well-map.json': { ...old.nominee, stage: 'nominee' } });
    expect(changed.results.filter((result) => result !== 'unchanged')).toEqual(['changed']);
    const row = await home.database.formerRecord.findUniqueOrThrow({ where: { id: 'nominee:well-map' } });
    expect(row).toMatchObject({ stage: 'nominee', slug: 'well-map' });
  });

  test('name nobody, in any column', async () => {
    await importAll({ ...history, 'webapp-application/20001.json': old.application });
    const everything = JSON.stringify(await home.database.formerRecord.findMany());
    expect(everything).toContain('Well Institute');
    expect(everything).not.toMatch(/Jean-Luc|wells@|wellfan|other-fan|harm@|555/u);
  });

  test('once more under the same name in the same files are left, and the first one counts', async () => {
    const again = { ...old.nominee, description: 'Another' };
    const done = await importAll({ 'a/nominees/well-map.json': old.nominee, 'b/nominees/well-map.json': again });
    expect(done.results).toEqual(['new', 'again']);
    const { details } = await home.database.formerRecord.findUniqueOrThrow({ where: { id: 'nominee:well-map' } });
    expect((details as unknown as FormerRecord).description).toContain('Finds wells.');
  });
});

describe('a second record of a listed product in the same files', () => {
  const both = { 'dates.json': [{ ...facts, id: 'GID0090002', name: 'Rain Atlas' }], 'feed.json': [feed] };

  test('fills gaps of a new product, and changes nothing else', async () => {
    const done = await importAll(both);
    expect(done.again).toEqual([expect.objectContaining({ id: 'GID0090002', filled: true, first: 'dates.json 1' })]);
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'rain-atlas' } });
    expect(listing).toMatchObject({ website: 'https://seed.example', description: 'Maps of rain.\nFor everyone.' });
    expect(await home.database.answerSet.count()).toBe(2);
    expect(await home.database.submission.count()).toBe(0);
    const later = await importAll(both);
    expect([later.plan.unchanged, later.plan.update, later.again[0]?.filled]).toEqual([['rain-atlas'], [], false]);
    expect(await home.database.answerSet.count()).toBe(2);
  });

  test('fills gaps of a product that was here, and its case hears of it', async () => {
    await importAll({ 'dates.json': both['dates.json'] });
    expect((await importAll(both)).again[0]?.filled).toBe(true);
    const rows = await home.database.submission.findMany();
    expect(rows.map(({ caseId, kind }) => [caseId, kind])).toEqual([['dpg/rain-atlas', 'listing_changed']]);
  });
});

test('an import that fails half-way leaves no new product and nothing of the past', async () => {
  const [one] = await readFiles({ 'registry.json': [listed] });
  if (one?.what !== 'listing') throw new Error('it was not read');
  const failing = withImport(home.database, { takenAsNew: [] }, async (run) => {
    await run.listings([{ record: one.record, place: '1' }]);
    throw new Error('the disk is gone');
  });
  await expect(failing).rejects.toThrow('the disk is gone');
  expect(await home.database.listing.count()).toBe(0);
});
