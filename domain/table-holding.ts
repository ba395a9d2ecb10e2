import { EVERY, NOT_OPEN, refused, ROUND_PASSED, row, type Transition } from './transition.js';

const UNDONE = 'Undone. Nobody was told, and the case is yours again.';

/** How a verdict takes effect when its hold is over, and how its reviewer undoes it until then. */
export const holdingRows: readonly Transition[] = [
  row(EVERY, 'undo', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(['decided'], 'undo', 'older_round', ROUND_PASSED),
  refused(['decided'], 'undo', 'not_decider', 'Only the reviewer who gave the verdict can undo it.'),
  row(['decided'], 'undo', 'was_on_appeal', 'appeal', 'undo', UNDONE),
  row(['decided'], 'undo', 'was_at_l2', 'l2', 'undo', UNDONE),
  row(['decided'], 'undo', 'always', 'l1', 'undo', UNDONE),
  refused(EVERY, 'undo', 'always', 'There is no verdict here that can still be undone.'),
  row(['decided'], 'due:commit', 'passes_on', 'l2', 'take_effect'),
  row(['decided'], 'due:commit', 'asks_owner', 'clarification', 'take_effect'),
  row(['decided'], 'due:commit', 'notifies_owner', 'notice', 'take_effect'),
  row(['decided'], 'due:commit', 'was_approved', 'approved', 'commit_approval'),
  row(['decided'], 'due:commit', 'always', 'ineligible', 'commit_refusal'),
  row(EVERY, 'due:commit', 'always', 'same', 'nothing'),
];
