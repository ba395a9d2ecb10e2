import type { EmailContent } from './content.js';
import { openwise } from './sample-frame.js';

const received = {
  ...openwise,
  kind: 'appeal_received',
  receivedOn: '2027-02-20',
  grounds: 'The licence file was there.\nIt stands in the folder legal/.',
  nextBy: '2027-03-06',
} as const;
const heard = { ...openwise, kind: 'appeal_decided', decidedOn: '2027-03-02', reason: null, sections: [] } as const;

/** What owners read of a decision that is looked at again: by us, or on their appeal. */
export const appeals = {
  reconsidered: { ...openwise, kind: 'reconsidered', review: 'annual_review', nextBy: '2027-03-06' },
  'reconsidered-privacy': { ...openwise, kind: 'reconsidered', review: 'privacy', nextBy: null },
  'appeal-received': { ...received, review: 'annual_review', listing: 'removed' },
  'appeal-received-privacy': { ...received, review: 'privacy', nextBy: null, listing: 'unchanged' },
  'appeal-decided-stands': {
    ...heard,
    variant: 'ineligible',
    review: 'annual_review',
    sections: [{ label: '2. Open licence', result: 'does_not_meet', reason: 'The file names a closed licence.' }],
    reopenUntil: '2027-09-08',
  },
  'appeal-decided-stands-privacy': { ...heard, variant: 'ineligible', review: 'privacy', reopenUntil: null },
  'appeal-decided-won': {
    ...heard,
    variant: 'approved',
    review: 'annual_review',
    validUntil: '2028-03-02',
    nextReview: '2028-01-02',
    sections: [{ label: '2. Open licence', result: 'meets', reason: 'The licence is in the folder legal/.' }],
  },
  'appeal-decided-won-concern': { ...heard, variant: 'approved', review: 'concern' },
  'appeal-decided-won-privacy': { ...heard, variant: 'approved', review: 'privacy' },
} as const satisfies Record<string, EmailContent>;
