import { isBlank, posted, readAnswer, reviewersField, type FormFields } from '../../domain/answer-form.js';
import { asked, pagesOf, type Answers, type OwnerSubmission, type Page } from '../../domain/answers.js';
import { formStand, writtenAnswers, type FormStand } from '../../domain/form-stand.js';
import { parseDeclaration, parseForReviewers } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import type { EarlierAnswer, FormRecord } from '../../prisma/read-form.js';

export { keepField, keepsEarlier, type Standing } from '../../domain/form-stand.js';

/** The box of the form that holds the declaration. */
export const DECLARATION = 'declaration';

/** The box of a privacy question that only reviewers read. */
export function reviewersBox(question: Question): string {
  return `${question.id}:reviewers`;
}

/** The form of a review as its owner has filled it in so far. */
export interface FormState extends Omit<FormStand, 'open'> {
  readonly record: FormRecord;
  readonly pages: readonly Page[];
  /** Ids of the questions that keep the owner from sending, in the order of the form. */
  readonly open: readonly string[];
  readonly declaration: OwnerSubmission['declaration'] | null;
  /** Nothing stands between the owner and sending. */
  readonly ready: boolean;
  readonly earlier: (question: Question) => EarlierAnswer | undefined;
}

/** Works out how a form stands from the record alone. */
export function formState(record: FormRecord): FormState {
  const stand = formStand(record);
  const { answers, open, untouched } = stand;
  const declaration = parseDeclaration({ form: record.drafts[DECLARATION]?.form ?? {} });
  return {
    ...stand,
    record,
    pages: pagesOf({ standard: record.standard, scope: record.review.asks, answers }),
    open: open.map(({ id }) => id),
    declaration: declaration.ok ? declaration.value : null,
    ready: open.length === 0 && declaration.ok && !untouched,
    earlier: ({ id }) => record.earlier[id],
  };
}

/** What the form sends as it stands; null while the declaration is missing. */
export function submissionOf(state: FormState): OwnerSubmission | null {
  const { record, visible: shown, declaration } = state;
  if (declaration === null) return null;
  const { standard } = record;
  const kept = shown.filter((question) => ['kept', 'fresh'].includes(state.standing(question)));
  // What this review was sent before goes with it: the next version holds everything, not the changes alone.
  const sent = Object.entries(record.earlier).filter(([, { here }]) => here);
  const before = Object.fromEntries(sent.map(([id, { value }]) => [id, value]));
  const answers: Answers = { ...before, ...writtenAnswers(record) };
  const asksFor = new Set(asked({ standard, scope: record.review.asks }).map(({ id }) => id));
  const shownIds = new Set(shown.map(({ id }) => id));
  return {
    answers: Object.fromEntries(Object.entries(answers).filter(([id]) => !asksFor.has(id) || shownIds.has(id))),
    forReviewers: forReviewersOf(state),
    confirmed: kept.map(({ id }) => id),
    declaration,
  };
}

/** The text for reviewers only, of the questions that apply. */
export function forReviewersOf({ record, visible: shown }: FormState): Readonly<Record<string, string>> {
  const texts = { ...record.forReviewers };
  for (const question of shown) {
    const draft = record.drafts[reviewersBox(question)];
    if (draft === undefined) continue;
    const text = posted(draft.form, reviewersField(question));
    const parsed = parseForReviewers({ question, form: draft.form });
    if (parsed.ok) texts[question.id] = text;
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

/** Whether the fields of a question hold nothing. */
export function isBlankForm({ question, form }: { question: Question; form: FormFields }): boolean {
  return isBlank(readAnswer({ question, form }));
}
