/** The questions of the Standard as one text, to be read and filled in without a connection. */
import {
  choiceLabel,
  choicesOf,
  considerationsOf,
  hintOf,
  questionOf,
  questionsOfSection,
  SECTIONS,
  STANDARD,
  TERMS,
  type Question,
  type Section,
} from './standard.js';

/** When a question is asked, in one sentence; undefined: of everybody. */
export function askedWhen({ showIf }: Question): string | undefined {
  if (showIf === undefined) return undefined;
  const about = questionOf(showIf.question);
  if (about === undefined) return undefined;
  const words = (values: readonly string[]) =>
    values.map((value) => `"${choiceLabel({ question: about, value })}"`).join(' or ');
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

/** All questions with what is asked and why, and room for answers: Markdown, lines ended by \n. */
export function standardText(): string {
  return (
    [
      `# The questions of the Digital Public Goods Standard (${STANDARD.version})`,
      'All questions of an annual review, to read before you start and to prepare answers offline. The form saves what ' +
        'you enter, question by question: copy your answers there. Some are asked only because of other answers. Simple ' +
        'English is enough.',
      Object.values(TERMS).join('\n'),
      ...SECTIONS.flatMap((section) => [
        `## ${sectionHeading(section)}`,
        ...questionsOfSection(section.id).map(questionText),
      ]),
    ].join('\n\n') + '\n'
  );
}

function questionText(question: Question): string {
  const { title, label, why, good, suggestions } = question;
  const serves = considerationsOf(question);
  const some = (words: string | undefined) => (words === undefined ? [] : [words]);
  return [
    `### ${title}\n${label}`,
    [
      readBy(question),
      ...some(askedWhen(question)),
      `Why we ask: ${why}`,
      ...some(good === undefined ? undefined : `What a good answer looks like: ${good}`),
      ...some(serves.length === 0 ? undefined : `This is about: ${serves.join(', ')}.`),
      ...some(suggestions === undefined ? undefined : `Words that we know: ${suggestions.join(', ')}`),
      ...some(hintOf(question)),
    ].join('\n'),
    ...some(
      choicesOf(question)
        .map(({ label: choice }) => `- [ ] ${choice}`)
        .join('\n') || undefined,
    ),
    'Your answer:\n',
  ].join('\n\n');
}
