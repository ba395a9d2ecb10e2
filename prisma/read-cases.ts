import { nextEntry } from '../domain/agenda.js';
import type { Day, Instant } from '../domain/calendar.js';
import type { Attention, Entry, ReviewState, WaitingOn } from '../domain/case.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { dayOfColumn } from './day-column.js';
import type { Prisma } from './generated/client.js';
import { storedReview } from './stored-review.js';

/** A case as lists of staff show it: its newest review, or that it sleeps. */
export interface CaseLine {
  readonly caseId: string;
  readonly slug: string;
  readonly product: string;
  /** It is on the list, or was; false for the case of a nomination. */
  readonly listed: boolean;
  /** Null: there never was a review. */
  readonly reference: string | null;
  readonly kind: string | null;
  readonly state: ReviewState | 'asleep' | 'expired';
  /** A review is open. */
  readonly open: boolean;
  readonly round: number | null;
  readonly waitingOn: WaitingOn;
  readonly campaign: string | null;
  readonly attention: readonly Attention[];
  /** What owners asked for and staff have not answered. */
  readonly requests: readonly string[];
  readonly deadline: Day | null;
  readonly next: Entry | null;
  /** The email of the open review that goes next; null: none is queued, or the mail mode keeps it. */
  readonly email: { readonly kind: string; readonly dueAt: Instant } | null;
  readonly validUntil: Day | null;
  readonly removedOn: Day | null;
}

/** Which cases are wanted; what is absent does not matter. */
export interface CaseFilter {
  readonly slug?: string;
  readonly open?: boolean;
  readonly state?: string;
  readonly waitingOn?: string;
  /** A reason, or `any`. */
  readonly attention?: string;
  readonly campaign?: string;
}

/** The cases of products that a filter leaves, the one for which something is due first at the front. */
export async function readCases(
  database: Database,
  filter: CaseFilter = {},
): Promise<{ readonly now: Instant; readonly lines: readonly CaseLine[] }> {
  const { now } = await database.$transaction(readClock);
  const cases = await database.case.findMany({
    where: {
      workflow: { in: ['certification', 'nomination'] },
      ...(filter.slug === undefined ? {} : { slug: filter.slug }),
    },
    include: { applications: { orderBy: { openedAt: 'desc' }, take: 1, include: { emails: QUEUED } } },
    orderBy: { id: 'asc' },
  });
  const listings = await database.listing.findMany({
    where: { slug: { in: cases.flatMap(({ slug }) => slug ?? []) } },
    select: { slug: true, name: true, validUntil: true, removedOn: true },
  });
  const bySlug = new Map(listings.map((listing) => [listing.slug, listing]));
  const lines = cases.flatMap(({ slug, ...found }) => {
    const listing = bySlug.get(slug ?? '');
    return listing === undefined ? [] : [lineOf(found, listing)];
  });
  const due = ({ next, email }: CaseLine) => [next?.due ?? '9999', email?.dueAt ?? '9999'].sort()[0] ?? '';
  const left = lines.filter((line) => passes(line, filter)).sort((one, other) => (due(one) < due(other) ? -1 : 1));
  return { now, lines: left };
}

const QUEUED = {
  where: { state: { in: ['queued', 'deferred'] }, OR: [{ reason: null }, { reason: { not: 'mail_mode' } }] },
  orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
  take: 1,
  select: { kind: true, dueAt: true },
} satisfies Prisma.Application$emailsArgs;

interface Found {
  readonly id: string;
  readonly workflow: string;
  readonly agenda: unknown;
  readonly attention: readonly string[];
  readonly applications: readonly {
    readonly id: string;
    readonly kind: string;
    readonly review: unknown;
    readonly open: boolean;
    readonly waitingOn: string;
    readonly emails: readonly { readonly kind: string; readonly dueAt: Date }[];
  }[];
}

function lineOf(
  { id, workflow, agenda, attention, applications }: Found,
  listing: {
    readonly slug: string;
    readonly name: string;
    readonly validUntil: Date | null;
    readonly removedOn: Date | null;
  },
): CaseLine {
  const newest = applications[0];
  // JSON columns and words are what steps wrote: the domain's own types.
  const review = newest === undefined ? null : storedReview(newest.review);
  const open = newest?.open === true;
  const between = listing.removedOn === null ? 'asleep' : 'expired';
  const email = open ? newest.emails[0] : undefined;
  return {
    caseId: id,
    slug: listing.slug,
    product: listing.name,
    listed: workflow === 'certification',
    reference: newest?.id ?? null,
    kind: newest?.kind ?? null,
    state: review !== null && (open || workflow === 'nomination') ? review.state : between,
    open,
    round: review?.round ?? null,
    waitingOn: open ? (newest.waitingOn as WaitingOn) : 'nobody',
    campaign: review?.campaign ?? null,
    attention: attention as readonly Attention[],
    requests: open ? (review?.requests.map(({ kind }) => kind) ?? []) : [],
    deadline: open ? (review?.turn?.deadline ?? null) : null,
    next: nextEntry(agenda as readonly Entry[]),
    email: email === undefined ? null : { kind: email.kind, dueAt: email.dueAt.toISOString() },
    validUntil: dayOfColumn(listing.validUntil),
    removedOn: dayOfColumn(listing.removedOn),
  };
}

function passes(line: CaseLine, { open, state, waitingOn, attention, campaign }: CaseFilter): boolean {
  return (
    (open === undefined || line.open === open) &&
    (state === undefined || line.state === state) &&
    (waitingOn === undefined || line.waitingOn === waitingOn) &&
    (campaign === undefined || line.campaign === campaign) &&
    (attention === undefined ||
      (attention === 'any' ? line.attention.length > 0 : line.attention.some((one) => one === attention)))
  );
}
