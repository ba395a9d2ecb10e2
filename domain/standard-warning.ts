import { missing, type Answers } from './answers.js';
import type { Day } from './calendar.js';
import { questionOf, type Standard } from './standard.js';

/** A listed product with its answers on file. */
export interface AnswersOnFile {
  readonly slug: string;
  readonly name: string;
  readonly answers: Answers;
}

/** A mandatory question, and how many listed products have no answer to it. */
export interface LackedQuestion {
  readonly id: string;
  readonly title: string;
  /** The version in force does not demand it. */
  readonly isNew: boolean;
  readonly products: number;
}

/** What listed products would lack under a version of the Standard. */
export interface StandardWarning {
  readonly version: string;
  readonly answerableFrom: Day;
  readonly bindsFrom: Day;
  /** The version in force on the day. */
  readonly inForce: string;
  readonly today: Day;
  readonly listed: number;
  /** Products that lack the answer to a new question. */
  readonly lackingNew: number;
  /** Those that most products lack first. */
  readonly questions: readonly LackedQuestion[];
  /** Products that lack something, with the ids of the questions. */
  readonly products: readonly { readonly slug: string; readonly name: string; readonly lacks: readonly string[] }[];
}

interface Warned {
  /** The version that is looked ahead to. */
  readonly standard: Standard;
  readonly inForce: Standard;
  readonly today: Day;
  readonly products: readonly AnswersOnFile[];
}

/** Compares the answers on file with what a version demands: what its reviews would ask anew, were nobody to answer early. */
export function warningOf({ standard, inForce, today, products }: Warned): StandardWarning {
  const lacking = products.flatMap(({ slug, name, answers }) => {
    const lacks = missing({ standard, scope: 'all', answers });
    return lacks.length === 0 ? [] : [{ slug, name, lacks }];
  });
  const questions = standard.questions.flatMap(({ id, title }): LackedQuestion[] => {
    const count = lacking.filter(({ lacks }) => lacks.includes(id)).length;
    const isNew = questionOf(inForce, id)?.required !== true;
    return count === 0 ? [] : [{ id, title, isNew, products: count }];
  });
  const added = new Set(questions.flatMap(({ id, isNew }) => (isNew ? [id] : [])));
  return {
    version: standard.version,
    answerableFrom: standard.answerableFrom,
    bindsFrom: standard.bindsFrom,
    inForce: inForce.version,
    today,
    listed: products.length,
    lackingNew: lacking.filter(({ lacks }) => lacks.some((id) => added.has(id))).length,
    questions: [...questions].sort((one, other) => other.products - one.products),
    products: lacking,
  };
}
