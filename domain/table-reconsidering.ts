import { EVERY, NOT_OPEN, refused, ROUND_PASSED, row, type Transition } from './transition.js';

const AGAIN = 'Open again, in a new round. The product stays listed until there is a new decision.';
const NEWEST_ONLY = 'Only an approval after which no other review opened is looked at again.';

/** How the secretariat has an approval looked at again. */
export const reconsideringRows: readonly Transition[] = [
  row(EVERY, 'reconsider', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(EVERY, 'reconsider', 'older_round', ROUND_PASSED),
  refused(['approved'], 'reconsider', 'reviewed_since', NEWEST_ONLY),
  refused(['approved'], 'reconsider', 'no_such_level', 'This kind of review has no such level.'),
  row(['approved'], 'reconsider', 'at_l2', 'l2', 'reconsider', AGAIN),
  row(['approved'], 'reconsider', 'always', 'l1', 'reconsider', AGAIN),
  refused(EVERY, 'reconsider', 'always', NEWEST_ONLY),
];
