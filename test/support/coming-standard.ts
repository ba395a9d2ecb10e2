import { createStandard, NEWEST, type Standards } from '../../domain/standards.js';
import type { Question, Standard } from '../../domain/standard.js';

/** An invented question, and what it asks. */
export const heldQuestion: Question = {
  id: 'held_exercises',
  section: '5',
  indicator: '5',
  kind: 'text',
  title: 'Invented exercises',
  label: 'Which invented exercises did the people of the product hold?',
  why: 'It is invented, to see where a question shows.',
  good: 'One sentence about each exercise.',
  empty: 'Enter the invented exercises.',
  required: true,
  public: true,
};

/** A version after the newest one, with questions of its own. */
export function laterStandard(some: Partial<Standard> = {}, added: readonly Question[] = [heldQuestion]): Standard {
  return createStandard({
    ...NEWEST,
    version: '2027-invented',
    answerableFrom: '2026-06-01',
    bindsFrom: '2027-01-01',
    whatIsNew: ['An invented question.'],
    questions: [...NEWEST.questions, ...added],
    ...some,
  });
}

/** The versions that there are, and a later one. */
export function withLater(later: Standard = laterStandard()): Standards {
  return [NEWEST, later];
}
