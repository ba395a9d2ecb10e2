import { isBlank, posted, readAnswer, reviewersField, type FormFields } from '../../domain/answer-form.js';
import {
  asked,
  isAnswered,
  missing,
  pagesOf,
  visible,
  type Answers,
  type AnswerValue,
  type OwnerSubmission,
  type Page,
} from '../../domain/answers.js';
import { daysBetween, dayOf } from '../../domain/calendar.js';
import { PRIVACY_FRESH } from '../../domain/policy.js';
import { parseAnswer, parseDeclaration, parseForReviewers } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import type { EarlierAnswer, FormRecord } from '../../prisma/read-form.js';

/** The box of the form that holds the declaration. */
export const DECLARATION = 'declaration';

/** The box of a privacy question that only reviewers read. */
export function reviewersBox(question: Question): string {
  return `${question.id}:reviewers`;
}

/** The name of the field with which an owner keeps an earlier answer (`keep`) or changes it (`change`). */
export function keepField(question: Question): string {
  return `${question.id}.keep`;
}

/**
 * How a question stands: kept as it was, written anew, accepted lately, sent before in this review (while reviewers ask
 * about it), still to confirm, or without an answer.
 */
export type Standing = 'kept' | 'written' | 'fresh' | 'sent' | 'unconfirmed' | 'none';

/** The form of a review as its owner has filled it in so far. */
export interface FormState {
  readonly record: FormRecord;
  /** Earlier answers with what was written since laid over them. */
  readonly answers: Answers;
  readonly visible: readonly Question[];
  readonly pages: readonly Page[];
  /** Questions that keep the owner from sending, in the order of the form: mandatory ones that are neither answered nor
   *  confirmed, and what reviewers ask about while it is untouched. */
  readonly open: readonly string[];
  readonly declaration: OwnerSubmission['declaration'] | null;
  /** Reviewers asked about answers that were sent, and none of them was confirmed or changed since. */
  readonly untouched: boolean;
  /** Nothing stands between the owner and sending. */
  readonly ready: boolean;
  readonly standing: (question: Question) => Standing;
  readonly earlier: (question: Question) => EarlierAnswer | undefined;
}

/** Works out how a form stands from the record alone. */
export function formState(record: FormRecord): FormState {
  const scope = record.review.asks;
  const written = writtenAnswers(record);
  const answers: Answers = { ...valuesOf(record.earlier), ...written };
  const standing = (question: Question): Standing => standingOf({ record, written, question });
  const shown = visible({ scope, answers });
  const unanswered = new Set(missing({ scope, answers }));
  const standings = new Set(shown.map(standing));
  const untouched = standings.has('sent') && !standings.has('written') && !standings.has('kept');
  const isOpen = (question: Question): boolean => {
    const how = standing(question);
    return unanswered.has(question.id) || (question.required && how === 'unconfirmed') || (untouched && how === 'sent');
  };
  const open = shown.filter(isOpen);
  const declaration = parseDeclaration({ form: record.drafts[DECLARATION]?.form ?? {} });
  return {
    record,
    answers,
    visible: shown,
    pages: pagesOf({ scope, answers }),
    open: open.map(({ id }) => id),
    declaration: declaration.ok ? declaration.value : null,
    untouched,
    ready: open.length === 0 && declaration.ok && !untouched,
    standing,
    earlier: ({ id }) => record.earlier[id],
  };
}

/** What the form sends as it stands; null while the declaration is missing. */
export function submissionOf(state: FormState): OwnerSubmission | null {
  const { record, visible: shown, declaration } = state;
  if (declaration === null) return null;
  const scope = record.review.asks;
  const kept = shown.filter((question) => ['kept', 'fresh'].includes(state.standing(question)));
  // What this review was sent before goes with it: the next version holds everything, not the changes alone.
  const sent = Object.entries(record.earlier).filter(([, { here }]) => here);
  const before = Object.fromEntries(sent.map(([id, { value }]) => [id, value]));
  const answers: Answers = { ...before, ...writtenAnswers(record) };
  const asksFor = new Set(asked(scope).map(({ id }) => id));
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

/** Whether the saved fields of a question say that the earlier answer stays. */
export function keepsEarlier({ question, form }: { question: Question; form: FormFields | undefined }): boolean {
  return form !== undefined && posted(form, keepField(question)) === 'keep';
}

/** The answers that were written and not sent yet; an emptied one is there, empty, so that it covers the earlier one. */
function writtenAnswers(record: FormRecord): Answers {
  const written: Record<string, AnswerValue> = {};
  for (const question of asked(record.review.asks)) {
    const form = record.drafts[question.id]?.form;
    if (form === undefined || keepsEarlier({ question, form })) continue;
    const parsed = parseAnswer({ question, form });
    if (!parsed.ok) continue;
    if (parsed.value !== undefined) written[question.id] = parsed.value;
    else if (record.earlier[question.id] !== undefined) written[question.id] = readAnswer({ question, form });
  }
  return written;
}

function standingOf({
  record,
  written,
  question,
}: {
  record: FormRecord;
  written: Answers;
  question: Question;
}): Standing {
  const value = written[question.id];
  if (value !== undefined) return isAnswered({ question, value }) ? 'written' : 'none';
  const earlier = record.earlier[question.id];
  if (earlier === undefined || !isAnswered({ question, value: earlier.value })) return 'none';
  if (keepsEarlier({ question, form: record.drafts[question.id]?.form })) return 'kept';
  if (record.review.state === 'clarification' && earlier.here && earlier.confirmed) return 'sent';
  return isFresh({ record, question, earlier }) ? 'fresh' : 'unconfirmed';
}

/** Privacy answers accepted lately count as given. */
function isFresh({
  record,
  question,
  earlier,
}: {
  record: FormRecord;
  question: Question;
  earlier: EarlierAnswer;
}): boolean {
  const ofSet = question.set === 'privacy-2025' || question.id === 'pii_level';
  const days = daysBetween(earlier.on, dayOf(record.now));
  return record.review.kind === 'annual_review' && ofSet && earlier.confirmed && !earlier.here && days <= PRIVACY_FRESH;
}

function valuesOf(earlier: FormRecord['earlier']): Answers {
  return Object.fromEntries(Object.entries(earlier).map(([id, { value }]) => [id, value]));
}
