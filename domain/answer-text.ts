/** Answers as text: cleaning what people type, and printing for emails and pages. */
import type { AnswerValue } from './answers.js';
import { choiceLabel, choicesOf } from './standard.js';
import type { Question } from './standard.js';

/** The most that an answer may hold, in characters (code points) and items; one listed collection has 93 licences. */
export const LIMITS = { longText: 5_000, shortText: 500, link: 2_000, items: 50, licences: 150 } as const;

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/gu;
const bidiOverrides = /[\u202a-\u202e\u2066-\u2069]/gu;
const lineEnds = /\r\n|[\r\u0085\u2028\u2029]/gu;

/**
 * Text as it is kept: line ends become \n; NUL, other control characters (tabs become blanks) and byte order marks
 * go; lone surrogates become U+FFFD, since no database stores them; the bidi characters U+202A to U+202E and U+2066
 * to U+2069, which can make text read as something else, go, while right-to-left text and its marks stay. Blanks
 * around the text and at line ends go. Nothing is escaped: that belongs to whoever prints.
 */
export function cleanText(text: string): string {
  return text
    .replace(lineEnds, '\n')
    .replace(/\t/gu, ' ')
    .replace(controls, '')
    .replace(bidiOverrides, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** The same as `cleanText`, on one line: line ends and runs of blanks become one blank. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ');
}

/** The lines of a text, each cleaned; empty ones and repeated ones go. */
export function cleanLines(text: string): readonly string[] {
  const lines = cleanText(text).split('\n').map(cleanLine);
  return [...new Set(lines)].filter((line) => line !== '');
}

/** The number of characters as people count them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** A whole number with commas between thousands, as sentences show it. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, ',');
}

/** What was typed, in quotes and short enough for a sentence. */
export function quoted(typed: unknown): string {
  const characters = Array.from(String(typed));
  return `“${characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('')}”`;
}

/** An answer as lines of plain text, choices in words; `['Not provided']` when there is none. */
export function printAnswer({
  question,
  value,
}: {
  question: Question;
  value: AnswerValue | undefined;
}): readonly string[] {
  const lines = value === undefined ? [] : linesOf({ question, value });
  const filled = lines.filter((line) => line !== '');
  return filled.length === 0 ? ['Not provided'] : lines;
}

function linesOf({ question, value }: { question: Question; value: AnswerValue }): readonly string[] {
  const word = (choice: string): string => choiceLabel({ question, value: choice });
  const words = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));
  if (typeof value === 'string') {
    return choicesOf(question).length > 0 ? [word(value)] : value.split('\n');
  }
  if ('urls' in value) {
    return [...words(value.text), ...value.urls];
  }
  if ('choice' in value) {
    return [word(value.choice), ...words(value.text)];
  }
  if ('choices' in value) {
    return [...value.choices.map(word), ...words(value.text)];
  }
  return value.map(word);
}
