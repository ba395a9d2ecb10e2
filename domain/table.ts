import { ENDED } from './case.js';
import { REMOVING } from './removing.js';
import { appealedRows } from './table-appeals.js';
import { concernRows } from './table-concerns.js';
import { watchRows } from './table-escalating.js';
import { holdingRows } from './table-holding.js';
import { reconsideringRows } from './table-reconsidering.js';
import { consultingRows } from './table-experts.js';
import { colleagueRows } from './table-colleagues.js';
import { draftRows, nominationRows } from './table-nominations.js';
import {
  ANOTHERS,
  ASLEEP,
  BOTH_LEVELS,
  EVERY,
  IN_CONFLICT,
  LOST_ROLE,
  NO_REVIEWER,
  NOT_OPEN,
  OLDER_ANSWERS,
  OPEN,
  OUT_OF_TURN,
  OWNERS,
  OWN_PRODUCT,
  refused,
  REVIEWERS,
  ROUND_PASSED,
  row,
  SEATS,
  UNENDED,
  type Transition,
} from './transition.js';

export type { StateWord, TableEvent, Transition } from './transition.js';

const REPLACED = "Your answers replace last year's.";
const ONLY_UNKNOWN =
  'The mail server refused nothing here, but nobody knows whether it took some emails. Look there first; if they did not arrive, add --unknown.';

const wakes: readonly Transition[] = [
  refused(EVERY, 'wake', 'left', 'The product left the list. Reopen its last review instead.'),
  row(OPEN, 'wake', 'open_meets', 'same', 'nothing', 'A review is already open; this joined it.', 'joined'),
  refused(EVERY, 'wake', 'done_for_date', 'The review of this date has ended. It waits for a person.'),
  row([...ASLEEP, ...OPEN], 'wake', 'annual', 'owner', 'open_annual', 'The annual review is open.'),
  refused(ASLEEP, 'wake', 'nothing_to_ask', 'There is nothing to ask: the privacy questions have answers.'),
  row(ASLEEP, 'wake', 'always', 'owner', 'open_privacy', 'The privacy questions are asked.'),
  row(OPEN, 'due:open', 'open_meets', 'same', 'nothing'),
  row(EVERY, 'due:open', 'done_for_date', 'same', 'nothing'),
  row([...ASLEEP, ...OPEN], 'due:open', 'always', 'owner', 'open_annual'),
];

