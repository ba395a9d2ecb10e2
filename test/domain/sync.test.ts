import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { reportOf, type ListingRecord } from '../../domain/listing-record.js';
import { opensByItself, planSync, type ExistingListing, type SyncPlan } from '../../domain/sync.js';

const today = '2026-07-10';

const record = (over: Partial<ListingRecord> = {}): ListingRecord => ({
  dpgId: 'GID0090001',
  applicationId: '12001',
  name: 'Seed Ledger',
  description: 'Keeps seed records.',
  website: 'https://seed.example',
  repositories: ['https://github.com/seed-example/ledger'],
  licences: ['MIT'],
  sdgs: [2],
  types: ['Open Software'],
  firstListedOn: '2024-01-05',
  approvedOn: '2025-09-01',
  validUntil: '2026-09-01',
  facts: {
    piiHandling: 'none',
    contentHandling: null,
    userInteraction: 'no',
    collectsNonPii: 'yes',
    usesClosedComponents: 'no',
  },
  answers: { name: 'Seed Ledger', laws: ['GDPR'] },
  ...over,
});

const listing = (over: Partial<ExistingListing> = {}): ExistingListing => ({
  ...record(),
  slug: 'seed-ledger',
  decidedHereOn: null,
  removed: false,
  ...over,
});

const plan = (records: readonly ListingRecord[], existing: readonly ExistingListing[]): SyncPlan =>
  planSync({ records, existing, today });

describe('a listing that is here', () => {
  test('read again without a change is unchanged', () => {
    expect(plan([record()], [listing()])).toEqual({
      create: [],
      update: [],
      unchanged: ['seed-ledger'],
      missing: [],
      elsewhereListed: [],
      setAside: [],
      older: [],
      kept: [],
      forStaff: [],
    });
  });

  test('takes what differs, and keeps its slug under a new name', () => {
    const changed = record({
      name: 'Seed Book',
      sdgs: [2, 12],
      facts: { ...record().facts, piiHandling: 'collected' },
    });
    expect(plan([changed], [listing()]).update).toEqual([
      {
        slug: 'seed-ledger',
        changes: { name: 'Seed Book', sdgs: [2, 12], facts: { piiHandling: 'collected' } },
        validity: null,
      },
    ]);
  });

  test('loses nothing to a file that does not say', () => {
    const silent = record({
      applicationId: null,
      description: null,
      website: null,
      repositories: [],
      licences: [],
      sdgs: [],
      types: [],
      firstListedOn: null,
      approvedOn: null,
      validUntil: null,
      facts: {
        piiHandling: null,
        contentHandling: null,
        userInteraction: null,
        collectsNonPii: null,
        usesClosedComponents: null,
      },
      answers: {},
    });
    expect(plan([silent], [listing()]).unchanged).toEqual(['seed-ledger']);
  });

  test('gets answers that are new or differ, and only those', () => {
    const told = record({ answers: { name: 'Seed Ledger', laws: ['GDPR', 'Law 25'], owner: 'Seed Trust' } });
    expect(plan([told], [listing()]).update[0]?.changes).toEqual({
      answers: { laws: ['GDPR', 'Law 25'], owner: 'Seed Trust' },
    });
  });

  test('a later approval elsewhere goes to the case as validity, with its number', () => {
    const anew = record({ applicationId: '13000', approvedOn: '2026-06-01', validUntil: '2027-06-01' });
    expect(plan([anew], [listing()]).update).toEqual([
      {
        slug: 'seed-ledger',
        changes: { applicationId: '13000' },
        validity: { applicationId: '13000', approvedOn: '2026-06-01', validUntil: '2027-06-01', laterApproval: true },
      },
    ]);
  });

  test('a corrected expiry of the same approval is validity, but no later approval', () => {
    const [update] = plan([record({ validUntil: '2026-10-01' })], [listing()]).update;
    expect(update?.validity).toMatchObject({ validUntil: '2026-10-01', laterApproval: false });
  });

  test('the first date of a listing without one is no later approval', () => {
    const result = plan([record()], [listing({ approvedOn: null, validUntil: null })]);
    expect(result.update[0]?.validity).toMatchObject({ approvedOn: '2025-09-01', laterApproval: false });
    expect(result).toMatchObject({ older: [], forStaff: [] });
  });

  test('an older file sets nothing back', () => {
    const result = plan(
      [record({ name: 'Old Name', approvedOn: '2024-09-01', validUntil: '2025-09-01' })],
      [listing()],
    );
    expect(result).toMatchObject({ older: ['seed-ledger'], update: [] });
  });

  test.each(['record', 'listing'])('a new number is shown to staff if the %s has no date', (without) => {
    const [ours, theirs] = [{ approvedOn: null, validUntil: null }, { applicationId: '13000' }];
    const given = without === 'record' ? record({ ...ours, ...theirs }) : record(theirs);
    const { forStaff } = plan([given], [listing(without === 'listing' ? ours : {})]);
    expect(forStaff).toEqual([{ slug: 'seed-ledger', reason: expect.stringContaining('13000') }]);
  });
});

