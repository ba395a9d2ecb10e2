import { EVERY, refused, ROUND_PASSED, row, type Transition } from './transition.js';

/** How an owner appeals. Whoever hears it gives a verdict, as at a level. */
export const appealedRows: readonly Transition[] = [
  row(
    EVERY,
    'appeal',
    'other_review',
    'same',
    'nothing',
    'Another review of this product has begun since. Nothing was changed.',
    'late',
  ),
  refused(EVERY, 'appeal', 'appealed', 'An appeal was made already. There is one for each review.'),
  refused(['ineligible'], 'appeal', 'older_round', ROUND_PASSED),
  refused(['ineligible'], 'appeal', 'appeal_over', 'The time to appeal is over.'),
  row(['ineligible'], 'appeal', 'always', 'appeal', 'appeal', 'Your appeal goes to somebody who gave no verdict.'),
  refused(EVERY, 'appeal', 'always', 'There is no decision here that can be appealed.'),
];
