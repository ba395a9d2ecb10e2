import { missing, visible, type Answers, type AnswerValue } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import { choicesOf, PRIVACY_IDS, type Question } from '../../domain/standard.js';

/**
 * Invented answers of last year, laid over what the registry says: every mandatory question that applies but for the
 * privacy set, which nobody had been asked yet.
 */
export function answersOfLastYear({ product, onFile }: { product: string; onFile: Answers }): Answers {
  let answers = onFile;
  for (;;) {
    const open = new Set(
      missing({ standard: NEWEST, scope: 'all', answers }).filter((id) => !PRIVACY_IDS.includes(id)),
    );
    const questions = visible({ standard: NEWEST, scope: 'all', answers }).filter(({ id }) => open.has(id));
    if (questions.length === 0) return answers;
    // Conditions look at earlier answers, so what is visible is looked at again each time.
    answers = {
      ...answers,
      ...Object.fromEntries(questions.map((question) => [question.id, invent(question, product)])),
    };
  }
}

function invent(question: Question, product: string): AnswerValue {
  const text = `An invented answer about ${question.title.toLowerCase()}, as ${product} might have given it a year ago.`;
  const urls = [`https://${product}.example/${question.id.replaceAll('_', '-')}`];
  const choice = choicesOf(question)[0]?.value ?? 'yes';
  const byKind: Readonly<Record<Question['kind'], () => AnswerValue>> = {
    text: () => text,
    text_list: () => [`${question.title} of ${product}`],
    url_list: () => urls,
    email: () => `public@${product}.example`,
    country: () => 'KE',
    country_list: () => ['KE', 'SN'],
    single: () => choice,
    multi: () => [question.suggestions?.[0] ?? choice],
    yes_no: () => 'yes',
    text_urls: () => ({ text, urls }),
    yes_no_text: () => ({ choice: 'yes', text }),
    multi_text: () => ({ choices: [choice], text }),
  };
  return byKind[question.kind]();
}
