import { describe, expect, test } from '@jest/globals';
import {
  isOverdue,
  productStatus,
  statusWords,
  type ReviewFacts,
  type StatusFacts,
} from '../../domain/product-status.js';

const listing = {
  validUntil: '2026-09-01',
  approvedOn: '2025-09-01',
  firstListedOn: '2023-02-03',
  removedOn: null,
  removedBecause: null,
} as const;
const asked: ReviewFacts = {
  kind: 'annual_review',
  state: 'owner',
  since: '2026-07-03T08:00:00.000Z',
  begunAt: '2026-07-03T09:00:00.000Z',
};
const unasked: ReviewFacts = { ...asked, begunAt: null };
const nomination: ReviewFacts = { ...asked, kind: 'nomination', since: '2026-05-05T08:00:00.000Z' };

const cases: readonly (readonly [string, Partial<StatusFacts> & { today: string }, string, string | null])[] = [
  ['valid for long', { today: '2026-07-02' }, 'listed', '2025-09-01'],
  ['the first day of the opening window', { today: '2026-07-03' }, 'due', '2026-07-03'],
  ['the last valid day', { today: '2026-09-01' }, 'due', '2026-07-03'],
  ['a day later, nothing open', { today: '2026-09-02' }, 'due', '2026-09-02'],
  ['open, nobody asked yet', { today: '2026-07-10', review: unasked }, 'due', '2026-07-03'],
  ['overdue and open, nobody asked yet', { today: '2027-01-10', review: unasked }, 'due', '2026-09-02'],
  ['open and asked', { today: '2026-07-10', review: asked }, 'in_review', '2026-07-03'],
  ['open on the last valid day', { today: '2026-09-01', review: asked }, 'in_review', '2026-07-03'],
  ['open, a day later', { today: '2026-09-02', review: asked }, 'grace', '2026-09-02'],
  [
    'asked long after the date',
    { today: '2027-01-10', review: { ...asked, begunAt: '2027-01-05T09:00:00.000Z' } },
    'grace',
    '2027-01-05',
  ],
  [
    'with the reviewers past the date',
    { today: '2026-10-01', review: { ...asked, state: 'l2' } },
    'grace',
    '2026-09-02',
  ],
  ['an ended review', { today: '2026-07-10', review: { ...asked, state: 'closed_elsewhere' } }, 'due', '2026-07-03'],
  ['privacy questions open', { today: '2026-03-01', review: { ...asked, kind: 'privacy' } }, 'listed', '2025-09-01'],
  ['a concern open', { today: '2026-03-01', review: { ...asked, kind: 'concern' } }, 'listed', '2025-09-01'],
  ['no date known', { today: '2026-07-10', listing: { ...listing, validUntil: null } }, 'due', null],
  [
    'no date known, asked',
    { today: '2026-07-10', review: asked, listing: { ...listing, validUntil: null } },
    'grace',
    '2026-07-03',
  ],
  ['approval date unknown', { today: '2026-03-01', listing: { ...listing, approvedOn: null } }, 'listed', '2023-02-03'],
  [
    'closed without an answer',
    { today: '2026-12-01', listing: { ...listing, removedOn: '2026-11-01', removedBecause: 'unanswered' } },
    'expired',
    '2026-11-01',
  ],
  [
    'ineligible',
    { today: '2026-12-01', listing: { ...listing, removedOn: '2026-11-01', removedBecause: 'ineligible' } },
    'delisted',
    '2026-11-01',
  ],
  [
    'removed and reopened: it stays removed until a decision',
    {
      today: '2026-12-01',
      review: asked,
      listing: { ...listing, removedOn: '2026-11-01', removedBecause: 'unanswered' },
    },
    'expired',
    '2026-11-01',
  ],
  ['nominated', { today: '2026-07-10', listing: null, review: nomination }, 'nominee', '2026-05-05'],
  [
    'nominated, at l1',
    { today: '2026-07-10', listing: null, review: { ...nomination, state: 'l1' } },
    'nominee',
    '2026-05-05',
  ],
  [
    'past l1',
    { today: '2026-07-10', listing: null, review: { ...nomination, state: 'l2' } },
    'candidate',
    '2026-05-05',
  ],
  [
    'refused',
    { today: '2026-07-10', listing: null, review: { ...nomination, state: 'ineligible' } },
    'excluded',
    '2026-05-05',
  ],
];

describe('the status of a product', () => {
  test.each(cases)('%s', (_name, facts, status, since) => {
    expect(productStatus({ listing, review: null, ...facts })).toEqual({ status, since });
  });

  test('a product is valid to the end of its day, and an unknown day counts as past', () => {
    expect(isOverdue({ validUntil: '2026-07-10', today: '2026-07-10' })).toBe(false);
    expect(isOverdue({ validUntil: '2026-07-09', today: '2026-07-10' })).toBe(true);
    expect(isOverdue({ validUntil: null, today: '2026-07-10' })).toBe(true);
  });
});

describe('a status in words', () => {
  const all = [
    'nominee',
    'candidate',
    'listed',
    'due',
    'in_review',
    'grace',
    'expired',
    'delisted',
    'excluded',
  ] as const;

  test('each status has a label of its own, and none says whose delay it is', () => {
    const words = all.map((status) => statusWords(status));
    expect(new Set(words.map(({ label }) => label)).size).toBe(all.length);
    for (const { label, sentence } of words) {
      expect(`${label} ${sentence}`).not.toMatch(/owner|reviewer|secretariat|late|overdue|delay|wait/iu);
    }
  });

  test('before anybody was asked the next review is not yet opened', () => {
    expect(statusWords('due').label).toContain('next review not yet opened');
  });

  test('where the date may have passed they say why the product is listed all the same', () => {
    for (const status of ['due', 'grace'] as const) {
      expect(statusWords(status).sentence).toContain('stays listed until a person decides');
    }
    expect(statusWords('grace').sentence).toContain('annual review is under way');
    expect(statusWords('grace').label).not.toContain('until');
  });

  test('what ended the listing makes the sentence exact', () => {
    expect(statusWords('delisted', 'ineligible').sentence).toContain('does not meet the DPG Standard');
    expect(statusWords('delisted', 'withdrawn').sentence).toContain('withdrawn');
    // It may have been a review of concerns.
    expect(statusWords('expired', 'unanswered').sentence).toContain('Its review closed without an answer');
  });
});
