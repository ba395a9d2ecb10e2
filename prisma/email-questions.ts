import { posted, type FormFields } from '../domain/answer-form.js';
import { printAnswer } from '../domain/answer-text.js';
import { isAnswered, missing, visible, type Answers, type AnswerValue } from '../domain/answers.js';
import { daysBetween, dayOf, type Day } from '../domain/calendar.js';
import { PRIVACY_FRESH } from '../domain/policy.js';
import { parseAnswer } from '../domain/questionnaire.js';
import { GATE_ID, PRIVACY_IDS, QUESTIONS, questionOf, type Question } from '../domain/standard.js';
import type { Question as PrintedQuestion } from '../mail/content.js';
import type { Letter } from './letter.js';

/** An answer that is there already, and when it was given or confirmed. */
interface Earlier {
  readonly value: AnswerValue;
  readonly on: Day;
  readonly confirmed: boolean;
  /** Sent in this review and not public yet. */
  readonly here: boolean;
}

/** How the form of a review stands: what was there before, and what its owner saved and did not send. */
export interface FormStand {
  /** Earlier answers. */
  readonly onFile: Answers;
  /** Earlier answers with the saved ones laid over them. */
  readonly answers: Answers;
  /** The asked questions that apply, in the order of the form. */
  readonly asked: readonly Question[];
  /** Of the asked mandatory ones, those neither answered nor confirmed. */
  readonly open: readonly Question[];
  /** How many are mandatory. */
  readonly total: number;
}

/** Reads how the form of a review stands. */
export async function readForm(letter: Letter): Promise<FormStand> {
  const { transaction, reference, review } = letter;
  const earlier = await readEarlier(letter);
  const drafts = await transaction.draft.findMany({ where: { applicationId: reference } });
  // Written by save-draft.ts, and by steps from parsed answers.
  const forms = new Map(drafts.map(({ field, form }) => [field, form as FormFields]));
  const onFile: Answers = Object.fromEntries([...earlier].map(([id, { value }]) => [id, value]));
  const written = writtenAnswers(forms);
  const answers: Answers = { ...onFile, ...written };
  const scope = review.asks;
  const asked = visible({ scope, answers });
  const mandatory = asked.filter(({ required }) => required);
  const unanswered = new Set(missing({ scope, answers }));
  const isDone = (question: Question) =>
    !unanswered.has(question.id) &&
    (question.id in written ||
      isKept(question, forms.get(question.id)) ||
      isFresh(letter, question, earlier.get(question.id)));
  return { onFile, answers, asked, open: mandatory.filter((one) => !isDone(one)), total: mandatory.length };
}

/** All public answers of the product and those of this review, the newest of each question. */
async function readEarlier({ transaction, slug, reference }: Letter): Promise<ReadonlyMap<string, Earlier>> {
  const sets = await transaction.answerSet.findMany({
    where: { slug, OR: [{ publishedAt: { not: null } }, { applicationId: reference }] },
    orderBy: [{ publishedAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  });
  const earlier = new Map<string, Earlier>();
  for (const { answers, confirmed, at, applicationId, publishedAt } of sets) {
    const here = applicationId === reference && publishedAt === null;
    // Parsed by domain/questionnaire.ts before they were written.
    for (const [id, value] of Object.entries(answers as Answers)) {
      earlier.set(id, { value, on: dayOf(at.toISOString()), confirmed: confirmed.includes(id), here });
    }
  }
  return earlier;
}

function writtenAnswers(forms: ReadonlyMap<string, FormFields>): Answers {
  const written: Record<string, AnswerValue> = {};
  for (const [field, form] of forms) {
    const question = questionOf(field);
    if (question === undefined || isKept(question, form)) continue;
    const parsed = parseAnswer({ question, form });
    if (parsed.ok && parsed.value !== undefined) written[field] = parsed.value;
  }
  return written;
}

/** The page of a question says with this field that the earlier answer stays. */
function isKept({ id }: Question, form: FormFields | undefined): boolean {
  return form !== undefined && posted(form, `${id}.keep`) === 'keep';
}

/** Privacy answers accepted lately count as given in an annual review. */
function isFresh({ review, today }: Letter, { id, set }: Question, earlier: Earlier | undefined): boolean {
  if (earlier === undefined || review.kind !== 'annual_review' || (set === undefined && id !== GATE_ID)) return false;
  return earlier.confirmed && !earlier.here && daysBetween(earlier.on, today) <= PRIVACY_FRESH;
}

/** A question as emails print it: the privacy questions by their ids, the others by their place in the form. */
export function printed({ id, label }: Question): PrintedQuestion {
  const place = QUESTIONS.filter((one) => !PRIVACY_IDS.includes(one.id)).findIndex((one) => one.id === id);
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