describe('what was decided here', () => {
  const decided = listing({ decidedHereOn: '2026-03-01', approvedOn: '2026-03-01', validUntil: '2027-09-01' });

  test('stays, and staff are told which fields differ; gaps are filled', () => {
    const result = plan([record({ name: 'Other' })], [{ ...decided, website: null }]);
    expect(result.update).toEqual([
      { slug: 'seed-ledger', changes: { website: 'https://seed.example' }, validity: null },
    ]);
    expect(result.kept).toEqual([{ slug: 'seed-ledger', fields: ['name'] }]);
  });

  test('yields to a later approval elsewhere', () => {
    const anew = record({ name: 'Other', approvedOn: '2026-06-20', validUntil: '2027-06-20' });
    const result = plan([anew], [decided]);
    expect(result.update[0]).toMatchObject({ changes: { name: 'Other' }, validity: { laterApproval: true } });
    expect(result.forStaff).toEqual([]);
  });

  test.each([
    ['2026-06-10', true],
    ['2026-06-11', false],
  ])('decided on %s: a later approval elsewhere changes facts by itself: %s', (decidedHereOn, changes) => {
    const anew = record({ name: 'Other', approvedOn: '2026-07-01', validUntil: '2027-07-01' });
    const result = plan([anew], [{ ...decided, decidedHereOn }]);
    expect(result.update[0]?.changes).toEqual(changes ? { name: 'Other' } : {});
    expect(result.forStaff).toHaveLength(changes ? 0 : 1);
  });

  test('a removed product is neither relisted nor changed', () => {
    const result = plan([record({ name: 'Other' })], [{ ...decided, removed: true }]);
    expect(result).toMatchObject({ elsewhereListed: ['seed-ledger'], update: [], create: [], missing: [] });
  });
});

describe('what a file lacks', () => {
  const other = listing({ slug: 'other', dpgId: 'GID0090002', name: 'Other', website: null, repositories: [] });

  test('is reported and stays, unless the record was refused or has no id of the registry', () => {
    expect(plan([record()], [listing(), other]).missing).toEqual(['other']);
    expect(plan([record()], [listing(), { ...other, dpgId: null }]).missing).toEqual([]);
    const input = { records: [record()], existing: [listing(), other], refusedIds: ['GID0090002'], today };
    expect(planSync(input).missing).toEqual([]);
  });
});

