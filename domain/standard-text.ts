/** The questions of the Standard as one text, to be read and filled in without a connection. */
import {
  choiceLabel,
  choicesOf,
  considerationsOf,
  forCategories,
  hintOf,
  questionOf,
  questionsOfSection,
  TERMS,
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

/** All questions with what is asked and why, and room for answers: Markdown, lines ended by \n. */
export function standardText(standard: Standard): string {
  return (
    [
      `# The questions of the Digital Public Goods Standard (${standard.version})`,
      'All questions of an annual review, to read before you start and to prepare answers offline. The form saves what ' +
        'you enter, question by question: copy your answers there. Some are asked only because of other answers. Simple ' +
        'English is enough.',
      Object.values(TERMS).join('\n'),
      ...standard.sections.flatMap((section) => [
        `## ${sectionHeading(section)}`,
        ...some(section.selfAssessment),
        ...questionsOfSection(standard, section.id).map((question) => questionText(standard, question)),
      ]),
    ].join('\n\n') + '\n'
  );
}

function some(words: string | undefined): readonly string[] {
  return words === undefined ? [] : [words];
}

function questionText(standard: Standard, question: Question): string {
  const { title, label, why, good, guidance, suggestions } = question;
  const serves = considerationsOf(question);
  return [
    `### ${title}\n${label}`,
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
    ...some(
      choicesOf(question)
        .map(({ label: choice }) => `- [ ] ${choice}`)
        .join('\n') || undefined,
    ),
    'Your answer:\n',
  ].join('\n\n');
}
