import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { Attention, Review } from '../domain/case.js';
import { concernsWaitSince } from './concerns.js';
import type { Database } from './database.js';
import type { CaseLine } from './read-cases.js';
import { readStatus, type StatusReport } from './read-status.js';
import { sinceOfReason } from './staff-list.js';
import { readSuggestions } from './suggestions.js';
import { storedReview } from './stored-review.js';

/** Why a human must look; `turn`: it is the secretariat's turn, for no other reason. `suggestion`: of a product. */
export type NeedReason = Attention | 'turn' | 'suggestion';

/** One thing that a human must look at: a case for one of its reasons, or a campaign. */
export interface Need {
  readonly reason: NeedReason;
  readonly since: Day;
  readonly about:
    | { readonly is: 'case'; readonly line: CaseLine }
    | { readonly is: 'suggestion'; readonly id: string; readonly product: string }
    /** `products`: so many have nobody to ask, where that is the reason. */
    | { readonly is: 'campaign'; readonly name: string; readonly products: number };
}

/** What needs a human, the longest waiting first, with the report that it is taken from. */
export interface Needs {
  readonly report: StatusReport;
  readonly needs: readonly Need[];
}

/** Reads what needs a human: the same as `perennial status` lists, a line for each reason, and what was suggested. */
export async function readNeeds(database: Database): Promise<Needs> {
  const report = await readStatus(database);
  const { now, needHuman, unknown, campaigns } = report;
  const references = [...needHuman.map(({ reference }) => reference), ...unknown.map((one) => one.reference)];
  const found = await database.application.findMany({
    where: { id: { in: references.flatMap((reference) => reference ?? []) } },
    select: { id: true, review: true },
  });
  const reviews = new Map(found.map(({ id, review }) => [id, storedReview(review)]));
  const reviewOf = (line: CaseLine) => (line.reference === null ? null : (reviews.get(line.reference) ?? null));
  const raised = await concernsWaitSince(database);
  const cases = needHuman.flatMap((line) =>
    needsOfCase(line, { review: reviewOf(line), raised: raised.get(line.slug), now }),
  );
  const started = await startOf(
    database,
    campaigns.map(({ name }) => name),
  );
  const ofCampaigns = campaigns.flatMap(({ name, withoutContact, stuck }): readonly Need[] => {
    const since = started.get(name) ?? dayOf(now);
    const about = { is: 'campaign', name, products: withoutContact } as const;
    return [
      ...(withoutContact > 0 ? [{ reason: 'no_contact', since, about } as const] : []),
      ...(stuck ? [{ reason: 'stuck', since, about } as const] : []),
    ];
  });
  const suggested = (await readSuggestions(database)).map(({ id, product, on }): Need => {
    return { reason: 'suggestion', since: on, about: { is: 'suggestion', id, product } };
  });
  const needs = [...cases, ...ofCampaigns, ...suggested].sort((one, other) => (one.since < other.since ? -1 : 1));
  return { report, needs };
}

function needsOfCase(line: CaseLine, of: Omit<Parameters<typeof sinceOf>[0], 'reason'>): readonly Need[] {
  const reasons: readonly NeedReason[] = line.attention.length === 0 ? ['turn'] : line.attention;
  return reasons.map((reason) => ({ reason, since: sinceOf({ ...of, reason }), about: { is: 'case', line } }));
}

/** Since when a reason holds, so far as the records say; of what is no review's, today. */
export function sinceOf({
  review,
  reason,
  raised,
  now,
}: {
  readonly review: Review | null;
  readonly reason: NeedReason;
  /** Since when the oldest concern waits. */
  readonly raised?: Day | undefined;
  readonly now: Instant;
}): Day {
  if (reason === 'concern' && raised !== undefined) return raised;
  if (review === null) return dayOf(now);
  const since = reason === 'turn' || reason === 'suggestion' ? dayOf(review.since) : sinceOfReason(review, reason);
  return since < dayOf(now) ? since : dayOf(now);
}

async function startOf(database: Database, names: readonly string[]): Promise<ReadonlyMap<string, Day>> {
  const found = await database.campaign.findMany({
    where: { name: { in: [...names] } },
    select: { name: true, startedAt: true },
  });
  return new Map(found.map(({ name, startedAt }) => [name, dayOf(startedAt.toISOString())]));
}
