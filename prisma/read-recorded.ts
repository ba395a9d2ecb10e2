import { HOUR, later, type Instant } from '../domain/calendar.js';
import { nominationOf } from '../domain/nomination.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';

/** What the records say of a case, so far as its workflow shows it to operators. */
export interface RecordedCase {
  readonly caseId: string;
  /** The case is over; its workflow may end. */
  readonly ended: boolean;
  readonly state: string;
  readonly attention: readonly string[];
  readonly dueAt: Instant | null;
  /** A row waits for it, or something has been due for ten minutes: its workflow should be at it. */
  readonly waits: boolean;
}

const BEHIND = HOUR / 6;

/** All cases, of products and of campaigns, in the order of their ids. */
export async function readRecorded(database: Database): Promise<readonly RecordedCase[]> {
  const { now } = await database.$transaction(readClock);
  const [cases, listings, campaigns, rows] = await Promise.all([
    database.case.findMany({
      orderBy: { id: 'asc' },
      select: {
        ...{ id: true, slug: true, ended: true, attention: true, nextDueAt: true },
        applications: { orderBy: { openedAt: 'desc' }, take: 1, select: { state: true, open: true } },
      },
    }),
    database.listing.findMany({ where: { removedOn: { not: null } }, select: { slug: true } }),
    database.campaign.findMany({ select: { name: true, state: true } }),
    database.submission.findMany({
      where: { outcome: null, aside: false },
      distinct: ['caseId'],
      select: { caseId: true },
    }),
  ]);
  const removed = new Set(listings.map(({ slug }) => slug));
  const ofCampaign = new Map(campaigns.map(({ name, state }) => [`campaign/${name}`, state]));
  const waiting = new Set(rows.map(({ caseId }) => caseId));
  const behind = later(now, -BEHIND);
  return cases.map(({ id, slug, ended, attention, nextDueAt, applications: [newest] }) => {
    const dueAt = nextDueAt?.toISOString() ?? null;
    const between = removed.has(slug ?? '') ? 'expired' : 'asleep';
    const own = newest?.open === true || nominationOf(id) !== null ? newest?.state : undefined;
    const state = ofCampaign.get(id) ?? own ?? between;
    return {
      ...{ caseId: id, ended, state, attention, dueAt },
      waits: waiting.has(id) || (dueAt !== null && dueAt < behind),
    };
  });
}