describe('a new record', () => {
  const fresh = record({
    dpgId: 'GID0090009',
    name: 'Rain Atlas',
    website: 'https://rain.example/atlas',
    repositories: ['https://github.com/rain-example/atlas'],
  });

  test('becomes a listing with a slug', () => {
    expect(plan([fresh], [listing()]).create).toEqual([{ slug: 'rain-atlas', record: fresh, opensByItself: false }]);
  });

  test.each([
    ['name', { name: 'RAIN-atlas!', website: null, repositories: [] }],
    ['website', { name: 'A', website: 'http://www.Rain.example/Atlas/', repositories: [] }],
    ['repository', { name: 'A', website: null, repositories: ['https://github.com/Rain-Example/atlas.git'] }],
  ])('with the %s of a listing here is set aside for staff', (likeness, over) => {
    const result = plan([fresh, record()], [listing(), listing({ slug: 'a', dpgId: 'GID0090003', ...over })]);
    expect(result.create).toEqual([]);
    expect(result.setAside).toEqual([
      { record: fresh, alike: ['a'], reason: expect.stringContaining(`same ${likeness} as the listing "a"`) },
    ]);
  });

  test('with the name of an open nomination is set aside for staff', () => {
    const rain = { reference: '2026-7Q2MK', name: 'Rain atlas', website: null, repositories: [] };
    const result = planSync({ records: [fresh], existing: [], openNominations: [rain], today });
    expect(result.setAside[0]?.alike).toEqual(['2026-7Q2MK']);
  });

  test('is taken as new once staff said so', () => {
    const twin = listing({ slug: 'twin', dpgId: 'GID0090003', name: 'Rain Atlas' });
    const result = planSync({ records: [fresh], existing: [twin], takenAsNew: ['GID0090009'], today });
    expect(result.create[0]?.slug).toBe('rain-atlas');
    expect(result.setAside).toEqual([]);
  });

  test('shares an organisation or a code host with a listing without being set aside', () => {
    const neighbour = listing({
      slug: 'a',
      dpgId: 'GID0090003',
      name: 'A',
      website: 'https://rain.example',
      repositories: ['https://github.com/rain-example/other', 'https://github.com'],
    });
    const onHost = { ...fresh, repositories: ['https://github.com/'] };
    expect(plan([onHost], [neighbour]).create).toHaveLength(1);
  });

  test('is not set aside because of another new one; both get a slug', () => {
    const twin = { ...fresh, dpgId: 'GID0091234' };
    expect(plan([fresh, twin], []).create.map(({ slug }) => slug)).toEqual(['rain-atlas', 'rain-atlas-1234']);
  });

  test.each([
    ['2026-09-08', false],
    ['2026-09-09', true],
    ['2026-07-01', false],
    [null, false],
  ])('valid until %s: its review opens by itself: %s', (validUntil, opens) => {
    expect(opensByItself({ validUntil, today })).toBe(opens);
  });
});

describe('the report', () => {
  test('a listing is overdue after its last day, and when its last review is unknown', () => {
    const until = (validUntil: string | null): ListingRecord => record({ validUntil });
    const records = [until('2026-07-09'), until('2026-07-10'), until('2026-07-11'), until(null)];
    expect(reportOf({ records, asOf: today })).toEqual({
      listed: 4,
      overdue: 2,
      personalData: 0,
      lastReviewUnknown: 1,
    });
  });

  test('counts products that are known to handle personal data', () => {
    const withLevel = (piiHandling: ListingRecord['facts']['piiHandling']): ListingRecord =>
      record({ facts: { ...record().facts, piiHandling } });
    const records = [withLevel('none'), withLevel('collected'), withLevel('collected_stored'), withLevel(null)];
    expect(reportOf({ records, asOf: today }).personalData).toBe(2);
  });
});

describe('the registry of 2026-07-10', () => {
  const path = 'dev/registry-2026-07-10.json';

  test('has 245 listings, 176 overdue, 167 with personal data', async () => {
    const { records, refused } = await readRegistryFiles(path);
    expect(refused).toEqual([]);
    expect(reportOf({ records, asOf: today })).toEqual({
      listed: 245,
      overdue: 176,
      personalData: 167,
      lastReviewUnknown: 0,
    });
  });

  test('comes in whole, each with its own slug, and a second time changes nothing', async () => {
    const { records } = await readRegistryFiles(path);
    const { create, setAside } = planSync({ records, existing: [], today });
    expect(setAside).toEqual([]);
    expect(new Set(create.map(({ slug }) => slug)).size).toBe(245);
    expect(create.every(({ slug }) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 64)).toBe(true);
    const existing = create.map(({ slug, record: read }) => ({ ...read, slug, decidedHereOn: null, removed: false }));
    expect(planSync({ records, existing, today }).unchanged).toHaveLength(245);
  });

  test('has no mail address in it', () => {
    expect(readFileSync(path, 'utf8')).not.toMatch(/[\w.]+@[\w-]+\.[\w.]+/);
  });
});
