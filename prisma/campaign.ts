import { campaignAttention, campaignCase, firstAgenda, nameProblem } from '../domain/campaign.js';
import { planPopulation, type CampaignPlan, type CampaignScope } from '../domain/campaign-plan.js';
import { nextEntry } from '../domain/agenda.js';
import type { Entry } from '../domain/case.js';
import type { Day, Instant } from '../domain/calendar.js';
import { CASES_A_DAY } from '../domain/policy.js';
import { appendSubmission, type Appended } from './append.js';
import { readClock } from './case-time.js';
import { readMembers } from './campaign-members.js';
import type { Database, Transaction } from './database.js';
import type { Prisma } from './generated/client.js';
import { json } from './json.js';
import { writeLines } from './ledger.js';
import { readCandidates } from './read-candidates.js';

/** What staff ask for; what is absent has its default. */
export interface PlanOptions extends Partial<CampaignScope> {
  /** The campaign's name, so that a product that it asked already is told apart. */
  readonly name?: string;
}

/** A plan, or what is wrong with the scope, each in a sentence. */
export type Planned = CampaignPlan | { readonly problems: readonly string[] };

/** Plans a campaign over the products as they now are, in case time. Nothing is written. */
export async function planCampaign(database: Database, options: PlanOptions = {}): Promise<Planned> {
  const { name = '', where = [], include = [], exclude = [], perDay = CASES_A_DAY } = options;
  const scope: CampaignScope = { where, include, exclude, perDay };
  return database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const candidates = await readCandidates(transaction, [...include, ...exclude.map(({ slug }) => slug)]);
    return planPopulation({ candidates, scope, name, now });
  });
}

/** What became of a start. */
export type Started =
  /** `isNew` is false if the very campaign runs (or ran) already: nothing was changed. */
  | {
      readonly isNew: boolean;
      readonly name: string;
      readonly startedAt: Instant;
      readonly firstWaveAt: Instant | null;
    }
  | { readonly refused: string };

interface StartInput {
  readonly name: string;
  /** Who starts it: a staff name. */
  readonly by: string;
  readonly plan: CampaignPlan;
}

/**
 * Starts a campaign: freezes the planned population, with whom it leaves out and why, and writes its case, all in
 * one transaction. Started twice, also at once, it is one campaign; a start with another scope is refused, and so is
 * one with nobody in it.
 */
export async function startCampaign(database: Database, { name, by, plan }: StartInput): Promise<Started> {
  const problem = nameProblem(name) ?? whyNobody(plan);
  return database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const earlier = await transaction.campaign.findUnique({ where: { name } });
    if (earlier !== null) return again(transaction, { earlier, plan });
    if (problem !== null) return { refused: problem };
    const data = {
      name,
      state: 'running',
      startedAt: new Date(now),
      startedBy: by,
      perDay: plan.scope.perDay,
      scope: json(plan.scope),
    };
    const { count } = await transaction.campaign.createMany({ data: [data], skipDuplicates: true });
    // Somebody else was faster; their transaction is over, or this one would still wait.
    if (count === 0) return again(transaction, { earlier: await ofName(transaction, name), plan });
    const agenda = firstAgenda({ plan, now });
    await freeze(transaction, { name, plan });
    await createCase(transaction, { name, by, now, agenda });
    return { isNew: true, name, startedAt: now, firstWaveAt: firstWave(agenda) };
  });
}

type StoredCampaign = Prisma.CampaignGetPayload<object>;

function ofName(transaction: Transaction, name: string): Promise<StoredCampaign> {
  return transaction.campaign.findUniqueOrThrow({ where: { name } });
}

/** The second start of a campaign with the same scope changes nothing; with another it would be another campaign. */
async function again(
  transaction: Transaction,
  { earlier, plan }: { earlier: StoredCampaign; plan: CampaignPlan },
): Promise<Started> {
  const { name, startedAt, scope } = earlier;
  if (sameScope(scope, plan.scope)) {
    const found = await transaction.case.findUniqueOrThrow({ where: { id: campaignCase(name) } });
    const agenda = found.agenda as unknown as readonly Entry[];
    return { isNew: false, name, startedAt: startedAt.toISOString(), firstWaveAt: firstWave(agenda) };
  }
  const day: Day = startedAt.toISOString().slice(0, 10);
  return {
    refused:
      `There is a campaign ${name} already, started on ${day} with another scope. ` +
      `Look at it by "campaign status ${name}", or choose another name.`,
  };
}

