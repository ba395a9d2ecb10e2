/** Answers to the form: what a case asks, what of it is visible, what is missing, and how it is cut into pages. */
import type { Condition, Question, SectionId } from './standard.js';
import { GATE_ID, PRIVACY_IDS, questionOf, QUESTIONS } from './standard.js';

/** Answer of a text_urls question. */
export interface TextAndLinks {
  readonly text: string;
  readonly urls: readonly string[];
}

/** Answer of a yes_no_text question. */
export interface ChoiceAndText {
  readonly choice: string;
  readonly text: string;
}

/** Answer of a multi_text question. */
export interface ChoicesAndText {
  readonly choices: readonly string[];
  readonly text: string;
}

/**
 * One answer as it is kept in JSON: text, email, country, single and yes_no ('yes' | 'no') are strings; text_list,
 * url_list, country_list and multi are lists of strings; the other kinds are objects.
 */
export type AnswerValue = string | readonly string[] | TextAndLinks | ChoiceAndText | ChoicesAndText;

/** Answers by question id; a question without an answer is absent. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/** Who sends the answers; none of it is published. */
export interface Declaration {
  readonly name: string;
  readonly role: string;
  readonly maySpeak: true;
}

/** What an owner sends: the body of the row. */
export interface OwnerSubmission {
  readonly answers: Answers;
  /** By privacy question: what only reviewers and staff read. */
  readonly forReviewers: Readonly<Record<string, string>>;
  /** The ids of answers on file that the owner looked at and kept. */
  readonly confirmed: readonly string[];
  readonly declaration: Declaration;
}

/** What a case asks: the whole form, the gate and the five privacy questions, or chosen questions (a clarification). */
export type Scope = 'all' | 'privacy' | readonly string[];

/** A page of the form; its id is the id of its first question, whatever is visible, so links to it stay good. */
export interface Page {
  readonly id: string;
  readonly section: SectionId;
  readonly questionIds: readonly string[];
}

/** The questions of a scope in the order of the form, hidden ones included; ids that the form does not know are left out. */
export function asked(scope: Scope): readonly Question[] {
  if (scope === 'all') {
    return QUESTIONS;
  }
  const ids = scope === 'privacy' ? [GATE_ID, ...PRIVACY_IDS] : scope;
  return QUESTIONS.filter(({ id }) => ids.includes(id));
}

/**
 * The asked questions that apply, given the answers so far together with those on file. A hidden question hides what
 * depends on it. While a condition's question is asked and open, what depends on it stays hidden; if it is not asked
 * and has no answer on file, what depends on it is shown.
 */
export function visible({ scope, answers }: { scope: Scope; answers: Answers }): readonly Question[] {
  const questions = asked(scope);
  const askedIds = new Set(questions.map(({ id }) => id));
  return questions.filter((question) => isShown({ question, answers, askedIds }));
}

/** The ids of mandatory visible questions without a complete answer, in the order of the form. */
export function missing({ scope, answers }: { scope: Scope; answers: Answers }): readonly string[] {
  return visible({ scope, answers })
    .filter((question) => question.required && !isAnswered({ question, value: answers[question.id] }))
    .map(({ id }) => id);
}

/** Whether an answer is complete; a "no" to a yes_no_text question and the choice "other" need words. */
export function isAnswered({ question, value }: { question: Question; value: AnswerValue | undefined }): boolean {
  if (value === undefined) {
    return false;
  }
  if (typeof value === 'string') {
    return value !== '';
  }
  if ('urls' in value) {
    return value.text !== '' || value.urls.length > 0;
  }
  if ('choice' in value) {
    return value.choice === 'yes' || (value.choice === 'no' && value.text !== '');
  }
  if ('choices' in value) {
    return value.choices.length > 0 && (value.text !== '' || !needsWords({ question, value }));
  }
  return value.length > 0;
}

/** The answers of the visible questions of a scope alone: what a submission carries once a gate was closed. */
export function visibleAnswers({ scope, answers }: { scope: Scope; answers: Answers }): Answers {
  return Object.fromEntries(
    visible({ scope, answers }).flatMap(({ id }) => {
      const value = answers[id];
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/**
 * What of the answers may be published: public questions that apply. The owner's name is left out when people own
 * the product without an organisation.
 */
export function publicAnswers(answers: Answers): Answers {
  const shown = Object.entries(visibleAnswers({ scope: 'all', answers }));
  return Object.fromEntries(
    shown.filter(
      ([id]) => questionOf(id)?.public === true && !(id === 'owner' && answers['owner_type'] === 'individual'),
    ),
  );
}

/** Whether a question fills a page of its own: answers in many words, and the privacy questions. The others are short. */
export function needsOwnPage(question: Question): boolean {
  switch (question.kind) {
    case 'text':
      return question.length !== 'short';
    case 'text_urls':
    case 'yes_no_text':
    case 'multi_text':
      return true;
    default:
      return question.set !== undefined;
  }
}

/**
 * The pages of a scope in their order, without hidden questions. Short questions of one section that follow each
 * other share a page, but no question shares one with the question that it depends on: pages work without scripts.
 */
export function pagesOf({ scope, answers }: { scope: Scope; answers: Answers }): readonly Page[] {
  const shown = new Set(visible({ scope, answers }).map(({ id }) => id));
  return layout(asked(scope)).flatMap((page) => {
    const questionIds = page.questionIds.filter((id) => shown.has(id));
    return questionIds.length === 0 ? [] : [{ ...page, questionIds }];
  });
}

/** Whether two answers say the same; order counts in lists, and two absent answers are equal. */
export function equalAnswer(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  return canonical(a) === canonical(b);
}

/** Whether the choices of a multi_text answer mean nothing without words. */
export function needsWords({ question, value }: { question: Question; value: ChoicesAndText }): boolean {
  return question.kind === 'multi_text' && value.choices.includes('other');
}

function layout(questions: readonly Question[]): readonly Page[] {
  const pages: Page[] = [];
  for (const question of questions) {
    const last = pages.at(-1);
    if (last !== undefined && mayJoin({ page: last, question })) {
      pages[pages.length - 1] = { ...last, questionIds: [...last.questionIds, question.id] };
    } else {
      pages.push({ id: question.id, section: question.section, questionIds: [question.id] });
    }
  }
  return pages;
}

function mayJoin({ page, question }: { page: Page; question: Question }): boolean {
  const first = questionOf(page.id);
  return (
    page.section === question.section &&
    !needsOwnPage(question) &&
    first !== undefined &&
    !needsOwnPage(first) &&
    !(question.showIf !== undefined && page.questionIds.includes(question.showIf.question))
  );
}

function isShown({
  question,
  answers,
  askedIds,
}: {
  question: Question;
  answers: Answers;
  askedIds: ReadonlySet<string>;
}): boolean {
  const condition = question.showIf;
  if (condition === undefined) {
    return true;
  }
  const parent = questionOf(condition.question);
  if (parent === undefined || !isShown({ question: parent, answers, askedIds })) {
    return false;
  }
  const given = answers[condition.question];
  if (given === undefined || !isAnswered({ question: parent, value: given })) {
    return !askedIds.has(condition.question);
  }
  return holds({ condition, given });
}

function holds({ condition, given }: { condition: Condition; given: AnswerValue }): boolean {
  if (typeof given !== 'string') {
    return false;
  }
  return 'equals' in condition ? given === condition.equals : !condition.notIn.includes(given);
}

function canonical(value: AnswerValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string' || !('text' in value)) {
    return JSON.stringify(value);
  }
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
