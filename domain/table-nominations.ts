import {
  ANOTHERS,
  ASLEEP,
  EVERY,
  LOST_ROLE,
  NOT_OPEN,
  refused,
  ROUND_PASSED,
  row,
  type Transition,
} from './transition.js';

const NOT_AGAIN =
  'A nomination is not reviewed again. If its product is on the list, open the review at the product; else nominate it anew.';

/** What nominations have beside all other reviews: a draft before them, an end without review, and what they leave to another case. */
export const nominationRows: readonly Transition[] = [
  row(['none'], 'nominate', 'always', 'draft', 'open_nomination', 'The nomination is open.'),
  refused(EVERY, 'wake', 'of_nomination', NOT_AGAIN),
  row(EVERY, 'due:open', 'not_to_open', 'same', 'rearm'),
  row(ASLEEP, 'due:forget', 'listed_again', 'same', 'rearm'),
  // It may yet come back onto the list, and then needs a case that asks.
  row(ASLEEP, 'due:forget', 'approval_open', 'same', 'wait_on'),
  row(EVERY, 'nominate', 'always', 'same', 'nothing', 'This nomination is open already.', 'joined'),
  row(['draft'], 'request', 'withdraws_draft', 'withdrawn', 'withdraw', 'The nomination is withdrawn.'),
  row(['draft'], 'due:reminder', 'last_and_worked_on', 'same', 'keep_draft_longer'),
  row(['draft'], 'due:abandon', 'worked_on', 'same', 'keep_draft_longer'),
  row(['draft'], 'due:abandon', 'unwarned', 'same', 'keep_draft_longer'),
  row(['draft'], 'due:abandon', 'always', 'abandoned', 'abandon'),
  row(EVERY, 'due:abandon', 'always', 'same', 'nothing'),
  row(EVERY, 'remove', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(EVERY, 'remove', 'older_round', ROUND_PASSED),
  refused(['l1'], 'remove', 'lost_role', LOST_ROLE),
  refused(['l1'], 'remove', 'nobodys', 'Nobody has this nomination. Take it first. Nothing was changed.'),
  refused(['l1'], 'remove', 'anothers', ANOTHERS),
  row(['l1'], 'remove', 'unreviewed', 'removed', 'remove', 'The nomination is removed.'),
  refused(EVERY, 'remove', 'always', 'Only a nomination that no reviewer has judged can be removed.'),
];

/** What a draft does not take part in; behind what holds for all reviews. */
export const draftRows: readonly Transition[] = [
  row(['draft'], 'due:open', 'always', 'same', 'nothing'),
  refused(['draft'], 'close', 'always', 'What was never sent is not closed. Withdraw it instead.'),
];
