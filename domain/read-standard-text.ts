/** Reads the text of the form back that somebody filled in offline; standard-text.ts prints it. */
import { fieldsOf, formOfAnswer, reviewersField, type FormFields, type Problem } from './answer-form.js';
import { cleanText } from './answer-text.js';
import type { AnswerValue } from './answers.js';
import { parseAnswer, parseForReviewers } from './questionnaire.js';
import { questionOf, type Question, type Standard } from './standard.js';
import { partsOf, questionHeading, sectionHeading, standardText, unescaped, type TextPart } from './standard-text.js';

/** An answer that was read and is complete in itself, as the form would save it. */
export interface UnderstoodAnswer {
  readonly question: Question;
  /** Absent: only the box for reviewers was filled in. */
  readonly value?: AnswerValue;
  readonly form: FormFields;
  /** What stands for reviewers only; absent: nothing. */
  readonly forReviewers?: string;
}

/** An answer that the form would not take, with what to do about it and what was written. */
export interface RefusedAnswer {
  readonly question: Question;
  readonly problems: readonly Problem[];
  readonly text: string;
}

/** What a text says. Nothing of it is lost: what is no answer stands in one of the last two. */
export interface ReadText {
  readonly understood: readonly UnderstoodAnswer[];
  readonly refused: readonly RefusedAnswer[];
  /** Text under questions that this version does not have, or that the text has twice. */
  readonly unknown: readonly { readonly heading: string; readonly text: string }[];
  /** Lines that stand where no answer is expected. */
  readonly leftOver: readonly string[];
}

interface Block {
  readonly heading: string;
  /** Null: of no question that this version has. */
  readonly question: Question | null;
  readonly lines: string[];
}

const HEADING = /^### .*\[([\w-]{1,64})\]$/u;
/** Blanks without end would keep the pattern busy for as long. */
const LONGEST_BOX = 500;
const BOX = /^\s*[-–—*•]?\s*\[\s*(\S?)\s*\]\s*(\S.*)$/u;

/** Reads a filled-in text by the questions of a version. Never throws, whatever the text is. */
export function readStandardText({ standard, text }: { standard: Standard; text: string }): ReadText {
  const known = new Set(standardText(standard).split('\n'));
  const { before, blocks } = blocksOf(standard, cleanText(text).split('\n'));
  const leftOver = before.filter((line) => line !== '' && !known.has(line));
  const understood: UnderstoodAnswer[] = [];
  const refused: RefusedAnswer[] = [];
  const unknown: { heading: string; text: string }[] = [];
  const seen = new Set<string>();
  for (const { heading, question, lines } of blocks) {
    if (question === null || seen.has(question.id)) {
      const rest = cleanText(lines.filter((line) => !known.has(line)).join('\n'));
      if (rest !== '') unknown.push({ heading, text: rest });
      continue;
    }
    seen.add(question.id);
    const { form, rest } = formOf(question, lines);
    leftOver.push(...rest.filter((line) => line !== '' && !known.has(line)));
    const read = answerOf(question, form);
    if (read === null) continue;
    if ('problems' in read) refused.push(read);
    else understood.push(read);
  }
  return { understood, refused, unknown, leftOver };
}

/** Cuts the lines at the headings of questions and sections. A heading of an answer's own is a line of it. */
function blocksOf(
  standard: Standard,
  lines: readonly string[],
): { readonly before: readonly string[]; readonly blocks: readonly Block[] } {
  const sections = new Set(standard.sections.map((section) => `## ${sectionHeading(section)}`));
  const before: string[] = [];
  const blocks: Block[] = [];
  let present = before;
  for (const line of lines) {
    const id = HEADING.exec(line)?.[1];
    if (id !== undefined) {
      const question = questionOf(standard, id) ?? null;
      const block = {
        heading: question === null ? line.slice(4) : questionHeading(question).slice(4),
        question,
        lines: [],
      };
      blocks.push(block);
      present = block.lines;
    } else if (sections.has(line)) {
      present = before;
    } else {
      present.push(line);
    }
  }
  return { before, blocks };
}

/** The fields of a question as its lines fill them in, and the lines that belong to none. */
function formOf(
  question: Question,
  lines: readonly string[],
): { readonly form: FormFields; readonly rest: readonly string[] } {
  const parts = partsOf(question);
  const filled: Record<string, string[]> = Object.fromEntries(parts.map(({ field }) => [field, []]));
  const rest: string[] = [];
  let at = -1;
  for (const line of lines) {
    const next = parts.findIndex((part, index) => index > at && 'label' in part && part.label === line);
    const part = parts[at];
    if (next >= 0) at = next;
    else if (part !== undefined) filled[part.field]?.push(unescaped(line));
    else if (!tick(parts, line, filled)) rest.push(line);
  }
  return { form: Object.fromEntries(parts.map(({ field }) => [field, (filled[field] ?? []).join('\n')])), rest };
}

/** Takes a line of a box to tick, ticked or not; false: it is none that the question offers. */
function tick(parts: readonly TextPart[], line: string, filled: Record<string, string[]>): boolean {
  const [part] = parts;
  if (part === undefined || !('choices' in part) || line.length > LONGEST_BOX) return false;
  const [, mark = '', label = ''] = BOX.exec(line) ?? [];
  const said = label.trim().toLowerCase();
  const choice = part.choices.find((one) => one.label.toLowerCase() === said);
  if (choice === undefined) return false;
  if (mark !== '') filled[part.field]?.push(choice.value);
  return true;
}

function answerOf(question: Question, form: FormFields): UnderstoodAnswer | RefusedAnswer | null {
  const answer = parseAnswer({ question, form });
  const reviewers = parseForReviewers({ question, form });
  if (!answer.ok || !reviewers.ok) {
    const problems = [...(answer.ok ? [] : answer.problems), ...(reviewers.ok ? [] : reviewers.problems)];
    const fields = [...fieldsOf(question), reviewersField(question)];
    return { question, problems, text: cleanText(fields.map((name) => form[name] ?? '').join('\n')) };
  }
  if (answer.value === undefined && reviewers.value === undefined) return null;
  return {
    question,
    form: formOfAnswer({ question, value: answer.value }),
    ...(answer.value === undefined ? {} : { value: answer.value }),
    ...(reviewers.value === undefined ? {} : { forReviewers: reviewers.value }),
  };
}
