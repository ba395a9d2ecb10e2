/** The questions of the Standard as one text, to be read and filled in without a connection; read-standard-text.ts reads it. */
import { fieldsOf, formOfAnswer, posted, reviewersField } from './answer-form.js';
import type { OwnerSubmission } from './answers.js';
import {
  choiceLabel,
  choicesOf,
  considerationsOf,
  forCategories,
  hintOf,
  questionOf,
  questionsOfSection,
  TERMS,
  type Option,
  type Question,
  type Section,
  type Standard,
} from './standard.js';

/** When a question is asked, in one sentence; undefined: of everybody. */
export function askedWhen(standard: Standard, { showIf }: Question): string | undefined {
  if (showIf === undefined) return undefined;
  const about = questionOf(standard, showIf.question);
  if (about === undefined) return undefined;
  const words = (values: readonly string[]) =>
    values.map((value) => `"${choiceLabel({ question: about, value })}"`).join(' or ');
  if ('includes' in showIf) return `Asked only if the answers to "${about.title}" include ${words([showIf.includes])}.`;
  return 'equals' in showIf
    ? `Asked only if the answer to "${about.title}" is ${words([showIf.equals])}.`
    : `Not asked if the answer to "${about.title}" is ${words(showIf.notIn)}.`;
}

/** Whether it must be answered, and who reads the answer. */
export function readBy({ required, public: isPublic }: Question): string {
  return `${required ? 'Must be answered' : 'Optional'}. ${isPublic ? 'The answer is published.' : 'Only reviewers read the answer.'}`;
}

/** What a section is called, with the number of its indicator. */
export function sectionHeading({ title, indicator }: Section): string {
  return indicator === undefined ? title : `${indicator}. ${title}`;
}

/** A part of an answer in the text: choices to tick, or room for words under a line of its own. */
export type TextPart =
  | { readonly field: string; readonly choices: readonly Option[] }
  | { readonly field: string; readonly label: string };

/** The parts of an answer to a question, in their order. */
export function partsOf(question: Question): readonly TextPart[] {
  const { kind } = question;
  const [first = question.id, second] = fieldsOf(question);
  const choices = choicesOf(question);
  const label = kind === 'text_urls' ? 'In words:' : 'Your answer:';
  const parts: TextPart[] = [choices.length > 0 ? { field: first, choices } : { field: first, label }];
  if (second !== undefined) {
    const words = { text_urls: 'Links, one on each line:', multi_text: 'Describe it:' } as const;
    parts.push({ field: second, label: kind === 'text_urls' || kind === 'multi_text' ? words[kind] : 'Your reasons:' });
  }
  if (question.set === 'privacy-2025') {
    parts.push({ field: reviewersField(question), label: 'For reviewers only (optional, never published):' });
  }
  return parts;
}

/** The line with which a question begins. Its id stands in it, so that the text can be read back. */
export function questionHeading({ id, title }: Question): string {
  return `### ${title} [${id}]`;
}

/** Lines of answers that could be taken for lines of the form stand behind a backslash. */
const FORMS_OWN = /^(?:\\|#|In words:|Your answer:|Your reasons:|Describe it:|Links, one|For reviewers only)/u;

/** A line as somebody wrote it, from the text. */
export function unescaped(line: string): string {
  return line.startsWith('\\') && FORMS_OWN.test(line.slice(1)) ? line.slice(1) : line;
}

/** What is filled in already. */
type Filled = Pick<OwnerSubmission, 'answers' | 'forReviewers'>;

/** All questions with what is asked and why, and room for answers, or these answers: Markdown, lines ended by \n. */
export function standardText(standard: Standard, filled: Filled = { answers: {}, forReviewers: {} }): string {
  return (
    [
      `# The questions of the Digital Public Goods Standard (${standard.version})`,
      'All questions of a nomination and of an annual review, to read before you start and to fill in offline. Some are ' +
        'asked only because of other answers. Simple English is enough.',
      'Write under the line that ends each question, and tick choices with an x: [x]. Leave all lines that begin with #. ' +
        'Behind the link of your email you can then upload this text: it is saved as a draft, and nothing is sent.',
      Object.values(TERMS).join('\n'),
      ...standard.sections.flatMap((section) => [
        `## ${sectionHeading(section)}`,
        ...some(section.selfAssessment),
        ...questionsOfSection(standard, section.id).map((question) => questionText(standard, question, filled)),
      ]),
    ].join('\n\n') + '\n'
  );
}

function some(words: string | undefined): readonly string[] {
  return words === undefined ? [] : [words];
}

function questionText(standard: Standard, question: Question, filled: Filled): string {
  const { label, why, good, guidance, suggestions } = question;
  const serves = considerationsOf(question);
  return [
    `${questionHeading(question)}\n${label}`,
    [
      readBy(question),
      ...some(askedWhen(standard, question)),
      `Why we ask: ${why}`,
      ...some(good === undefined ? undefined : `What a good answer looks like: ${good}`),
      ...(guidance === undefined
        ? []
        : [`Enough for a small project: ${guidance.small}`, `Expected of a large one: ${guidance.large}`]),
      ...forCategories(question),
      ...some(serves.length === 0 ? undefined : `This is about: ${serves.join(', ')}.`),
      ...some(suggestions === undefined ? undefined : `Words that we know: ${suggestions.join(', ')}`),
      ...some(hintOf(question)),
    ].join('\n'),
    ...partsOf(question).map((part) => partText(question, part, filled)),
  ].join('\n\n');
}

function partText(question: Question, part: TextPart, { answers, forReviewers }: Filled): string {
  const form = {
    ...formOfAnswer({ question, value: answers[question.id] }),
    [reviewersField(question)]: forReviewers[question.id] ?? '',
  };
  const lines = posted(form, part.field).split('\n');
  if ('choices' in part) {
    return part.choices.map(({ value, label }) => `- [${lines.includes(value) ? 'x' : ' '}] ${label}`).join('\n');
  }
  return [part.label, ...lines.map((line) => (FORMS_OWN.test(line) ? `\\${line}` : line))].join('\n');
}
