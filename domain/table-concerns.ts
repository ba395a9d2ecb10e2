import { EVERY, OPEN, refused, row, type Transition } from './transition.js';

const LEFT = 'The product left the list: nothing about it is reviewed now.';
/** Where a further concern about the same sections still reaches the reviewers before they decide. */
const BEFORE_DECISION = ['owner', 'clarification', 'notice', 'l1', 'l2', 'consultation'] as const;

/** No review of the product is open. What was removed unreviewed, or never sent, is no product of the list. */
const LISTED = ['none', 'approved', 'ineligible', 'withdrawn', 'unanswered', 'closed_elsewhere', 'superseded'] as const;
const KEPT = 'Accepted. The owner is asked as soon as the open review has ended.';

/**
 * Concerns about a listed product. At most one review of concerns is open, however many there are: a further one about
 * the same sections joins it. All others wait until the open review has ended, whichever it is, and then share one: an
 * owner is never asked about more in the middle of a turn, and no review is broken off for a concern.
 */
export const concernRows: readonly Transition[] = [
  row(EVERY, 'concern', 'left', 'same', 'end_concern', LEFT, 'refused'),
  row(EVERY, 'concern', 'always', 'same', 'raise_concern', 'Thank you. Staff read it, and write to you.'),
  ...(['accept_concern', 'reject_concern', 'ask_concern'] as const).map((on) =>
    refused(EVERY, on, 'concern_answered', 'This concern does not wait for an answer any more. Nothing was changed.'),
  ),
  row(EVERY, 'reject_concern', 'always', 'same', 'reject_concern', 'Rejected. Whoever raised it is told why.'),
  row(EVERY, 'ask_concern', 'always', 'same', 'ask_concern', 'Whoever raised it is asked by email.'),
  refused(EVERY, 'accept_concern', 'left', LEFT),
  refused(EVERY, 'accept_concern', 'no_section', 'Choose at least one section that the owner is asked about.'),
  row(
    BEFORE_DECISION,
    'accept_concern',
    'asks_already',
    'same',
    'join_concern',
    'Accepted. A review asks about this already, and this joined it.',
    'joined',
  ),
  row(['draft', ...OPEN], 'accept_concern', 'always', 'same', 'keep_concern', KEPT),
  row(LISTED, 'accept_concern', 'approval_open', 'same', 'keep_concern', KEPT),
  row(LISTED, 'accept_concern', 'always', 'owner', 'open_concern', 'Accepted. The owner is asked.'),
  refused(EVERY, 'accept_concern', 'always', LEFT),
  row(EVERY, 'due:concern', 'left', 'same', 'nothing'),
  row(['draft', ...OPEN], 'due:concern', 'always', 'same', 'wait_on'),
  row(LISTED, 'due:concern', 'approval_open', 'same', 'wait_on'),
  row(LISTED, 'due:concern', 'always', 'owner', 'open_concern'),
  row(EVERY, 'due:concern', 'always', 'same', 'nothing'),
  refused(
    OPEN,
    'wake',
    'about_concerns',
    'A review of concerns is open. The annual review can be opened when that one has ended.',
  ),
  refused(
    LISTED,
    'wake',
    'approval_open',
    'The approval of this product is looked at again. A review can be opened when that has ended.',
  ),
];
