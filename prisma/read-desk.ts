import { hasEnded } from '../domain/agenda.js';
import { isAway, type StandIn } from '../domain/absence.js';
import { DAY, dayOf, later, type Day, type Instant } from '../domain/calendar.js';
import { FREE, type Entry, type Review } from '../domain/case.js';
import type { Seat } from '../domain/policy.js';
import { hasCase, inTheWay, isTaken } from '../domain/reviewer-guards.js';
import { reviewersDue, seatsOf } from '../domain/seats.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { absenceOf } from './absence-columns.js';
import { dayOfColumn } from './day-column.js';
import { readStandIn } from './read-absence.js';
import { readOwnProducts } from './read-reviewer.js';
import { readCompleteness, type Complete } from './read-completeness.js';
import { groundsOf } from './read-appeal.js';
import { memberOf } from './staff.js';
import { storedReview } from './stored-review.js';

/** A review on a reviewer's desk. */
export interface DeskLine {
  readonly reference: string;
  readonly slug: string;
  readonly product: string;
  readonly kind: string;
  readonly state: Review['state'];
  /** When the reviewers of its level are late; null: nobody's time runs. */
  readonly due: Instant | null;
  readonly campaign: string | null;
  readonly claimedBy: string | null;
  readonly asideUntil: Day | null;
  /** The answers are not the first of this review. */
  readonly again: boolean;
  /** Whose case it is, where the person stands in for them. */
  readonly standsInFor: string | null;
  /** Why its owner appeals, while that waits to be heard. */
  readonly grounds: string | null;
  /** Of a nomination, how much of the form is answered. */
  readonly complete: Complete | null;
}

/** What lies on a reviewer's desk. */
export interface Desk {
  readonly now: Instant;
  /** What they have; what they set aside until a later day stands last. */
  readonly mine: readonly DeskLine[];
  /** What they may take, the first to fall due first; a complete nomination counts as due two weeks sooner. */
  readonly pool: readonly DeskLine[];
  /** How many others wait that somebody else has, or that they may not take. */
  readonly others: number;
  /** The newest row of the person; 0: there is none. */
  readonly newestRow: number;
  /** The person takes no case until after this day; null: they are here. */
  readonly awayUntil: Day | null;
}

/** Whose desk it is, and as what they may review. */
interface Whose {
  readonly person: string;
  readonly address: string;
  readonly seats: readonly Seat[];
}