const mail: readonly Transition[] = [
  row(EVERY, 'link_used', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  row(OWNERS, 'link_used', 'waits_on_mail', 'same', 'begin', 'Your time to answer has begun.'),
  row(EVERY, 'link_used', 'always', 'same', 'note_link', 'Noted.'),
  row(OWNERS, 'email_taken', 'eases', 'same', 'ease', 'Noted.'),
  row(OWNERS, 'email_taken', 'this_turn', 'same', 'begin', 'The turn has begun.'),
  row(OWNERS, 'email_taken', 'unasked', 'same', 'ask_now', 'The owner is asked.'),
  row(EVERY, 'email_taken', 'no_turn', 'same', 'nothing', 'Noted.'),
  row(EVERY, 'email_taken', 'always', 'same', 'nothing', 'Its turn is over.', 'late'),
  row(OWNERS, 'email_refused', 'this_turn', 'same', 'email_refused', 'Noted.'),
  row(EVERY, 'email_refused', 'always', 'same', 'forward', 'Noted.'),
  row(OWNERS, 'email_unknown', 'this_turn', 'same', 'trouble', 'Noted.'),
  row(EVERY, 'email_unknown', 'always', 'same', 'nothing', 'Noted.'),
  row(OWNERS, 'due:mail_late', 'waits_on_mail', 'same', 'not_taken'),
  row(EVERY, 'due:mail_late', 'always', 'same', 'nothing'),
];

const WITH_REVIEWERS = 'Your answers are with the reviewers.';

const owners: readonly Transition[] = [
  row(EVERY, 'answers', 'other_review', 'same', 'late_row', 'The review had ended when your answers came.', 'late'),
  row(ENDED, 'answers', 'always', 'same', 'late_row', 'The review had ended when your answers came.', 'late'),
  row(UNENDED, 'answers', 'older_round', 'same', 'keep_draft', ROUND_PASSED, 'refused'),
  row(OWNERS, 'answers', 'incomplete', 'same', 'refuse_answers', 'Some questions have no answer yet.', 'refused'),
  row(['clarification', 'notice'], 'answers', 'returns_to_l2', 'l2', 'take_and_return', WITH_REVIEWERS),
  row(OWNERS, 'answers', 'always', 'l1', 'take_and_review', WITH_REVIEWERS),
  row(['l1'], 'answers', 'incomplete', 'same', 'keep_draft', 'Some questions have no answer yet.', 'refused'),
  row(['l1', 'consultation'], 'answers', 'replaces_machine', 'l1', 'take_and_review', REPLACED),
  row(
    ['l2', 'consultation'],
    'answers',
    'incomplete_reply',
    'same',
    'keep_draft',
    'Some questions have no answer yet.',
    'refused',
  ),
  row(['l1'], 'answers', 'after_notice', 'l1', 'take_and_review', 'Your reply is with the reviewers.'),
  row(['consultation'], 'answers', 'after_notice_l1', 'l1', 'take_and_review', 'Your reply is with the reviewers.'),
  row(['l2', 'consultation'], 'answers', 'after_notice', 'l2', 'take_and_return', 'Your reply is with the reviewers.'),
  row(EVERY, 'answers', 'always', 'same', 'keep_draft', 'The reviewers have your answers already.', 'refused'),
  row(EVERY, 'request', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  row(
    UNENDED,
    'request',
    'asked_already',
    'same',
    'nothing',
    'You asked already. Staff will answer by email.',
    'joined',
  ),
  row(
    UNENDED,
    'request',
    'always',
    'same',
    'ask_staff',
    'Staff will answer by email. Until then your time stands still.',
  ),
  row(EVERY, 'new_link', 'always', 'same', 'new_link', 'A new email is on its way to the address on file.'),
  row(OWNERS, 'due:reminder', 'always', 'same', 'remind'),
  row(EVERY, 'due:reminder', 'always', 'same', 'nothing'),
];

const silence: readonly Transition[] = [
  row(OWNERS, 'due:deadline', 'loud', 'same', 'put_before_staff'),
  row(['notice'], 'due:deadline', 'returns_to_l2', 'l2', 'notice_over'),
  row(['notice'], 'due:deadline', 'always', 'l1', 'notice_over'),
  row(['owner'], 'due:deadline', 'ends_by_itself', 'unanswered', 'end_unanswered'),
  row(['owner'], 'due:deadline', 'submits_previous', 'l1', 'submit_previous'),
  row(['owner'], 'due:deadline', 'submits_some', 'clarification', 'ask_missing'),
  row(OWNERS, 'due:deadline', 'always', 'same', 'put_before_staff'),
  row(EVERY, 'due:deadline', 'always', 'same', 'nothing'),
];

const AWAY = 'You are away: nobody who is away takes a case. Say that you are back first.';
const HELD = 'Recorded. It takes effect when the hold is over.';
const JUDGED = 'An appeal is heard by somebody who gave no verdict in this review.';

/** How reviewers share the work. A row that puts somebody to work names whom: its author, or who takes over. */
const claims: readonly Transition[] = [
  ...(['claim', 'give_back', 'set_aside', 'conflict', 'hand_over'] as const).flatMap((on) => [
    row(EVERY, on, 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
    refused(OPEN, on, 'older_round', ROUND_PASSED),
  ]),
  refused(OPEN, 'claim', 'out_of_turn', OUT_OF_TURN),
  refused(SEATS, 'claim', 'lost_role', LOST_ROLE),
  row(SEATS, 'claim', 'has_it', 'same', 'nothing', 'You have this case already.', 'joined'),
  refused(SEATS, 'claim', 'anothers', 'Another reviewer took this case first. Nothing was changed.'),
  refused(SEATS, 'hand_over', 'nobodys', 'Nobody has this case: whoever wants it can take it.'),
  refused(SEATS, 'hand_over', 'not_theirs_to_give', ANOTHERS),
  refused(SEATS, 'hand_over', 'has_it', 'That person has this case already.'),
  refused(SEATS, 'hand_over', 'no_role', 'Nobody of that name reviews at this level now. Nothing was changed.'),
  ...(['claim', 'hand_over'] as const).flatMap((on) => [
    refused(SEATS, on, 'away', on === 'claim' ? AWAY : 'That person is away.'),
    refused(['appeal'], on, 'judged', JUDGED),
    refused(SEATS, on, 'both_levels', BOTH_LEVELS),
    refused(SEATS, on, 'own_product', on === 'claim' ? OWN_PRODUCT : 'That person is a contact of the product.'),
    refused(
      SEATS,
      on,
      'in_conflict',
      on === 'claim' ? IN_CONFLICT : 'That person declared a conflict of interest with the product.',
    ),
  ]),
  refused(SEATS, 'claim', 'holds_enough', 'You have as many cases as one reviewer may. Finish one or give it back.'),
  row(SEATS, 'claim', 'always', 'same', 'claim', 'The case is yours.'),
  row(SEATS, 'hand_over', 'always', 'same', 'hand_over', 'Handed over.'),
  ...(['give_back', 'set_aside'] as const).flatMap((on) => [
    refused(SEATS, on, 'nobodys', 'You do not have this case any more.'),
    refused(SEATS, on, 'anothers', ANOTHERS),
  ]),
  row(SEATS, 'give_back', 'always', 'same', 'give_back', 'The case is in the pool again.'),
  row(SEATS, 'set_aside', 'always', 'same', 'set_aside', 'Noted.'),
  ...(['claim', 'give_back', 'set_aside', 'hand_over'] as const).map((on) => refused(EVERY, on, 'always', NO_REVIEWER)),
  row(EVERY, 'conflict', 'always', 'same', 'declare_conflict', 'Noted. You are not offered this product again.'),
];

const reviewers: readonly Transition[] = [
  row(EVERY, 'verdict', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(OPEN, 'verdict', 'older_round', ROUND_PASSED),
  refused(OPEN, 'verdict', 'out_of_turn', OUT_OF_TURN),
  refused(SEATS, 'verdict', 'lost_role', LOST_ROLE),
  refused(SEATS, 'verdict', 'older_answers', OLDER_ANSWERS),
  refused(['appeal'], 'verdict', 'judged', JUDGED),
  refused(REVIEWERS, 'verdict', 'both_levels', BOTH_LEVELS),
  refused(SEATS, 'verdict', 'no_reason', 'Give a public reason for each section that does not meet.'),
  refused(SEATS, 'verdict', 'own_product', OWN_PRODUCT),
  refused(SEATS, 'verdict', 'in_conflict', IN_CONFLICT),
  refused(SEATS, 'verdict', 'anothers', ANOTHERS),
  refused(REVIEWERS, 'verdict', 'asks_again', 'A further round of clarification needs a reason.'),
  row(REVIEWERS, 'verdict', 'held_undecided', 'decided', 'hold_verdict', HELD),
  row(['l1'], 'verdict', 'goes_on', 'l2', 'next_level', 'Recorded. The second level is next.'),
  row(REVIEWERS, 'verdict', 'asks', 'clarification', 'clarify', 'Recorded. The owner is asked.'),
  row(
    REVIEWERS,
    'verdict',
    'gives_notice',
    'notice',
    'give_notice',
    'Recorded. The owner is told, and has time to reply.',
  ),
  row(['l2'], 'verdict', 'disagree', 'same', 'disagree', 'Recorded. The levels disagree: the secretariat is told.'),
  refused(['appeal'], 'verdict', 'asks_on_appeal', 'An appeal is decided: a section meets, or it does not.'),
  row(SEATS, 'verdict', 'waits_for_request', 'decided', 'decide_later', 'Recorded. It waits for an open request.'),
  row(SEATS, 'verdict', 'hold', 'decided', 'decide_later', HELD),
  row(SEATS, 'verdict', 'approves', 'approved', 'approve', 'Decided: approved.'),
  row(SEATS, 'verdict', 'always', 'ineligible', 'reject', 'Decided: ineligible.'),
  ...claims,
  row(SEATS, 'due:reviewers', 'always', 'same', 'reviewers_late'),
  row(EVERY, 'due:reviewers', 'always', 'same', 'nothing'),
  ...watchRows,
  ...holdingRows,
];

/** What staff do names the review and the round that they saw, as everybody's rows do. */
const staffSaw = (['grant', 'refuse', 'extend', 'expire', 'withdraw', 'close', 'reopen'] as const).flatMap((on) => [
  row(EVERY, on, 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(EVERY, on, 'older_round', ROUND_PASSED),
]);

const staff: readonly Transition[] = [
  ...staffSaw,
  refused(EVERY, 'grant', 'no_request', 'There is no such request open.'),
  row(OPEN, 'grant', 'withdrawal_granted', 'withdrawn', 'grant_withdrawal', 'The product is withdrawn.'),
  row(OPEN, 'grant', 'elsewhere_granted', 'closed_elsewhere', 'grant_elsewhere', 'The review is closed.'),
  row(UNENDED, 'grant', 'not_me_granted', 'same', 'grant_not_me', 'Granted. Their link is dead, and they are told.'),
  row(UNENDED, 'grant', 'always', 'same', 'grant', 'Granted. The owner is told.'),
  refused(EVERY, 'refuse', 'no_request', 'There is no such request open.'),
  row(UNENDED, 'refuse', 'always', 'same', 'refuse', 'Refused. The owner is told.'),
  row(OWNERS, 'extend', 'begun', 'same', 'extend', 'The deadline is moved. The owner is told.'),
  refused(EVERY, 'extend', 'always', 'No time of an owner runs here.'),
  refused(EVERY, 'resend', 'only_unknown', ONLY_UNKNOWN),
  refused(EVERY, 'resend', 'nothing_lost', 'There is no email to send again. What waits goes by itself.'),
  row(EVERY, 'resend', 'always', 'same', 'resend', 'Sent again: {emails}.'),
  refused(['notice'], 'expire', 'not_silent', 'The owner still has time to reply. Nothing was changed.'),
  row(['notice'], 'expire', 'returns_to_l2', 'l2', 'notice_over', 'The reviewers decide without a reply.'),
  row(['notice'], 'expire', 'always', 'l1', 'notice_over', 'The reviewers decide without a reply.'),
  row(
    ['owner', 'clarification'],
    'expire',
    'may_expire',
    'unanswered',
    'end_unanswered',
    'The review is closed without an answer.',
  ),
  refused(
    EVERY,
    'expire',
    'always',
    'A review ends unanswered only when it waits on silence, a first email and a reminder were taken, and nothing came in.',
  ),
  row(UNENDED, 'withdraw', 'always', 'withdrawn', 'withdraw', 'The product is withdrawn.'),
  row(OPEN, 'close', 'always', 'closed_elsewhere', 'close_elsewhere', 'The review is closed.'),
  row(REMOVING, 'reopen', 'reopenable', 'owner', 'reopen', 'Reopened.'),
  refused(EVERY, 'reopen', 'always', 'A review is reopened within 210 days of a removal, and only then.'),
  row(EVERY, 'release', 'always', 'same', 'release', 'What was set aside goes on.'),
  row(EVERY, 'due:staff', 'always', 'same', 'still_waits'),
  row(ASLEEP, 'due:forget', 'always', 'same', 'forget'),
  row(EVERY, 'due:forget', 'always', 'same', 'nothing'),
];

const imports: readonly Transition[] = [
  row(['decided', 'appeal'], 'listing_changed', 'shown_elsewhere', 'same', 'show_elsewhere', 'Shown to staff.'),
  row(OPEN, 'listing_changed', 'newer_elsewhere', 'closed_elsewhere', 'close_elsewhere', 'Decided elsewhere.'),
  row(OPEN, 'listing_changed', 'covers_privacy', 'closed_elsewhere', 'close_elsewhere', 'Answered elsewhere.'),
  row(OPEN, 'listing_changed', 'privacy_goes_on', 'same', 'take_validity', 'Noted.'),
  row(OPEN, 'listing_changed', 'shown_elsewhere', 'same', 'show_elsewhere', 'Shown to staff.'),
  row([...ASLEEP, ...OPEN], 'listing_changed', 'always', 'same', 'take_validity', 'Noted.'),
  row(OWNERS, 'contact_changed', 'primary_changed', 'same', 'new_contact', 'The new contact is asked.'),
  row(EVERY, 'contact_changed', 'always', 'same', 'renew_contacts', 'Noted.'),
];

const rest: readonly Transition[] = [
  ...(['grant', 'refuse', 'withdraw', 'close'] as const).map((on) => refused(EVERY, on, 'always', NOT_OPEN)),
  refused(EVERY, 'wake', 'always', 'No review can be opened now.'),
  refused(EVERY, 'request', 'always', NOT_OPEN),
  refused(EVERY, 'verdict', 'always', 'No verdict is asked now.'),
  row(EVERY, 'listing_changed', 'always', 'same', 'nothing', 'Noted.'),
];

/** The whole machine. */
export const table: readonly Transition[] = [
  ...nominationRows,
  ...concernRows,
  ...wakes,
  ...mail,
  ...owners,
  ...colleagueRows,
  ...silence,
  ...appealedRows,
  ...reconsideringRows,
  ...consultingRows,
  ...reviewers,
  ...staff,
  ...imports,
  ...draftRows,
  ...rest,
];
