/** Products that a campaign may ask, as its plan sees them. */
import { planPopulation, type Candidate, type CampaignPlan, type CampaignScope } from '../../domain/campaign-plan.js';
import type { CaseRecord } from '../../domain/case.js';
import { asleep, quiet } from './case-records.js';

/** The default scope, ten a day. */
export const everything: CampaignScope = { where: [], include: [], exclude: [], perDay: 10 };

/** A product approved before the privacy set, with personal data, due in a year, unless told otherwise. */
export function candidate(slug: string, some: Partial<Candidate> & { listing?: Partial<CaseRecord['listing']> } = {}) {
  const { listing, ...rest } = some;
  const record: CaseRecord = {
    ...asleep,
    id: `dpg/${slug}`,
    listing: { ...asleep.listing, slug, validUntil: '2027-07-01', approvedOn: '2025-09-10', ...listing },
  };
  const made: Candidate = {
    record,
    facts: quiet,
    name: slug.toUpperCase(),
    person: `${slug}@owner.example`,
    personalData: true,
    types: ['Open Software'],
    licences: ['MIT'],
    sdgs: [3],
    language: 'en',
    country: 'KE',
    ...rest,
  };
  return made;
}

/** The plan of `annual-2026` over some products, ten a day. */
export function planned(candidates: readonly Candidate[], scope: Partial<CampaignScope> = {}): CampaignPlan {
  const plan = planPopulation({ candidates, scope: { ...everything, ...scope }, name: 'annual-2026', now: quiet.now });
  if ('problems' in plan) throw new Error(plan.problems.join(' '));
  return plan;
}
