import { DAY, dayOf, HOUR, later, type Instant } from '../domain/calendar.js';
import type { Database } from './database.js';
import { newestOfEach } from './lost-emails.js';
import { readCases, type CaseLine } from './read-cases.js';
import { countSuggestions, type Suggested } from './suggestions.js';
import { readRunningCampaigns, type RunningCampaign } from './read-running-campaigns.js';

/** What staff want to know of an installation. References, slugs, words and counts; nothing personal. */
export interface StatusReport {
  readonly now: Instant;
  readonly open: number;
  /** Products on the list. */
  readonly listed: number;
  readonly campaigns: readonly RunningCampaign[];
  /** A human must look, or it is the secretariat's turn; the next due first. */
  readonly needHuman: readonly CaseLine[];
  /** Products that people suggest and staff have not dealt with; null: none. */
  readonly suggested: Suggested | null;
  /** Listed products whose date is past or unknown and that no review asks. */
  readonly overdue: readonly string[];
  /** Of them, those that a running campaign is still to wake. */
  readonly overdueAsleep: readonly string[];
  /** Of the others, those with somebody to ask. */
  readonly overdueToAsk: readonly string[];
  /** Cases with something due that nothing acted on for ten minutes of case time: the engine is away or behind. */
  readonly behind: readonly CaseLine[];
  /** Emails of which nobody knows whether the mail server took them, and that were not sent again since then. */
  readonly unknown: readonly {
    readonly email: number;
    readonly reference: string | null;
    readonly kind: string;
    readonly at: Instant;
  }[];
  /** Products with a concern whose author was not told what became of it: the mail server refused that email lately. */
  readonly untold: readonly { readonly email: number; readonly slug: string; readonly at: Instant }[];
  /** Emails that are due and wait; of them, kept by the mail mode. */
  readonly emailsWaiting: number;
  readonly keptByMode: number;
  /** Emails whose time has not come, and the one that goes first. */
  readonly emailsAhead: number;
  readonly firstAhead: { readonly kind: string; readonly dueAt: Instant } | null;
  /** Rows without outcome; of them, set aside as stuck. */
  readonly rowsWaiting: number;
  readonly rowsAside: number;
  readonly oldestRow: Instant | null;
}

/** An entry on which nothing acted for so long, ten minutes of case time, is behind. */
const BEHIND = HOUR / 6;

/** What nobody can do anything about is told for so long of case time. */
const TOLD_FOR = 30 * DAY;

/** Reads what needs a human, what is overdue and what waits. */
export async function readStatus(database: Database): Promise<StatusReport> {
  const { now, lines } = await readCases(database);
  const today = dayOf(now);
  const state = { in: ['queued', 'deferred'] };
  const waits = { state, dueAt: { lte: new Date(now) } };
  const ahead = { state, dueAt: { gt: new Date(now) } };
  const campaigns = await readRunningCampaigns(database);
  const [unknown, untold, emailsWaiting, keptByMode, emailsAhead, firstAhead, contacts, rows] = await Promise.all([
    readUnknown(database),
    readUntold(database, later(now, -TOLD_FOR)),
    database.email.count({ where: waits }),
    database.email.count({ where: { ...waits, reason: 'mail_mode' } }),
    database.email.count({ where: ahead }),
    database.email.findFirst({ where: ahead, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] }),
    database.contact.findMany({ distinct: ['slug'], select: { slug: true } }),
    database.submission.findMany({
      where: { outcome: null },
      orderBy: { id: 'asc' },
      select: { at: true, aside: true },
    }),
  ]);
  const asleep = new Set(campaigns.flatMap((campaign) => campaign.asleep));
  const reachable = new Set(contacts.map(({ slug }) => slug));
  const isOverdue = ({ listed, removedOn, validUntil, open, kind }: CaseLine) =>
    listed && removedOn === null && (validUntil === null || validUntil < today) && !(open && kind === 'annual_review');
  const overdue = lines.filter(isOverdue).map(({ slug }) => slug);
  return {
    now,
    open: lines.filter(({ open }) => open).length,
    listed: lines.filter(({ listed, removedOn }) => listed && removedOn === null).length,
    campaigns,
    needHuman: lines.filter(({ attention, waitingOn }) => attention.length > 0 || waitingOn === 'secretariat'),
    suggested: await countSuggestions(database),
    overdue,
    overdueAsleep: overdue.filter((slug) => asleep.has(slug)),
    overdueToAsk: overdue.filter((slug) => !asleep.has(slug) && reachable.has(slug)),
    behind: lines.filter(({ next }) => next !== null && next.due < later(now, -BEHIND)),
    unknown: unknown.map(({ id, applicationId, kind, stateAt }) => {
      return { email: id, reference: applicationId, kind, at: stateAt.toISOString() };
    }),
    untold,
    emailsWaiting,
    keptByMode,
    emailsAhead,
    firstAhead: firstAhead === null ? null : { kind: firstAhead.kind, dueAt: firstAhead.dueAt.toISOString() },
    rowsWaiting: rows.length,
    rowsAside: rows.filter(({ aside }) => aside).length,
    oldestRow: rows[0]?.at.toISOString() ?? null,
  };
}

async function readUnknown(database: Database) {
  const unknown = await database.email.findMany({
    where: { state: 'unknown' },
    select: { id: true, applicationId: true },
  });
  const reviews = [...new Set(unknown.flatMap(({ applicationId }) => applicationId ?? []))];
  const ids = unknown.map(({ id }) => id);
  const all = await database.email.findMany({
    where: { OR: [{ id: { in: ids } }, { applicationId: { in: reviews } }] },
    omit: { subject: true, text: true, html: true },
  });
  return newestOfEach(all).filter(({ state }) => state === 'unknown');
}

/** Of each concern the newest email counts: a question that was refused before it was answered is none of them. */
async function readUntold(database: Database, since: Instant): Promise<StatusReport['untold']> {
  const refused = { state: 'refused', stateAt: { gte: new Date(since) } };
  const concerns = await database.concern.findMany({
    where: { stage: { in: ['rejected', 'accepted', 'ended'] }, emails: { some: refused } },
    orderBy: { id: 'asc' },
    select: {
      slug: true,
      emails: { orderBy: { id: 'desc' }, take: 1, select: { id: true, state: true, stateAt: true } },
    },
  });
  return concerns.flatMap(({ slug, emails }) =>
    emails.flatMap(({ id, state, stateAt }) =>
      state === 'refused' ? [{ email: id, slug, at: stateAt.toISOString() }] : [],
    ),
  );
}
