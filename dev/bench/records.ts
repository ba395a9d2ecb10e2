import { openingEntry } from '../../domain/agenda.js';
import { instant, later, type Day, type Instant } from '../../domain/calendar.js';
import { NEWEST } from '../../domain/standards.js';
import { planCampaign, startCampaign } from '../../prisma/campaign.js';
import { appendSegment } from '../../prisma/clock.js';
import type { Database } from '../../prisma/database.js';
import { json } from '../../prisma/json.js';
import { completeAnswers } from '../complete-answers.js';

/** A last day of validity that a campaign asks about. */
export const OVERDUE: Day = '2026-01-01';

/** What products to invent. */
export interface ProductsPlan {
  /** Slugs are this and a number. */
  readonly prefix: string;
  readonly count: number;
  /** Past: a campaign asks it, and it waits for nothing by itself. Ahead: its review opens by itself. */
  readonly validUntil: Day;
  /** Its case lives, and so gets a workflow. Default: true. */
  readonly lives?: boolean;
}

/** Invents listed products with an owner and answers on file, all asleep. Returns their slugs. */
export async function inventProducts(database: Database, plan: ProductsPlan): Promise<readonly string[]> {
  const { prefix, count, validUntil, lives = true } = plan;
  const slugs = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  const at = new Date('2025-07-01T08:00:00.000Z');
  const opensByItself = validUntil > instant(Date.now()).slice(0, 10);
  await database.listing.createMany({
    data: slugs.map((slug, index) => ({
      slug,
      dpgId: `${prefix}-${index}`,
      name: `Product ${slug}`,
      description: 'A ledger for seeds.',
      website: `https://${slug}.example`,
      licences: ['MIT'],
      sdgs: [1 + (index % 17)],
      types: ['Software'],
      approvedOn: at,
      validUntil: new Date(validUntil),
      opensByItself,
      createdAt: at,
    })),
  });
  await database.contact.createMany({
    data: slugs.map((slug) => ({
      ...{ slug, rank: 'primary', position: 0, name: 'Amina Abara', address: `amina@${slug}.example`, language: 'en' },
    })),
  });
  await database.answerSet.createMany({
    data: slugs.map((slug) => ({
      ...{
        slug,
        version: 0,
        by: 'import',
        standard: NEWEST.version,
        answers: json(completeAnswers),
        forReviewers: {},
      },
      ...{ confirmed: [], publishedAt: at, at },
    })),
  });
  const listing = { ...NOWHERE, validUntil, opensByItself };
  const opening = openingEntry(listing);
  await database.case.createMany({
    data: slugs.map((slug) => ({
      ...{ id: `dpg/${slug}`, slug, workflow: 'certification', revision: 0, ended: !lives },
      agenda: json(opening === null ? [] : [opening]),
      nextDueAt: opening === null ? null : new Date(opening.due),
    })),
  });
  return slugs;
}

const NOWHERE = {
  slug: '',
  dpgId: null,
  approvedOn: null,
  removedOn: null,
  removedBecause: null,
  decidedHereAt: null,
} as const;

/** Sets case time: from now on it is this instant, in real time. */
export async function setClock(database: Database, caseAt: Instant): Promise<void> {
  await appendSegment(database, { realAt: instant(Date.now() - 1), caseAt, dayMs: 86_400_000 });
}

/** Sets case time to today's 08:00: a campaign that starts now releases its wave at once, and no prompt is due. */
export async function setMorning(database: Database): Promise<Instant> {
  const morning: Instant = `${instant(Date.now()).slice(0, 10)}T08:00:01.000Z`;
  await setClock(database, morning);
  return morning;
}

/** Starts a campaign that asks all overdue products but those named, in one wave. */
export async function startWave(
  database: Database,
  { name, perDay, without = [] }: { name: string; perDay: number; without?: readonly string[] },
): Promise<void> {
  const exclude = without.map((slug) => ({ slug, reason: 'asked before' }));
  const plan = await planCampaign(database, { name, perDay, exclude });
  if ('problems' in plan) throw new Error(plan.problems.join(' '));
  const started = await startCampaign(database, { name, by: 'fatou', plan });
  if ('refused' in started) throw new Error(started.refused);
}

/** An instant so many milliseconds before another. */
export function before(at: Instant, milliseconds: number): Instant {
  return later(at, -milliseconds);
}
