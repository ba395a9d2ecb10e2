import {
  ANOTHERS,
  BOTH_LEVELS,
  EVERY,
  IN_CONFLICT,
  LOST_ROLE,
  NO_REVIEWER,
  NOT_OPEN,
  OLDER_ANSWERS,
  OUT_OF_TURN,
  OWN_PRODUCT,
  refused,
  REVIEWERS,
  ROUND_PASSED,
  row,
  type Transition,
} from './transition.js';

const CONSULTATION = ['consultation'] as const;

const CLOSED = 'This question is closed, or somebody else is asked now. Thank you all the same.';
const LATE_ADVICE = 'Thank you. Your advice came late: the reviewers see it, and see that it came late.';
const THANKS = 'Thank you. The reviewers have your advice.';
const DECLINED = 'Noted. You are not asked about this any more.';

/** How a reviewer asks experts, and takes it back. */
const asking: readonly Transition[] = [
  row(EVERY, 'consult', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(EVERY, 'consult', 'older_round', ROUND_PASSED),
  refused(EVERY, 'consult', 'out_of_turn', OUT_OF_TURN),
  refused(REVIEWERS, 'consult', 'lost_role', LOST_ROLE),
  refused(REVIEWERS, 'consult', 'older_answers', OLDER_ANSWERS),
  refused(REVIEWERS, 'consult', 'not_last_level', 'Only the level that decides asks experts.'),
  refused(REVIEWERS, 'consult', 'both_levels', BOTH_LEVELS),
  refused(REVIEWERS, 'consult', 'own_product', OWN_PRODUCT),
  refused(REVIEWERS, 'consult', 'in_conflict', IN_CONFLICT),
  refused(REVIEWERS, 'consult', 'anothers', ANOTHERS),
  refused(REVIEWERS, 'consult', 'no_question', 'Give each section one question, and one to five experts.'),
  refused(REVIEWERS, 'consult', 'not_free', 'One of these experts cannot be asked. Look at the list again.'),
  row(REVIEWERS, 'consult', 'always', 'consultation', 'consult', 'The experts are asked. Your time stands still.'),
  refused(EVERY, 'consult', 'always', NO_REVIEWER),
  row(EVERY, 'call_off', 'other_review', 'same', 'nothing', NOT_OPEN, 'late'),
  refused(CONSULTATION, 'call_off', 'older_round', ROUND_PASSED),
  refused(CONSULTATION, 'call_off', 'not_consulting', 'Another reviewer asked. Nothing was changed.'),
  row(CONSULTATION, 'call_off', 'consults_l2', 'l2', 'call_off', 'Called off. The case is on your desk again.'),
  row(CONSULTATION, 'call_off', 'always', 'l1', 'call_off', 'Called off. The case is on your desk again.'),
  refused(EVERY, 'call_off', 'always', 'No expert is asked now.'),
];

/** What experts do. It returns to the reviewer when no section waits. */
const experts: readonly Transition[] = [
  ...(['expert_accept', 'expert_decline', 'advice'] as const).map((on) =>
    refused(EVERY, on, 'not_asked', 'You are not asked about this.'),
  ),
  ...(['expert_accept', 'expert_decline'] as const).flatMap((on) => [
    row(EVERY, on, 'other_review', 'same', 'nothing', CLOSED, 'late'),
    row(CONSULTATION, on, 'not_theirs', 'same', 'nothing', CLOSED, 'late'),
  ]),
  row(CONSULTATION, 'expert_accept', 'accepted', 'same', 'nothing', 'You accepted before.', 'joined'),
  row(CONSULTATION, 'expert_accept', 'always', 'same', 'accept_question', 'Thank you. You can answer now.'),
  row(CONSULTATION, 'expert_decline', 'another_is_next', 'same', 'ask_next', DECLINED),
  row(CONSULTATION, 'expert_decline', 'others_wait', 'same', 'give_up', DECLINED),
  row(CONSULTATION, 'expert_decline', 'consults_l2', 'l2', 'give_up', DECLINED),
  row(CONSULTATION, 'expert_decline', 'always', 'l1', 'give_up', DECLINED),
  row(EVERY, 'advice', 'answered_before', 'same', 'nothing', 'You answered before. Thank you.', 'joined'),
  row(EVERY, 'advice', 'other_review', 'same', 'file_late_advice', LATE_ADVICE, 'late'),
  row(CONSULTATION, 'advice', 'not_theirs', 'same', 'file_late_advice', LATE_ADVICE, 'late'),
  row(CONSULTATION, 'advice', 'others_wait', 'same', 'take_advice', THANKS),
  row(CONSULTATION, 'advice', 'consults_l2', 'l2', 'take_advice', THANKS),
  row(CONSULTATION, 'advice', 'always', 'l1', 'take_advice', THANKS),
  row(EVERY, 'advice', 'always', 'same', 'file_late_advice', LATE_ADVICE, 'late'),
  ...(['expert_accept', 'expert_decline'] as const).map((on) =>
    row(EVERY, on, 'always', 'same', 'nothing', CLOSED, 'late'),
  ),
  row(CONSULTATION, 'due:expert', 'gone', 'same', 'nothing'),
  row(CONSULTATION, 'due:expert', 'another_is_next', 'same', 'ask_next'),
  row(CONSULTATION, 'due:expert', 'others_wait', 'same', 'give_up'),
  row(CONSULTATION, 'due:expert', 'consults_l2', 'l2', 'give_up'),
  row(CONSULTATION, 'due:expert', 'always', 'l1', 'give_up'),
  row(EVERY, 'due:expert', 'always', 'same', 'nothing'),
  row(CONSULTATION, 'due:expert_reminder', 'gone', 'same', 'nothing'),
  row(CONSULTATION, 'due:expert_reminder', 'always', 'same', 'remind_expert'),
  row(EVERY, 'due:expert_reminder', 'always', 'same', 'nothing'),
];

/** Questions of reviewers to experts. */
export const consultingRows: readonly Transition[] = [...asking, ...experts];
