/**
 * What a version of the Digital Public Goods Standard consists of, as this software asks it; standards.ts has the
 * versions. Source: questions of the DPG Standard (https://github.com/DPGAlliance/dpg-standard) in our own words; the five
 * privacy questions and the six considerations are quoted from the DPGA's announcement of 11 September 2025.
 * NOTICE: the form data in this file, in standards.ts and in the standard-*.ts files of questions and lists is dedicated
 * to the public domain (CC0-1.0).
 */
import type { Day } from './calendar.js';

/** The twelve ids of the nine indicators; 9 is the umbrella of 9a, 9b and 9c. */
export type IndicatorId = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '9a' | '9b' | '9c';

/** A part of the form, as owners see it. Indicator 9 has no question of its own, so it is no section. */
export type SectionId = 'general' | Exclude<IndicatorId, '9'> | 'scale' | 'annexure';

/** What an answer consists of; `AnswerValue` in answers.ts says how each is kept. */
export type Kind =
  | 'text'
  | 'text_list'
  | 'url_list'
  | 'email'
  | 'country'
  | 'country_list'
  | 'single'
  | 'multi'
  | 'yes_no'
  | 'text_urls'
  | 'yes_no_text'
  | 'multi_text';

export interface Indicator {
  readonly id: IndicatorId;
  readonly title: string;
}

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  /** Absent for the sections that no indicator stands behind. */
  readonly indicator?: IndicatorId;
  /** Says that nobody gives a verdict on this section; absent where reviewers do. */
  readonly selfAssessment?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** When a question is asked; `question` always comes earlier in the form. */
export type Condition =
  | { readonly question: string; readonly equals: string }
  | { readonly question: string; readonly notIn: readonly string[] }
  /** Of a question that takes several choices: this one is among them. */
  | { readonly question: string; readonly includes: string };

/** What a product can be; one may be several of them. */
export type Category = 'open_software' | 'open_content' | 'open_data' | 'open_ai_system';

/** One of the six considerations behind the privacy questions, by its number in the announcement. */
export type ConsiderationNumber = 1 | 2 | 3 | 4 | 5 | 6;

export interface Consideration {
  readonly number: ConsiderationNumber;
  readonly name: string;
}

/** How much is enough: for a project of few people, and of one that many depend on. Sentences. */
export interface Guidance {
  readonly small: string;
  readonly large: string;
}

export interface Question {
  readonly id: string;
  /** Where the question is shown. */
  readonly section: SectionId;
  /** What the answer is evidence for; P3 is shown in 9a and belongs to 7. Absent for general facts. */
  readonly indicator?: IndicatorId;
  readonly kind: Kind;
  /** Two to six words for lists and tables. */
  readonly title: string;
  /** The question in full; for P1 to P5 the official wording, to be quoted unchanged. */
  readonly label: string;
  /** "Why we ask". */
  readonly why: string;
  /** "What a good answer looks like", for answers in words. */
  readonly good?: string;
  readonly guidance?: Guidance;
  /** What counts for products of a category, in a sentence. */
  readonly forCategory?: Readonly<Record<Category, string>>;
  /** What a page says when a mandatory answer is empty. */
  readonly empty: string;
  /** Closed choices of single, multi and multi_text; a multi without options takes free words. */
  readonly options?: readonly Option[];
  /** Known words for a free answer; others are accepted. */
  readonly suggestions?: readonly string[];
  /** Texts only: short ones have at most 500 characters and share a page. Default: long. */
  readonly length?: 'short' | 'long';
  /** Emails to people who did not ask for them print it: it holds no link and no address. */
  readonly isName?: true;
  readonly required: boolean;
  readonly public: boolean;
  readonly showIf?: Condition;
  /** The update that brought the question; such a set is never filled by silence. */
  readonly set?: 'privacy-2025';
  readonly considerations?: readonly ConsiderationNumber[];
  /** The version that brings the question, in the form of a review that keeps an earlier one; never mandatory there. */
  readonly early?: Pick<Standard, 'version' | 'bindsFrom'>;
}

/** A version of the Standard. Nothing but its word is ever stored: an application keeps the version of its first day. */
export interface Standard {
  readonly version: string;
  /** The first day on which reviews of earlier versions show its new questions, to be answered early if one likes. */
  readonly answerableFrom: Day;
  /** The first day on which a review that opens takes this version. */
  readonly bindsFrom: Day;
  /** What it brought, for those who know the version before; a sentence each. */
  readonly whatIsNew: readonly string[];
  /** Where its sources are. */
  readonly source: string;
  /** In the order in which owners see them. */
  readonly sections: readonly Section[];
  /** Section by section, in the order in which owners see them. */
  readonly questions: readonly Question[];
}

/** Words that owners may not know, each to be explained once where it is first used. */
export const TERMS = {
  PII: 'PII means personal data: any information that can identify a person.',
  DPG: 'DPG means digital public good: a product that meets the DPG Standard.',
  SDG: 'SDG means Sustainable Development Goal: one of the 17 goals of the United Nations.',
} as const;

