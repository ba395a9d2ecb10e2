import { ENDED, REMOVING, type ReviewState } from './case.js';
import type { DoingWord } from './doings.js';
import type { CaseEvent, EventWord } from './event.js';
import type { GuardWord } from './guards.js';
import type { RowOutcome } from './effect.js';

/** A state of the application; `none` where the case never had one. */
export type StateWord = ReviewState | 'none';
/** What an event of the table is: a row's kind, or `due:` and what of the agenda is due. */
export type TableEvent = Exclude<EventWord, 'due'> | `due:${Extract<CaseEvent, { is: 'due' }>['entry']['what']}`;

/**
 * One row of the machine. The first row whose state, event and guard hold is taken. `next` is for readers
 * and tests: the state after it, `same` where it stays.
 */
export interface Transition {
  readonly from: readonly StateWord[];
  readonly on: TableEvent;
  readonly when: GuardWord;
  readonly next: ReviewState | 'same';
  readonly does: DoingWord;
  readonly result: RowOutcome['result'];
  /** What the row's author reads. */
  readonly says: string;
}

const OWNERS = ['owner', 'clarification', 'notice'] as const;
const OPEN = ['owner', 'clarification', 'notice', 'l1', 'l2', 'consultation', 'decided'] as const;
const ASLEEP: readonly StateWord[] = ['none', ...ENDED];
const REVIEWERS = ['l1', 'l2'] as const;
const EVERY: readonly StateWord[] = ['none', ...OPEN, 'appeal', 'draft', ...ENDED];

function row(
  from: readonly StateWord[],
  on: TableEvent,
  when: GuardWord,
  next: Transition['next'],
  does: DoingWord,
  says = 'Done.',
  result: RowOutcome['result'] = 'accepted',
): Transition {
  return { from, on, when, next, does, result, says };
}

const refused = (from: readonly StateWord[], on: TableEvent, when: GuardWord, says: string): Transition =>
  row(from, on, when, 'same', 'nothing', says, 'refused');

const ROUND_PASSED = 'The case has moved on since you looked. Open it again and check what it says now.';
const NOT_OPEN = 'This review has ended. Nothing was changed.';

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
  row(OWNERS, 'email_taken', 'this_turn', 'same', 'begin', 'The turn has begun.'),
  row(EVERY, 'email_taken', 'no_turn', 'same', 'nothing', 'Noted.'),
  row(EVERY, 'email_taken', 'always', 'same', 'nothing', 'Its turn is over.', 'late'),
  row(OWNERS, 'email_refused', 'this_turn', 'same', 'email_refused', 'Noted.'),
  row(EVERY, 'email_refused', 'always', 'same', 'forward', 'Noted.'),
  row(OWNERS, 'email_unknown', 'this_turn', 'same', 'trouble', 'Noted.'),
  row(EVERY, 'email_unknown', 'always', 'same', 'nothing', 'Noted.'),
  row(OWNERS, 'due:mail_late', 'waits_on_mail', 'same', 'not_taken'),
  row(EVERY, 'due:mail_late', 'always', 'same', 'nothing'),
];

