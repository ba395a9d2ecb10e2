import { equalAnswer, publicAnswers, type Answers, type AnswerValue } from './answers.js';
import { dayOf, type Day, type Instant } from './calendar.js';
import type { Standard } from './standard.js';

/** A version of the answers that is public, as recorded. */
export interface PublishedSet {
  readonly publishedAt: Instant;
  /** When it was given, or carried over. */
  readonly at: Instant;
  readonly answers: Answers;
  /** Ids of the questions that a person of the product answered or confirmed. */
  readonly confirmed: readonly string[];
}

/** An answer that everybody may read. */
export interface PublishedAnswer {
  readonly value: AnswerValue;
  /** False: carried over, not confirmed by the owner. */
  readonly confirmed: boolean;
  /** When the owner gave or confirmed it; when it was carried over, if no owner confirmed it. */
  readonly on: Day;
}

export type PublishedAnswers = Readonly<Record<string, PublishedAnswer>>;

/** The years in which answers were published, newest first. */
export function yearsOf(sets: readonly Pick<PublishedSet, 'publishedAt'>[]): readonly string[] {
  return [...new Set(sets.map(({ publishedAt }) => publishedAt.slice(0, 4)))].sort().reverse();
}

/**
 * The public answers by question: those of all sets, oldest first, laid over each other, up to the end of a year
 * (default: all). What repeats an answer without a confirmation leaves its date and its confirmation as they were;
 * another value that nobody confirmed is carried over. What a form hides, and what is not public, is left out.
 */
export function publishedAnswers({
  standard,
  sets,
  year = null,
}: {
  /** All questions whose answers are shown. */
  readonly standard: Standard;
  readonly sets: readonly PublishedSet[];
  readonly year?: string | null;
}): PublishedAnswers {
  const answers: Record<string, PublishedAnswer> = {};
  for (const set of sets) {
    if (year !== null && set.publishedAt.slice(0, 4) > year) continue;
    const on = dayOf(set.at);
    for (const [id, value] of Object.entries(set.answers)) {
      const confirmed = set.confirmed.includes(id);
      const known = answers[id];
      if (known !== undefined && !confirmed && equalAnswer(known.value, value)) continue;
      answers[id] = { value, confirmed, on };
    }
  }
  const values = Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]));
  const shown = publicAnswers({ standard, answers: values });
  return Object.fromEntries(Object.entries(answers).filter(([id]) => Object.hasOwn(shown, id)));
}
