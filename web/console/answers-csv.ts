import { stringify } from 'csv-stringify/sync';
import { printAnswer } from '../../domain/answer-text.js';
import { questionOf } from '../../domain/standard.js';
import { knownForm } from '../../domain/standards.js';
import type { CampaignAnswers } from '../../prisma/read-campaign-answers.js';
import type { WebContext } from '../context.js';
import { productPath } from './reasons.js';

const COLUMNS = [
  ...(['slug', 'product', 'review', 'kind', 'state', 'url', 'version', 'answered_by', 'answered_at'] as const),
  ...(['question', 'title', 'answer', 'confirmed', 'for_reviewers_only', 'invented'] as const),
];

/**
 * The answers of a campaign, one line for each product and question. Cells that a spreadsheet would take for formulas
 * are made text. Answers that are addresses of people stay where people are shown.
 */
export function answersCsv(
  { publicUrl, invented, standards }: Pick<WebContext, 'publicUrl' | 'invented' | 'standards'>,
  all: readonly CampaignAnswers[],
): string {
  const form = knownForm(standards);
  const rows = all.flatMap(({ answers, forReviewers, confirmed, slug, ...given }) => {
    const common = {
      ...{ slug, product: given.product, review: given.reference, kind: given.kind, state: given.state },
      ...{ url: `${publicUrl}${productPath(slug)}`, version: given.version },
      ...{ answered_by: given.by, answered_at: given.at, invented: invented ? 'answers are invented' : 'no' },
    };
    const ids = new Set([...Object.keys(answers), ...Object.keys(forReviewers)]);
    return [...ids].flatMap((id) => {
      const value = answers[id];
      const question = questionOf(form, id);
      if (question === undefined || question.kind === 'email') return [];
      return [
        {
          ...common,
          ...{ question: id, title: question.title, answer: printAnswer({ question, value }).join('\n') },
          confirmed: confirmed.includes(id) ? 'yes' : 'carried over',
          for_reviewers_only: forReviewers[id] ?? '',
        },
      ];
    });
  });
  return stringify(rows, { header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: '\r\n' });
}