const owners: readonly Transition[] = [
  row(EVERY, 'answers', 'other_review', 'same', 'late_row', 'The review had ended when your answers came.', 'late'),
  row(ENDED, 'answers', 'always', 'same', 'late_row', 'The review had ended when your answers came.', 'late'),
  row(OPEN, 'answers', 'older_round', 'same', 'keep_draft', ROUND_PASSED, 'refused'),
  row(OWNERS, 'answers', 'incomplete', 'same', 'refuse_answers', 'Some questions have no answer yet.', 'refused'),
  row(['clarification'], 'answers', 'returns_to_l2', 'l2', 'take_and_return', 'Your answers are with the reviewers.'),
  row(OWNERS, 'answers', 'always', 'l1', 'take_and_review', 'Your answers are with the reviewers.'),
  row(['l1'], 'answers', 'incomplete', 'same', 'keep_draft', 'Some questions have no answer yet.', 'refused'),
  row(['l1'], 'answers', 'replaces_machine', 'l1', 'take_and_review', "Your answers replace last year's."),
  row(EVERY, 'answers', 'always', 'same', 'keep_draft', 'The reviewers have your answers already.', 'refused'),
  row(EVERY, 'request', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  row(OPEN, 'request', 'asked_already', 'same', 'nothing', 'You asked already. Staff will answer by email.', 'joined'),
  row(OPEN, 'request', 'always', 'same', 'ask_staff', 'Staff will answer by email. Until then your time stands still.'),
  row(EVERY, 'new_link', 'always', 'same', 'new_link', 'A new email is on its way to the address on file.'),
  row(OWNERS, 'due:reminder', 'always', 'same', 'remind'),
  row(EVERY, 'due:reminder', 'always', 'same', 'nothing'),
];

const silence: readonly Transition[] = [
  row(OWNERS, 'due:deadline', 'loud', 'same', 'put_before_staff'),
  row(['owner'], 'due:deadline', 'ends_by_itself', 'unanswered', 'end_unanswered'),
  row(['owner'], 'due:deadline', 'submits_previous', 'l1', 'submit_previous'),
  row(['owner'], 'due:deadline', 'submits_some', 'clarification', 'ask_missing'),
  row(OWNERS, 'due:deadline', 'always', 'same', 'put_before_staff'),
  row(EVERY, 'due:deadline', 'always', 'same', 'nothing'),
];

const reviewers: readonly Transition[] = [
  row(EVERY, 'verdict', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(OPEN, 'verdict', 'older_round', ROUND_PASSED),
  refused(OPEN, 'verdict', 'out_of_turn', 'It is not this level that is asked now.'),
  refused(REVIEWERS, 'verdict', 'older_answers', 'The answers have changed since. Read the newest version first.'),
  refused(REVIEWERS, 'verdict', 'both_levels', 'The same person never decides at both levels.'),
  refused(REVIEWERS, 'verdict', 'no_reason', 'Give a public reason for each section that does not meet.'),
  row(['l1'], 'verdict', 'goes_on', 'l2', 'next_level', 'Recorded. The second level is next.'),
  refused(REVIEWERS, 'verdict', 'asks_again', 'A further round of clarification needs a reason.'),
  row(REVIEWERS, 'verdict', 'asks', 'clarification', 'clarify', 'Recorded. The owner is asked.'),
  row(['l2'], 'verdict', 'disagree', 'same', 'disagree', 'Recorded. The levels disagree: the secretariat is told.'),
  row(REVIEWERS, 'verdict', 'waits_for_request', 'decided', 'decide_later', 'Recorded. It waits for an open request.'),
  row(REVIEWERS, 'verdict', 'hold', 'decided', 'decide_later', 'Recorded. It takes effect when the hold is over.'),
  row(REVIEWERS, 'verdict', 'approves', 'approved', 'approve', 'Decided: approved.'),
  row(REVIEWERS, 'verdict', 'always', 'ineligible', 'reject', 'Decided: ineligible.'),
  row(REVIEWERS, 'due:reviewers', 'always', 'same', 'reviewers_late'),
  row(EVERY, 'due:reviewers', 'always', 'same', 'nothing'),
  row(['decided'], 'due:commit', 'was_approved', 'approved', 'commit_approval'),
  row(['decided'], 'due:commit', 'always', 'ineligible', 'commit_refusal'),
  row(EVERY, 'due:commit', 'always', 'same', 'nothing'),
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
  row(OPEN, 'grant', 'not_me_granted', 'same', 'grant_not_me', 'Granted. Their link is dead, and they are told.'),
  row(OPEN, 'grant', 'always', 'same', 'grant', 'Granted. The owner is told.'),
  refused(EVERY, 'refuse', 'no_request', 'There is no such request open.'),
  row(OPEN, 'refuse', 'always', 'same', 'refuse', 'Refused. The owner is told.'),
  row(OWNERS, 'extend', 'begun', 'same', 'extend', 'The deadline is moved. The owner is told.'),
  refused(EVERY, 'extend', 'always', 'No time of an owner runs here.'),
  row(EVERY, 'resend', 'always', 'same', 'resend', 'It is sent again.'),
  row(OWNERS, 'expire', 'may_expire', 'unanswered', 'end_unanswered', 'The review is closed without an answer.'),
  refused(
    EVERY,
    'expire',
    'always',
    'A review ends unanswered only when it waits on silence, a first email and a reminder were taken, and nothing came in.',
  ),
  row(OPEN, 'withdraw', 'always', 'withdrawn', 'withdraw', 'The product is withdrawn.'),
  row(OPEN, 'close', 'always', 'closed_elsewhere', 'close_elsewhere', 'The review is closed.'),
  row(REMOVING, 'reopen', 'reopenable', 'owner', 'reopen', 'Reopened.'),
  refused(EVERY, 'reopen', 'always', 'A review is reopened within 210 days of a removal, and only then.'),
  row(EVERY, 'release', 'always', 'same', 'release', 'What was set aside goes on.'),
  row(EVERY, 'due:staff', 'always', 'same', 'still_waits'),
  row(ASLEEP, 'due:forget', 'always', 'same', 'forget'),
  row(EVERY, 'due:forget', 'always', 'same', 'nothing'),
];

const imports: readonly Transition[] = [
  row(['decided'], 'listing_changed', 'shown_elsewhere', 'same', 'show_elsewhere', 'Shown to staff.'),
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
  ...wakes,
  ...mail,
  ...owners,
  ...silence,
  ...reviewers,
  ...staff,
  ...imports,
  ...rest,
];