/** PostgreSQL orders the fields of an object its own way. */
function sameScope(stored: Prisma.JsonValue, { where, include, exclude, perDay }: CampaignScope): boolean {
  const text = (scope: CampaignScope) =>
    JSON.stringify([
      [...scope.where].sort(),
      [...scope.include].sort(),
      scope.exclude.map(({ slug, reason }) => `${slug}=${reason}`).sort(),
      scope.perDay,
    ]);
  // What startCampaign wrote.
  return text(stored as unknown as CampaignScope) === text({ where, include, exclude, perDay });
}

function whyNobody({ members, leftOut }: CampaignPlan): string | null {
  if (members.length > 0) return null;
  if (leftOut.length === 0) return 'There is nobody to ask: no product is listed here yet. Import the registry first.';
  const count = (because: string) => leftOut.filter((one) => one.because === because).length;
  const parts = [
    [count('not_asked'), 'neither due nor overdue nor without the privacy questions'],
    [count('filter'), 'left out by a filter'],
    [count('excluded'), 'excluded by hand'],
    [count('refused'), 'would refuse'],
  ] as const;
  const words = parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]));
  return (
    `There is nobody to ask. So many products were looked at: ${leftOut.length} (${words.join(', ')}). ` +
    'See "campaign plan" for each, and change the scope.'
  );
}

function firstWave(agenda: readonly Entry[]): Instant | null {
  return nextEntry(agenda.filter(({ what }) => what === 'wave'))?.due ?? null;
}

async function freeze(transaction: Transaction, { name, plan }: { name: string; plan: CampaignPlan }): Promise<void> {
  const members = plan.members.map(({ slug, kind, wave, handPicked }) => ({ name, slug, kind, wave, handPicked }));
  const leftOut = plan.leftOut.map(({ slug, reason }) => ({ name, slug, handPicked: false, excluded: reason }));
  await transaction.campaignMember.createMany({ data: [...members, ...leftOut] });
}

async function createCase(
  transaction: Transaction,
  { name, by, now, agenda }: { name: string; by: string; now: Instant; agenda: readonly Entry[] },
): Promise<void> {
  const caseId = campaignCase(name);
  const members = await readMembers(transaction, name);
  const next = nextEntry(agenda);
  const attention = campaignAttention({ record: { name, state: 'running', agenda, stuck: false }, members });
  await transaction.case.create({
    data: {
      id: caseId,
      workflow: 'campaign',
      revision: 0,
      agenda: json(agenda),
      attention: [...attention],
      nextDueAt: next === null ? null : new Date(next.due),
    },
  });
  await writeLines(
    transaction,
    {
      ...{ caseId, at: now, row: { role: 'secretariat', actor: by }, why: 'command', ranBy: null },
      before: { state: 'none' },
      after: { state: 'running', entries: agenda.length },
    },
    [{ what: 'campaign_started', applicationId: null, detail: { products: members.length } }],
  );
  // The relay starts its workflow.
  await transaction.$executeRaw`select pg_notify('rows', ${caseId})`;
}

/** What staff want of a running campaign: who, with a one-time key. */
interface Wish {
  readonly name: string;
  readonly by: string;
  readonly key: string;
}

/** Appends a person's wish to close a campaign before its work is done; its next step takes it. */
export function closeCampaign(database: Database, { reason, ...wish }: Wish & { reason: string }): Promise<Appended> {
  return append(database, { ...wish, kind: 'close', body: { reason } });
}

/** Appends a person's wish to let go on what of a campaign was set aside as stuck; its next step takes it. */
export function releaseCampaign(database: Database, wish: Wish): Promise<Appended> {
  return append(database, { ...wish, kind: 'release', body: {} });
}

function append(
  database: Database,
  { name, by, ...row }: Wish & { kind: 'close' | 'release'; body: object },
): Promise<Appended> {
  const about = {
    caseId: campaignCase(name),
    applicationId: null,
    round: null,
    role: 'secretariat',
    actor: by,
  } as const;
  return appendSubmission(database, { ...about, ...row });
}
