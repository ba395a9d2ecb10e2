import { isAnswered, visible, type Answers } from './answers.js';
import { sectionOf, type Question, type Standard } from './standard.js';

/** How much of the form is answered, questions that nobody must answer included. */
export interface Completeness {
  readonly answered: number;
  readonly of: number;
  /** In the order of the form. */
  readonly missing: readonly Question[];
}

/** Counts the questions that apply to a product. A self-assessment, and what binds later, count for nothing. */
export function completenessOf({ standard, answers }: { standard: Standard; answers: Answers }): Completeness {
  const counted = visible({ standard, scope: 'all', answers }).filter(
    ({ section, early }) => early === undefined && sectionOf(standard, section)?.selfAssessment === undefined,
  );
  const missing = counted.filter((question) => !isAnswered({ question, value: answers[question.id] }));
  return { answered: counted.length - missing.length, of: counted.length, missing };
}

/** Whether nothing is missing. */
export function isComplete(given: { standard: Standard; answers: Answers }): boolean {
  return completenessOf(given).missing.length === 0;
}
