import { judgedSections } from '../domain/answers.js';
import type { SectionId } from '../domain/standard.js';
import { NEWEST } from '../domain/standards.js';
import { isDay, type Day } from '../domain/calendar.js';
import { cleanText, lengthOf } from '../domain/answer-text.js';
import { UsageError } from './usage.js';

/** The most that a reason may hold, in characters. */
const LONGEST_REASON = 5_000;

/** A day as given in an option. Throws a UsageError. */
export function dayGiven(option: string, given: string): Day {
  if (isDay(given)) return given;
  throw new UsageError(`"${given}" is not a day. Give ${option} as YYYY-MM-DD, such as 2026-07-10.`);
}

/** A whole number as given in an option, from `least` to `most`. Throws a UsageError. */
export function numberGiven({
  option,
  given,
  least,
  most,
}: {
  option: string;
  given: string;
  least: number;
  most: number;
}): number {
  const number = /^\d{1,9}$/u.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`"${given}" will not do. Give ${option} as a whole number from ${least} to ${most}.`);
}

/** Sections of the Standard, each once, in the order of the form. Throws a UsageError on an unknown one, and if there is none. */
export function sectionsGiven(given: readonly string[]): readonly SectionId[] {
  const known = judgedSections({ standard: NEWEST, scope: 'all' });
  const wrong = given.find((word) => word !== '' && !known.some((id) => id === word));
  if (wrong !== undefined)
    throw new UsageError(`"${wrong.slice(0, 40)}" is no section. There are ${known.join(', ')}.`);
  const sections = known.filter((id) => given.includes(id));
  if (sections.length > 0) return sections;
  throw new UsageError('Choose at least one section that the owner is asked about.');
}

/** A reason as it is kept: without what no text of ours may hold. Throws a UsageError if it is too long. */
export function reasonGiven(option: string, given: string | undefined): string {
  const reason = cleanText(given ?? '');
  if (lengthOf(reason) <= LONGEST_REASON) return reason;
  throw new UsageError(`The reason is longer than ${LONGEST_REASON} characters. Shorten what you give as ${option}.`);
}