/** Reads the desk of a reviewer: what they decided lately and can undo is theirs still. */
export async function readDesk(database: Database, whose: Whose): Promise<Desk> {
  const { person, seats } = whose;
  const { now } = await database.$transaction(readClock);
  const today = dayOf(now);
  const self = await database.staffPerson.findUnique({ where: { id: person } });
  const absence = self === null ? null : absenceOf(self);
  const awayUntil = isAway(absence, today) ? absence.until : null;
  const lines = await readLines(database, whose, now);
  const asked = lines.filter(({ line }) => seats.some((seat) => seat === line.state));
  const mine = lines.filter(({ review, standIn }) => hasCase(review, { person, standIn }) || canUndo(review, person));
  const free = asked.filter(({ review, standIn, barred }) => !barred && !isTaken(review, standIn));
  const pool = awayUntil === null ? free.filter(({ line }) => line.claimedBy !== person) : [];
  const aside = ({ asideUntil }: DeskLine) => (asideUntil !== null && asideUntil > today ? 1 : 0);
  const newest = await database.submission.findFirst({
    where: { actor: person },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return {
    now,
    awayUntil,
    newestRow: newest?.id ?? 0,
    mine: mine.map(({ line }) => line).sort((one, other) => aside(one) - aside(other) || byDue(one, other)),
    pool: pool.map(({ line }) => line).sort(byDue),
    others: asked.length - pool.length - mine.filter(({ line }) => seats.some((seat) => seat === line.state)).length,
  };
}

/** The reviews that a desk shows or counts, each with whether something stands between it and the person. */
async function readLines(database: Database, { person, address, seats }: Whose, now: Instant) {
  const found = await database.application.findMany({
    where: { open: true, OR: [{ state: { in: [...seats, 'decided'] } }, { claimedBy: person }] },
    include: {
      case: { select: { agenda: true } },
      verdicts: {
        where: { OR: [{ by: person }, { forWhom: person }], level: { not: 'appeal' } },
        select: { id: true },
      },
    },
  });
  const slugs = [...new Set(found.map(({ slug }) => slug))];
  const listings = await database.listing.findMany({
    where: { slug: { in: slugs } },
    select: { slug: true, name: true },
  });
  const conflicts = await database.reviewerConflict.findMany({ where: { reviewer: person }, select: { slug: true } });
  const nameOf = new Map(listings.map(({ slug, name }) => [slug, name]));
  const conflicting = new Set(conflicts.map(({ slug }) => slug));
  const own = await readOwnProducts(database, { address, slugs });
  const grounds = await readGrounds(database, found);
  const standIns = await readStandIns(database, found, dayOf(now));
  const nominations = found.filter(({ kind }) => kind === 'nomination');
  const complete = await readCompleteness(database, { nominations, now });
  return found.map((one) => {
    const { id, slug, kind, campaign, claimedBy, asideUntil } = one;
    const review = storedReview(one.review);
    const standIn = standIns.get(id) ?? null;
    const reviewer = {
      ...FREE,
      conflict: conflicting.has(slug),
      ownProduct: own.has(slug),
      judged: one.verdicts.length > 0,
    };
    const line: DeskLine = {
      ...{ reference: id, slug, product: nameOf.get(slug) ?? slug, kind, state: review.state, campaign, claimedBy },
      due: reviewersDue(one.case.agenda as unknown as readonly Entry[]),
      asideUntil: dayOfColumn(asideUntil),
      again: review.answersVersion > 1,
      grounds: grounds.get(id) ?? null,
      standsInFor: standIn?.deputy === person ? claimedBy : null,
      complete: complete.get(id) ?? null,
    };
    return { line, review, standIn, barred: inTheWay(review, { by: person, reviewer }) !== null };
  });
}

/** Who stands in for those who have a case and cannot act on it now, by reference. */
async function readStandIns(
  database: Database,
  found: readonly {
    readonly id: string;
    readonly slug: string;
    readonly claimedBy: string | null;
    readonly state: string;
    readonly review: unknown;
  }[],
  today: Day,
): Promise<ReadonlyMap<string, StandIn>> {
  const names = [...new Set(found.flatMap(({ claimedBy }) => claimedBy ?? []))];
  const people = await database.staffPerson.findMany({ where: { id: { in: names } } });
  const holders = new Map(people.map((person) => [person.id, memberOf(person)]));
  const conflicts = await database.reviewerConflict.findMany({ where: { reviewer: { in: names } } });
  const standIns = new Map<string, StandIn>();
  for (const { id, slug, claimedBy, state, review } of found) {
    const holder = holders.get(claimedBy ?? '');
    if (holder === undefined) continue;
    const { absence, offAt, roles } = holder;
    const acts = offAt === null && !isAway(absence, today) && seatsOf(roles).some((seat) => seat === state);
    if (acts && !conflicts.some((one) => one.reviewer === holder.id && one.slug === slug)) continue;
    const standIn = await readStandIn(database, { review: storedReview(review), slug, today });
    if (standIn !== null) standIns.set(id, standIn);
  }
  return standIns;
}

/** What owners wrote whose appeal waits, by reference. */
async function readGrounds(
  database: Database,
  found: readonly { readonly id: string; readonly state: string }[],
): Promise<ReadonlyMap<string, string>> {
  const appealed = found.flatMap(({ id, state }) => (state === 'appeal' ? [id] : []));
  if (appealed.length === 0) return new Map();
  const rows = await database.submission.findMany({
    where: { applicationId: { in: appealed }, kind: 'appeal', outcome: { result: 'accepted' } },
    select: { applicationId: true, body: true },
  });
  return new Map(rows.map(({ applicationId, body }) => [applicationId ?? '', groundsOf(body)]));
}

/** Whether somebody decided a review that has not taken effect. */
export function canUndo(review: Review, person: string): boolean {
  return !hasEnded(review) && review.state === 'decided' && review.verdicts.at(-1)?.by === person;
}

/** The more complete, the faster: what lacks nothing goes before what came up to two weeks earlier. */
const SOONER = 14 * DAY;

function turnOf({ due, complete }: DeskLine): string {
  if (due === null) return '9';
  return complete !== null && complete.answered === complete.of ? later(due, -SOONER) : due;
}

function byDue(one: DeskLine, other: DeskLine): number {
  const [first, second] = [turnOf(one), turnOf(other)];
  return first < second ? -1 : first > second ? 1 : one.reference < other.reference ? -1 : 1;
}
