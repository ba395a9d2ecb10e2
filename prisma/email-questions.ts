import type { FormFields } from '../domain/answer-form.js';
import { printAnswer } from '../domain/answer-text.js';
import { isAnswered, type Answers, type AnswerValue } from '../domain/answers.js';
import { formStand, type FormStand } from '../domain/form-stand.js';
import { CATEGORY_ID, type Question, type Standard } from '../domain/standard.js';
import type { Question as PrintedQuestion } from '../mail/content.js';
import type { Letter } from './letter.js';
import { readAnswers } from './read-form.js';

/** How the form of a review stands: what was there before, and what its owner saved and did not send. */
export interface LettersForm extends FormStand {
  /** Earlier answers. */
  readonly onFile: Answers;
}

/** Reads how the form of a review stands, as its pages show it. */
export async function standOfForm(letter: Letter): Promise<LettersForm> {
  const { transaction, slug, reference } = letter;
  const { earlier } = await readAnswers(transaction, { slug, reference });
  const saved = await transaction.draft.findMany({ where: { applicationId: reference } });
  // Written by save-draft.ts, and by steps from parsed answers.
  const drafts = Object.fromEntries(saved.map(({ field, form }) => [field, { form: form as FormFields }]));
  const onFile = Object.fromEntries(Object.entries(earlier).map(([id, { value }]) => [id, value]));
  return { ...formStand({ ...letter, earlier, drafts }), onFile };
}

/** A question as emails print it: the privacy questions by their ids, the others by their place in the form. */
export function printed({ questions }: Standard, { id, label }: Question): PrintedQuestion {
  const numbered = questions.filter(({ set }) => set === undefined);
  // What only some categories, or only later reviews are asked comes last, so that the others keep their numbers.
  const rank = ({ early, showIf }: Question) => (early !== undefined ? 2 : showIf?.question === CATEGORY_ID ? 1 : 0);
  const place = [0, 1, 2].flatMap((of) => numbered.filter((one) => rank(one) === of)).findIndex((one) => one.id === id);
  return { number: place === -1 ? id : String(place + 1), label };
}

/** An answer as emails print it; null if there is none. */
export function printedAnswer(question: Question, value: AnswerValue | undefined): string | null {
  if (value === undefined || !hasText(question, value)) return null;
  return printAnswer({ question, value }).join('\n');
}

function hasText(question: Question, value: AnswerValue): boolean {
  return isAnswered({ question, value }) || (typeof value === 'object' && !Array.isArray(value));
}
