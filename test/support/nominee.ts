import type { CaseRecord } from '../../domain/case.js';
import { asleep } from './case-records.js';

/** A product that somebody is about to nominate. */
export const nominee: CaseRecord = {
  ...asleep,
  id: 'nomination/2026-7Q2MK',
  listing: {
    ...asleep.listing,
    slug: '2026-7q2mk',
    nominated: 'nominee',
    dpgId: null,
    validUntil: null,
    approvedOn: null,
    opensByItself: false,
  },
};
