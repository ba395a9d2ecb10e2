import { MOST_COLLEAGUES, MOST_INVITATIONS } from './colleagues.js';
import { EVERY, NOT_OPEN, refused, row, UNENDED, type Transition } from './transition.js';

const SENT = 'The invitation is on its way. Their link lets them fill in and save, never send.';

/** Colleagues of an owner, who may fill in and save the answers and nothing else. */
export const colleagueRows: readonly Transition[] = [
  ...(['invite', 'uninvite'] as const).map((on) => row(EVERY, on, 'other_review', 'same', 'nothing', NOT_OPEN, 'late')),
  refused(UNENDED, 'invite', 'is_contact', 'This address has a link already with which answers can be sent.'),
  refused(
    UNENDED,
    'invite',
    'invited_enough',
    `No more than ${MOST_INVITATIONS} invitations are sent in one review. Write to us if you need another one.`,
  ),
  row(
    UNENDED,
    'invite',
    'is_colleague',
    'same',
    'invite',
    'This colleague is invited already. The email is sent again.',
  ),
  refused(
    UNENDED,
    'invite',
    'colleagues_enough',
    `No more than ${MOST_COLLEAGUES} colleagues can help at a time. Remove one first.`,
  ),
  row(UNENDED, 'invite', 'always', 'same', 'invite', SENT),
  refused(EVERY, 'invite', 'always', NOT_OPEN),
  row(EVERY, 'uninvite', 'no_colleague', 'same', 'nothing', 'This colleague has no link any more.', 'joined'),
  row(EVERY, 'uninvite', 'always', 'same', 'uninvite', 'Removed. Their link is dead. What they saved stays.'),
];
