import { ENDED, type ReviewState } from '../../../domain/case.js';
import { FOREVER } from '../../../workflows/contract.js';
import type { CheckParts, Looked } from './check.js';
import type { TemporalReads } from './temporal-reads.js';

const STATES: readonly (ReviewState | 'asleep' | 'expired')[] = [
  'asleep',
  'expired',
  'draft',
  'owner',
  'l1',
  'l2',
  'clarification',
  'notice',
  'decided',
  'appeal',
];

/**
 * Temporal's counts of running workflows agree with the records: by type, by state, by kind of the open review and by
 * how the newest review ended. Tried: counts of which either side is not zero.
 */
export async function lookAtTemporal({
  database,
  temporal,
}: Pick<CheckParts, 'database'> & { readonly temporal: TemporalReads }): Promise<Looked> {
  const recorded = await recordedCounts(database);
  const compared = await Promise.all(
    [...recorded].map(async ([query, count]) => ({ query, count, counted: await temporal.count(query) })),
  );
  const differing = compared.filter(({ count, counted }) => count !== counted);
  const tried = compared.filter(({ count, counted }) => count + counted > 0).length;
  return {
    tried,
    problems: differing.map(
      ({ query, count, counted }) => `${query}: Temporal counts ${counted}, the records ${count}`,
    ),
    found: `${compared.length} counts were compared, ${tried} of them not zero; all are the same`,
  };
}

/** By query, how many running workflows there should be. */
async function recordedCounts(database: CheckParts['database']): Promise<ReadonlyMap<string, number>> {
  const cases = await database.case.findMany({
    where: { ended: false },
    select: { workflow: true, slug: true, applications: { orderBy: { openedAt: 'desc' }, take: 1 } },
  });
  const removed = await database.listing.findMany({ where: { removedOn: { not: null } }, select: { slug: true } });
  const off = new Set<string | null>(removed.map(({ slug }) => slug));
  const counts = new Map<string, number>();
  const add = (clause: string, by: number) => counts.set(running(clause), (counts.get(running(clause)) ?? 0) + by);
  // Words that no case has must not be counted by Temporal either.
  for (const state of STATES) add(`DpgState = "${state}"`, 0);
  for (const outcome of ENDED) add(`DpgOutcome = "${outcome}"`, 0);
  for (const type of ['certification', 'nomination', 'campaign']) add(`WorkflowType = "${type}"`, 0);
  for (const type of FOREVER) add(`WorkflowType = "${type}"`, 1);
  for (const { workflow, slug, applications } of cases) {
    add(`WorkflowType = "${workflow}"`, 1);
    if (workflow !== 'certification' && workflow !== 'nomination') continue;
    const newest = applications[0];
    // A nomination has no listing of its own to fall back to: it is called as it ended.
    const resting = workflow === 'nomination' ? newest?.state : off.has(slug) ? 'expired' : 'asleep';
    add(`DpgState = "${newest?.open === true ? newest.state : resting}"`, 1);
    if (newest === undefined) continue;
    add(newest.open ? `DpgKind = "${newest.kind}"` : `DpgOutcome = "${newest.state}"`, 1);
  }
  return counts;
}

function running(clause: string): string {
  return `ExecutionStatus = "Running" AND ${clause}`;
}
