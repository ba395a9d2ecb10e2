import { concernsEnd } from '../domain/concern.js';
import type { EmailContent } from './content.js';
import { frame, openwise } from './sample-frame.js';

const toAuthor = {
  ...frame,
  ...{ recipientName: null, product: openwise.product, link: openwise.link, checkUrl: openwise.checkUrl },
};

/** To whoever raised a concern. */
export const concerns = {
  'concern-start': { ...toAuthor, kind: 'concern_start', days: 2 },
  'concern-accepted': {
    ...toAuthor,
    kind: 'concern_answered',
    answer: 'accepted',
    words: 'Under which licence is the part "maps", and where does the repository say so?',
  },
  'concern-rejected': {
    ...toAuthor,
    kind: 'concern_answered',
    answer: 'rejected',
    words: 'The licence file is in the folder legal/.\nIt names an open licence.',
  },
  'concern-asked': {
    ...toAuthor,
    kind: 'concern_answered',
    answer: 'asked',
    words: 'On which screen do you see this?',
  },
  'concern-ended-approved': { ...toAuthor, kind: 'concern_ended', outcome: concernsEnd('approved', 'Openwise') },
  'concern-ended-ineligible': { ...toAuthor, kind: 'concern_ended', outcome: concernsEnd('ineligible', 'Openwise') },
  'concern-ended-left': { ...toAuthor, kind: 'concern_ended', outcome: concernsEnd('left', 'Openwise') },
} as const satisfies Record<string, EmailContent>;