export const INDICATORS: readonly Indicator[] = [
  { id: '1', title: 'SDG relevance' },
  { id: '2', title: 'Open licence' },
  { id: '3', title: 'Clear ownership' },
  { id: '4', title: 'Platform independence' },
  { id: '5', title: 'Documentation' },
  { id: '6', title: 'Mechanism for extracting data' },
  { id: '7', title: 'Privacy and applicable laws' },
  { id: '8', title: 'Standards and best practices' },
  { id: '9', title: 'Do no harm by design' },
  { id: '9a', title: 'Data privacy and security' },
  { id: '9b', title: 'Inappropriate, misleading and illegal content' },
  { id: '9c', title: 'Protection from harassment' },
];

/** The names of the six considerations, verbatim from the announcement of 11 September 2025. */
export const CONSIDERATIONS: readonly Consideration[] = [
  { number: 1, name: 'Data Minimisation' },
  { number: 2, name: 'User Consent Mechanisms' },
  { number: 3, name: 'Data Usage Transparency' },
  { number: 4, name: 'Adherence to Privacy-By-Design Principles' },
  { number: 5, name: 'Transparency Around Data Retention' },
  { number: 6, name: 'Data Governance and Access Controls' },
];

const YES_NO: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** The question that decides whether the privacy questions are asked: the gate. */
export const GATE_ID = 'pii_level';

/** The question whose answer is the categories of a product. */
export const CATEGORY_ID = 'category';

/** The categories, in the order in which they are offered. */
export const CATEGORIES: readonly (Option & { readonly value: Category })[] = [
  { value: 'open_software', label: 'Open software' },
  { value: 'open_content', label: 'Open content' },
  { value: 'open_data', label: 'Open data' },
  { value: 'open_ai_system', label: 'Open AI system' },
];

/** The five privacy questions, in the order in which they are asked. */
export const PRIVACY_IDS: readonly string[] = ['P1', 'P2', 'P3', 'P4', 'P5'];

/** The question of an id, or undefined when this version has none. */
export function questionOf({ questions }: Pick<Standard, 'questions'>, id: string): Question | undefined {
  return questions.find((question) => question.id === id);
}

/** The questions of a section in their order. */
export function questionsOfSection({ questions }: Standard, id: SectionId): readonly Question[] {
  return questions.filter(({ section }) => section === id);
}

/** The section of an id, or undefined when this version has none. */
export function sectionOf({ sections }: Standard, id: string): Section | undefined {
  return sections.find((section) => section.id === id);
}

/** The title of a section in words. */
export function sectionTitle(standard: Standard, id: string): string {
  return sectionOf(standard, id)?.title ?? id;
}

/** The names of the considerations that a question serves, in their order; empty for all but P1 to P5. */
export function considerationsOf(question: Question): readonly string[] {
  const numbers = question.considerations ?? [];
  return CONSIDERATIONS.filter(({ number }) => numbers.includes(number)).map(({ name }) => name);
}

/** The choices that a question offers; yes and no for yes-or-no questions, empty for answers in free words. */
export function choicesOf(question: Question): readonly Option[] {
  if (question.kind === 'yes_no' || question.kind === 'yes_no_text') {
    return YES_NO;
  }
  return question.options ?? [];
}

/** The label of a choice; the value itself when the question does not offer it. */
export function choiceLabel({ question, value }: { question: Question; value: string }): string {
  return choicesOf(question).find((option) => option.value === value)?.label ?? value;
}

/** What counts for the categories of a product, as "Open data: ..."; for all categories while none is known. */
export function forCategories({ forCategory }: Question, given: readonly string[] = []): readonly string[] {
  if (forCategory === undefined) return [];
  const known = CATEGORIES.filter(({ value }) => given.includes(value));
  return (known.length > 0 ? known : CATEGORIES).map(({ value, label }) => `${label}: ${forCategory[value]}`);
}

/** How to fill in an answer, in one sentence under the question; undefined where nothing needs saying. */
export function hintOf(question: Question): string | undefined {
  switch (question.kind) {
    case 'url_list':
      return 'Enter one link on each line. Each link starts with https:// or http://';
    case 'text_urls':
      return 'Write a few sentences, or enter one link on each line, or both.';
    case 'text_list':
      return 'Enter one on each line.';
    case 'country_list':
      return 'Enter one country on each line.';
    case 'multi':
      return question.options === undefined ? 'Enter one on each line.' : 'Select all that apply.';
    case 'multi_text':
      return 'Select all that apply. Then describe them in a few sentences.';
    case 'yes_no_text':
      return 'Select an answer. Then give your reasons in a few sentences.';
    case 'text':
    case 'email':
    case 'country':
    case 'single':
    case 'yes_no':
      return undefined;
    default:
      return question.kind satisfies never;
  }
}
