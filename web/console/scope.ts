/** The scope of a campaign as a form has it: lines of text, read into the options of the command. */
import type { FormFields, Problem } from '../../domain/answer-form.js';
import { posted } from '../../domain/answer-form.js';
import { cleanLine, cleanLines } from '../../domain/answer-text.js';
import { nameProblem } from '../../domain/campaign.js';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import { planOptions } from '../../client/campaign-plan.js';
import { UsageError } from '../../client/usage.js';
import { planCampaign } from '../../prisma/campaign.js';
import type { Database } from '../../prisma/database.js';
import { fieldOf } from './fields.js';

/** The form of a scope, by which problems link to its fields. */
export const SCOPE_FORM = 'scope';
/** The fields of a scope. */
export const SCOPE_FIELDS = ['name', 'contact', 'kind', 'where', 'include', 'exclude', 'perDay'] as const;

/** A plan that was asked for, or what is to be put right. */
export type Asked = { readonly name: string; readonly plan: CampaignPlan } | { readonly problems: readonly Problem[] };

/** Plans what a form asks for, by the same function as the command. Nothing is written. */
export async function planAsked(database: Database, form: FormFields): Promise<Asked> {
  const name = cleanLine(posted(form, 'name')).trim();
  const wrong = nameProblem(name);
  const excluded = cleanLines(posted(form, 'exclude'));
  const unexplained = excluded.find((line) => !line.includes('='));
  const perDay = posted(form, 'perDay').trim();
  const problems = [
    ...(wrong === null
      ? []
      : [problem('name', name === '' ? 'Give the campaign a name, such as annual-2026.' : wrong)]),
    ...(unexplained === undefined
      ? []
      : [problem('exclude', `Say why: write "${unexplained.slice(0, 80)} = reason". It is kept with the campaign.`)]),
    ...(/^\d{0,5}$/u.test(perDay) && perDay !== '0' ? [] : [problem('perDay', 'Give a whole number from 1 to 99999.')]),
  ];
  if (problems.length > 0) return { problems };
  try {
    const options = planOptions({
      where: filtersOf(form),
      include: cleanLines(posted(form, 'include')),
      exclude: excluded.map((line) => line.replace(/\s*=\s*/u, '=')),
      ...(perDay === '' ? {} : { perDay }),
    });
    const plan = await planCampaign(database, { ...options, name });
    return 'problems' in plan ? { problems: plan.problems.map(ofScope) } : { name, plan };
  } catch (failure) {
    if (failure instanceof UsageError) return { problems: [problem('exclude', failure.message)] };
    throw failure;
  }
}

/** The choices of the form are filters too. */
function filtersOf(form: FormFields): readonly string[] {
  const kind = posted(form, 'kind');
  return [
    ...(posted(form, 'contact') === 'yes' ? ['contact=yes'] : []),
    ...(kind === 'privacy' || kind === 'annual_review' ? [`kind=${kind}`] : []),
    ...cleanLines(posted(form, 'where')),
  ];
}

function ofScope(sentence: string): Problem {
  if (/^There is no product|included and excluded/u.test(sentence)) return problem('include', sentence);
  return problem(/excluded/u.test(sentence) ? 'exclude' : 'where', sentence);
}

function problem(field: (typeof SCOPE_FIELDS)[number], sentence: string): Problem {
  return { field: fieldOf(SCOPE_FORM, field), sentence };
}
