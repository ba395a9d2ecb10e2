/** Answers to the form: what a case asks, what of it is visible, what is missing, and how it is cut into pages. */
import type { Review } from './case.js';
import type { Condition, Question, SectionId, Standard } from './standard.js';
import { CATEGORY_ID, GATE_ID, questionOf } from './standard.js';

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

/** What a case asks: the whole form, the gate and the five privacy questions, some sections (a concern), or chosen questions (a clarification). */
export type Scope = 'all' | 'privacy' | SectionScope | readonly string[];

/** All questions of some sections. */
export interface SectionScope {
  readonly sections: readonly SectionId[];
}

/** What a review asks from its beginning on, whatever of it is asked again later. */
export function scopeOfReview({ kind, about }: Pick<Review, 'kind' | 'about'>): Exclude<Scope, readonly string[]> {
  if (about !== undefined) return { sections: about };
  return kind === 'privacy' ? 'privacy' : 'all';
}

/** A page of the form; its id is the id of its first question, whatever is visible, so links to it stay good. */
export interface Page {
  readonly id: string;
  readonly section: SectionId;
  readonly questionIds: readonly string[];
}

/** What is asked, under which version of the Standard. */
export interface Asking {
  readonly standard: Standard;
  readonly scope: Scope;
}

/** The same with answers. */
export interface Answering extends Asking {
  readonly answers: Answers;
}

/** The questions of a scope in the order of the form, hidden ones included; ids that the form does not know are left out. */
export function asked({ standard: { questions }, scope }: Asking): readonly Question[] {
  if (scope === 'all') return questions;
  if (scope === 'privacy') return questions.filter(({ id, set }) => id === GATE_ID || set === 'privacy-2025');
  return 'sections' in scope
    ? questions.filter(({ section }) => scope.sections.includes(section))
    : questions.filter(({ id }) => scope.includes(id));
}

/** The sections on which reviewers give a verdict, in the order of the form. */
export function judgedSections(asking: Asking): readonly SectionId[] {
  const of = new Set(asked(asking).flatMap(({ section, early }) => (early === undefined ? [section] : [])));
  return asking.standard.sections.flatMap(({ id, selfAssessment }) =>
    of.has(id) && selfAssessment === undefined ? [id] : [],
  );
}

/**
 * The asked questions that apply, given the answers so far together with those on file. A hidden question hides what
 * depends on it. While a condition's question is asked and open, what depends on it stays hidden; if it is not asked
 * and has no answer on file, what depends on it is shown.
 */
export function visible({ standard, scope, answers }: Answering): readonly Question[] {
  const questions = asked({ standard, scope });
  const askedIds = new Set(questions.map(({ id }) => id));
  return questions.filter((question) => isShown({ standard, question, answers, askedIds }));
}

/** The ids of mandatory visible questions without a complete answer, in the order of the form. */
export function missing(answering: Answering): readonly string[] {
  return visible(answering)
    .filter((question) => question.required && !isAnswered({ question, value: answering.answers[question.id] }))
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
export function visibleAnswers(answering: Answering): Answers {
  return Object.fromEntries(
    visible(answering).flatMap(({ id }) => {
      const value = answering.answers[id];
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/**
 * What of the answers may be published: public questions that apply. The owner's name is left out when people own
 * the product without an organisation.
 */
export function publicAnswers({ standard, answers }: Omit<Answering, 'scope'>): Answers {
  const withheld = answers['owner_type'] === 'individual' ? 'owner' : null;
  return Object.fromEntries(
    visible({ standard, scope: 'all', answers }).flatMap(({ id, public: isPublic }) => {
      const value = answers[id];
      return value === undefined || !isPublic || id === withheld ? [] : [[id, value]];
    }),
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
export function pagesOf(answering: Answering): readonly Page[] {
  const shown = new Set(visible(answering).map(({ id }) => id));
  return layout(asked(answering)).flatMap((page) => {
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
  const pages: Question[][] = [];
  for (const question of questions) {
    const last = pages.at(-1);
    if (last !== undefined && mayJoin({ page: last, question })) last.push(question);
    else pages.push([question]);
  }
  return pages.flatMap((page) => {
    const [first] = page;
    return first === undefined ? [] : [{ id: first.id, section: first.section, questionIds: page.map(({ id }) => id) }];
  });
}

function mayJoin({ page, question }: { page: readonly Question[]; question: Question }): boolean {
  return (
    !needsOwnPage(question) &&
    page.every(({ section, id }) => section === question.section && id !== question.showIf?.question) &&
    !page.some(needsOwnPage)
  );
}

function isShown({
  standard,
  question,
  answers,
  askedIds,
}: {
  standard: Standard;
  question: Question;
  answers: Answers;
  askedIds: ReadonlySet<string>;
}): boolean {
  const condition = question.showIf;
  if (condition === undefined) {
    return true;
  }
  const parent = questionOf(standard, condition.question);
  if (parent === undefined || !isShown({ standard, question: parent, answers, askedIds })) {
    return false;
  }
  const given = answers[condition.question];
  if (given === undefined || !isAnswered({ question: parent, value: given })) {
    return !askedIds.has(condition.question);
  }
  return holds({ condition, given });
}

function holds({ condition, given }: { condition: Condition; given: AnswerValue }): boolean {
  if ('includes' in condition) return isList(given) && given.includes(condition.includes);
  if (typeof given !== 'string') {
    return false;
  }
  return 'equals' in condition ? given === condition.equals : !condition.notIn.includes(given);
}

function isList(value: AnswerValue): value is readonly string[] {
  return Array.isArray(value);
}

/** The categories of a product, as its answers have them. */
export function categoriesOf(answers: Answers): readonly string[] {
  const given = answers[CATEGORY_ID];
  return given !== undefined && isList(given) ? given : [];
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

/** The other names of a product. */
export function aliasesOf(answers: Answers): readonly string[] {
  const aliases = answers['aliases'];
  // Of the values, only lists are arrays, and their items are text.
  return Array.isArray(aliases) ? (aliases as readonly string[]) : [];
}
