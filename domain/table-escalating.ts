import { EVERY, row, SEATS, type Transition } from './transition.js';

/** What follows when a reviewer has a case and does not finish: a reminder, then the next reviewer may take it. */
export const watchRows: readonly Transition[] = [
  row(EVERY, 'due:watch', 'unclaimed', 'same', 'nothing'),
  row(SEATS, 'due:watch', 'limit_ahead', 'same', 'remind_reviewer'),
  row(SEATS, 'due:watch', 'always', 'same', 'take_back'),
  row(EVERY, 'due:watch', 'always', 'same', 'nothing'),
];
