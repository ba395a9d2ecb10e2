import { describe, expect, test } from '@jest/globals';
import type { ListingRecord } from '../../domain/listing-record.js';
import { gapsOf } from '../../domain/sync-gaps.js';
import type { ExistingListing } from '../../domain/sync.js';

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

describe('a second record of the same product in one import', () => {
  const bare = { description: null, website: null, facts: { ...record().facts, contentHandling: null }, answers: {} };
  const second = record({
    name: 'Other Name',
    applicationId: '14000',
    approvedOn: '2026-06-01',
    validUntil: '2027-06-01',
    facts: { ...record().facts, contentHandling: 'none', piiHandling: 'collected' },
    answers: { laws: ['Law 25'], owner: 'Seed Trust' },
  });

  test('fills what is absent, and takes no date and no number of an approval', () => {
    expect(gapsOf({ record: second, listing: listing({ ...bare, answers: { laws: ['GDPR'] } }) })).toEqual({
      description: 'Keeps seed records.',
      website: 'https://seed.example',
      facts: { contentHandling: 'none' },
      answers: { owner: 'Seed Trust' },
    });
  });

  test('adds no answer and no fact beside what was decided here, and nothing to what left the list', () => {
    const decided = listing({ ...bare, decidedHereOn: '2026-01-01' });
    expect(Object.keys(gapsOf({ record: second, listing: decided }))).toEqual(['description', 'website']);
    expect(gapsOf({ record: second, listing: listing({ ...bare, removed: true }) })).toEqual({});
  });
});
