import { EVERY, row, SEATS, type Transition } from './transition.js';

/**
 * What follows when nobody takes a case: all who may are told. When its reviewer does not finish: a reminder, then the
 * next one may take it.
 */
export const watchRows: readonly Transition[] = [
  row(SEATS, 'due:watch', 'unclaimed', 'same', 'call_reviewers'),
  row(SEATS, 'due:watch', 'limit_ahead', 'same', 'remind_reviewer'),
  row(SEATS, 'due:watch', 'always', 'same', 'take_back'),
  row(EVERY, 'due:watch', 'always', 'same', 'nothing'),
];
