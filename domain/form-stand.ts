import { posted, readAnswer, type FormFields } from './answer-form.js';
import { asked, isAnswered, missing, visible, type Answers, type AnswerValue } from './answers.js';
import { daysBetween, dayOf, type Day, type Instant } from './calendar.js';
import type { Review } from './case.js';
import { PRIVACY_FRESH } from './policy.js';
import { parseAnswer } from './questionnaire.js';
import { GATE_ID, type Question, type Standard } from './standard.js';

/** An answer that is there already: of last year, or of what the owner sent in this review. */
export interface EarlierAnswer {
  readonly value: AnswerValue;
  /** When it was given or confirmed; when it was carried over, if nobody of the product confirmed it here. */
  readonly on: Day;
  readonly confirmed: boolean;
  /** Sent in this very review; not decided on yet. */
  readonly here: boolean;
}

/** What is known of the form of a review. */
export interface FormFilled {
  /** What the form asks: the review's version of the Standard, with what may be answered early. */
  readonly standard: Standard;
  readonly review: Pick<Review, 'asks' | 'kind' | 'state' | 'turn'>;
  /** By question. */
  readonly earlier: Readonly<Record<string, EarlierAnswer>>;
  /** What was typed and not sent, by box: a question's id, or another box of the form. */
  readonly drafts: Readonly<Record<string, { readonly form: FormFields }>>;
  readonly now: Instant;
}

/**
 * How a question stands: kept as it was, written anew, accepted lately, sent before in this review (while reviewers ask
 * about it), still to confirm, or without an answer.
 */
export type Standing = 'kept' | 'written' | 'fresh' | 'sent' | 'unconfirmed' | 'none';

/** How a form stands. Pages and emails count by it alone. */
export interface FormStand {
  /** Earlier answers with what was written since laid over them. */
  readonly answers: Answers;
  /** The asked questions that apply, in the order of the form. */
  readonly visible: readonly Question[];
  /** Those that keep the owner from sending: mandatory ones that are neither answered nor confirmed, and what reviewers
   *  ask about while it is untouched. */
  readonly open: readonly Question[];
  /** Reviewers asked about answers that were sent, and none of them was confirmed or changed since. */
  readonly untouched: boolean;
  /** Of the mandatory ones. */
  readonly count: { readonly answered: number; readonly of: number };
  readonly standing: (question: Question) => Standing;
}

/** Works out how a form stands. */
export function formStand(filled: FormFilled): FormStand {
  const asking = { standard: filled.standard, scope: filled.review.asks };
  const written = writtenAnswers(filled);
  const earlier = Object.entries(filled.earlier).map(([id, { value }]) => [id, value] as const);
  const answers: Answers = { ...Object.fromEntries(earlier), ...written };
  const standing = (question: Question): Standing => standingOf({ filled, written, question });
  const shown = visible({ ...asking, answers });
  const unanswered = new Set(missing({ ...asking, answers }));
  const standings = new Set(shown.map(standing));
  const untouched = standings.has('sent') && !standings.has('written') && !standings.has('kept');
  const isOpen = (question: Question): boolean => {
    const how = standing(question);
    return unanswered.has(question.id) || (question.required && how === 'unconfirmed') || (untouched && how === 'sent');
  };
  const mandatory = shown.filter(({ required }) => required);
  const answered = mandatory.filter((question) => !isOpen(question)).length;
  return {
    answers,
    visible: shown,
    open: shown.filter(isOpen),
    untouched,
    count: { answered, of: mandatory.length },
    standing,
  };
}

/** The name of the field with which an owner keeps an earlier answer (`keep`) or changes it (`change`). */
export function keepField(question: Question): string {
  return `${question.id}.keep`;
}

/** Whether the saved fields of a question say that the earlier answer stays. */
export function keepsEarlier({ question, form }: { question: Question; form: FormFields | undefined }): boolean {
  return form !== undefined && posted(form, keepField(question)) === 'keep';
}

/** The answers that were written and not sent yet; an emptied one is there, empty, so that it covers the earlier one. */
export function writtenAnswers({ standard, review, earlier, drafts }: FormFilled): Answers {
  const written: Record<string, AnswerValue> = {};
  for (const question of asked({ standard, scope: review.asks })) {
    const form = drafts[question.id]?.form;
    if (form === undefined || keepsEarlier({ question, form })) continue;
    const parsed = parseAnswer({ question, form });
    if (!parsed.ok) continue;
    if (parsed.value !== undefined) written[question.id] = parsed.value;
    else if (earlier[question.id] !== undefined) written[question.id] = readAnswer({ question, form });
  }
  return written;
}

function standingOf({
  filled,
  written,
  question,
}: {
  filled: FormFilled;
  written: Answers;
  question: Question;
}): Standing {
  const value = written[question.id];
  if (value !== undefined) return isAnswered({ question, value }) ? 'written' : 'none';
  const earlier = filled.earlier[question.id];
  if (earlier === undefined || !isAnswered({ question, value: earlier.value })) return 'none';
  if (keepsEarlier({ question, form: filled.drafts[question.id]?.form })) return 'kept';
  if (asksAgain(filled.review) && earlier.here && earlier.confirmed) return 'sent';
  return isFresh({ filled, question, earlier }) ? 'fresh' : 'unconfirmed';
}

/** Whether some of the answers of this very review are asked again. */
export function asksAgain({ state, turn }: Pick<Review, 'state' | 'turn'>): boolean {
  return state === 'clarification' || state === 'notice' || turn?.of === 'notice';
}

/** Privacy answers accepted lately count as given in an annual review. */
function isFresh({
  filled: { review, now },
  question,
  earlier,
}: {
  filled: FormFilled;
  question: Question;
  earlier: EarlierAnswer;
}): boolean {
  const ofSet = question.set === 'privacy-2025' || question.id === GATE_ID;
  const days = daysBetween(earlier.on, dayOf(now));
  return review.kind === 'annual_review' && ofSet && earlier.confirmed && !earlier.here && days <= PRIVACY_FRESH;
}
