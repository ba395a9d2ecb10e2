/** What was asked of experts, in words for staff. */
import type { ExpertQuestionRead, ExpertRead } from '../../prisma/read-consultations.js';
import { shortInstant } from './words.js';

/** Each question with the experts who were asked, and what they advise. */
export function questionsInWords(questions: readonly ExpertQuestionRead[]): readonly string[] {
  return questions.flatMap(({ section, question, by, at, end, asked }) => [
    `${shortInstant(at)}  ${section}, by ${by}: ${end === null ? 'it runs' : end.replaceAll('_', ' ')}`,
    `    ${question.replaceAll('\n', '\n      ')}`,
    ...asked.flatMap(expertInWords),
  ]);
}

function expertInWords({ expert, stage, until, why, advice }: ExpertRead): readonly string[] {
  const open = (stage === 'invited' || stage === 'accepted') && until !== null && advice === null;
  const facts = [...(why === null ? [] : [why.replaceAll('_', ' ')]), ...(open ? [`until ${until}`] : [])];
  return [
    `    ${expert}: ${stage}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`,
    ...(advice === null
      ? []
      : [
          `      ${advice.word.replaceAll('_', ' ')}${advice.late ? ' (late)' : ''}: ${advice.text.replaceAll('\n', '\n        ')}`,
        ]),
  ];
}
