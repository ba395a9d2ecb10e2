/** Whom a campaign would ask, as commands and pages are told and as both say it. */
import type { CampaignPlan } from '../domain/campaign-plan.js';
import { planCampaign, type PlanOptions } from '../prisma/campaign.js';
import type { Database } from '../prisma/database.js';
import { readRunningCampaigns } from '../prisma/read-running-campaigns.js';
import { numberGiven, reasonGiven } from './given.js';
import { UsageError } from './usage.js';
import { planInWords } from './words/campaign-plan-words.js';

/** The scope of a campaign as people give it. */
export interface ScopeGiven {
  /** Filters such as `sdg=3`. */
  readonly where: readonly string[];
  readonly include: readonly string[];
  /** `slug=reason`, each. */
  readonly exclude: readonly string[];
  readonly perDay?: string;
}

/** The options of a plan. Throws a UsageError on what cannot be meant. */
export function planOptions({ where, include, exclude, perDay }: ScopeGiven): PlanOptions {
  const most = 100_000;
  return {
    where,
    include,
    exclude: exclude.map((given) => {
      const [slug = '', ...reason] = given.split('=');
      if (reason.length === 0)
        throw new UsageError(`Say why: --exclude ${slug}="reason". It is kept with the campaign.`);
      return { slug, reason: reasonGiven('--exclude', reason.join('=')) };
    }),
    ...(perDay === undefined ? {} : { perDay: numberGiven({ option: '--per-day', given: perDay, least: 1, most }) }),
  };
}

/** Plans a campaign; nothing is written. Throws a UsageError on a scope that makes no sense. */
export async function planOrThrow(database: Database, options: PlanOptions): Promise<CampaignPlan> {
  const plan = await planCampaign(database, options);
  if ('problems' in plan) throw new UsageError(plan.problems.join('\n'));
  return plan;
}

/** A plan in words, with what to do after a look at it. `all` names every product. */
export async function planAsText(database: Database, plan: CampaignPlan, { all }: { all: boolean }): Promise<string> {
  return [planInWords(plan, { all }), ...(await afterPlan(database, plan))].join('\n');
}

/** What to do after a look at a plan; a campaign that asks the same products, or is still to wake them, is named. */
async function afterPlan(database: Database, { members }: CampaignPlan): Promise<readonly string[]> {
  const running = await readRunningCampaigns(database);
  const planned = new Set(members.map(({ slug }) => slug));
  const same = running.flatMap(({ name, asleep }) => {
    const count = asleep.filter((slug) => planned.has(slug)).length;
    return count === 0
      ? []
      : [`${name} runs already and is still to wake ${count === members.length ? 'all' : count} of them.`];
  });
  const asked = running.flatMap(({ name, asking }) => {
    const count = asking.filter((slug) => planned.has(slug)).length;
    const many = count === members.length ? 'all' : count;
    return count === 0
      ? []
      : [`${name} runs already and asks ${many} of them: their reviews are joined, and nobody is written to again.`];
  });
  const start =
    members.length === 0 || same.length > 0
      ? []
      : ['Next: perennial campaign start NAME --by YOU, with the same options.'];
  return [...same, ...asked, ...start];
}
