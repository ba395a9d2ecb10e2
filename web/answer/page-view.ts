import {
  formOfAnswer,
  reviewersField,
  typedFields,
  posted,
  type FormFields,
  type Problem,
} from '../../domain/answer-form.js';
import { cleanText } from '../../domain/answer-text.js';
import { equalAnswer } from '../../domain/answers.js';
import { parseAnswer, parseForReviewers } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import type { NewDraft } from '../../prisma/save-draft.js';
import type { SavedDraft } from '../../prisma/read-form.js';
import { chooseField, otherField, versionField } from './conflict.js';
import { isBlankForm, keepField, keepsEarlier, reviewersBox, type FormState } from './form-state.js';

/** What a page of the form shows: values of its fields, what is wrong with them, other texts, versions seen. */
export interface PageView {
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  readonly conflicts: Readonly<Record<string, SavedDraft>>;
  readonly seen: Readonly<Record<string, number>>;
}

/** The boxes of a question: itself, and a second one for reviewers only beside the privacy questions. */
export function boxesOf(question: Question): readonly string[] {
  return question.set === 'privacy-2025' ? [question.id, reviewersBox(question)] : [question.id];
}

/** The page as it is saved. */
export function savedView(state: FormState, questions: readonly Question[]): PageView {
  const seen = questions.flatMap(boxesOf).map((box) => [box, state.record.drafts[box]?.version ?? 0] as const);
  return {
    values: Object.assign({}, ...questions.map((question) => savedValues(state, question))) as FormFields,
    problems: [],
    conflicts: {},
    seen: Object.fromEntries(seen),
  };
}

function savedValues(state: FormState, question: Question): FormFields {
  const { drafts, forReviewers } = state.record;
  const form = drafts[question.id]?.form;
  const earlier = state.earlier(question);
  const prefilled = formOfAnswer({ question, value: earlier?.value });
  const kept = keepsEarlier({ question, form }) || (form === undefined && state.standing(question) === 'fresh');
  const own = form === undefined || kept ? prefilled : form;
  const box = reviewersField(question);
  const reviewers = drafts[reviewersBox(question)]?.form ?? { [box]: forReviewers[question.id] ?? '' };
  return {
    ...own,
    ...reviewers,
    [keepField(question)]: kept ? 'keep' : form === undefined || earlier === undefined ? '' : 'change',
  };
}

/** The page as it was posted, to be shown again; `seen` are the versions that its author saw. */
export function postedView(questions: readonly Question[], form: FormFields): PageView {
  const values = questions.map((question) => ({
    ...typedFields({ question, form }),
    [reviewersField(question)]: cleanText(posted(form, reviewersField(question))),
    [keepField(question)]: posted(form, keepField(question)),
  }));
  const seen = questions.flatMap(boxesOf).map((box) => [box, seenVersion(form, box)] as const);
  return {
    values: Object.assign({}, ...values) as FormFields,
    problems: [],
    conflicts: {},
    seen: Object.fromEntries(seen),
  };
}

/** What of a posted page is to be saved, and what is wrong with the rest. */
export interface ReadPage {
  readonly drafts: readonly NewDraft[];
  readonly problems: readonly Problem[];
}

/** Reads what was posted for the questions of a page. What was left empty and never filled is no draft. */
export function readPage(state: FormState, questions: readonly Question[], form: FormFields): ReadPage {
  const read = questions.map((question) => readQuestion({ state, question, form }));
  return { drafts: read.flatMap(({ drafts }) => drafts), problems: read.flatMap(({ problems }) => problems) };
}

/** The version of a box that the author of a posted page saw; 0 when the page does not say. */
export function seenVersion(form: FormFields, box: string): number {
  const chosen = posted(form, chooseField(box)) === 'mine';
  const text = posted(form, chosen ? otherField(box) : versionField(box));
  return /^\d{1,9}$/u.test(text) ? Number(text) : 0;
}

interface Reading {
  readonly state: FormState;
  readonly question: Question;
  readonly form: FormFields;
}

function readQuestion(reading: Reading): ReadPage {
  const { question, form } = reading;
  const answer = readBox(reading, question.id, () => readOwn(reading));
  if (question.set !== 'privacy-2025' || !Object.hasOwn(form, reviewersField(question))) return answer;
  const box = reviewersBox(question);
  const reviewers = readBox(reading, box, () => {
    const parsed = parseForReviewers({ question, form });
    if (!parsed.ok) return { problems: parsed.problems };
    const known = reading.state.record.drafts[box] !== undefined;
    const before = reading.state.record.forReviewers[question.id] ?? '';
    const text = parsed.value ?? '';
    return !known && text === before ? null : { form: { [reviewersField(question)]: text } };
  });
  return {
    drafts: [...answer.drafts, ...reviewers.drafts],
    problems: [...answer.problems, ...reviewers.problems],
  };
}

type ReadBox = { readonly form: FormFields } | { readonly problems: readonly Problem[] } | null;

/** A box whose author chose the other text of two is left as it is saved. */
function readBox({ form }: Reading, box: string, read: () => ReadBox): ReadPage {
  if (posted(form, chooseField(box)) === 'theirs') return { drafts: [], problems: [] };
  const found = read();
  if (found === null) return { drafts: [], problems: [] };
  if ('problems' in found) return { drafts: [], problems: found.problems };
  return { drafts: [{ field: box, form: found.form, seen: seenVersion(form, box) }], problems: [] };
}

function readOwn({ state, question, form }: Reading): ReadBox {
  const earlier = state.earlier(question);
  const keep = posted(form, keepField(question));
  if (keep === 'keep' && earlier !== undefined) return { form: { [keepField(question)]: 'keep' } };
  const parsed = parseAnswer({ question, form });
  if (!parsed.ok) return { problems: parsed.problems };
  const own = typedFields({ question, form });
  const isNew = state.record.drafts[question.id] === undefined;
  if (earlier === undefined) return isNew && isBlankForm({ question, form }) ? null : { form: own };
  // Nothing was chosen and nothing was changed: the earlier answer waits for another day.
  if (keep !== 'change' && isNew && equalAnswer(parsed.value, earlier.value)) return null;
  if (parsed.value === undefined && question.required) {
    return { problems: [{ field: firstField(question), sentence: question.empty }] };
  }
  return { form: own };
}

function firstField(question: Question): string {
  return Object.keys(typedFields({ question, form: {} }))[0] ?? question.id;
}
