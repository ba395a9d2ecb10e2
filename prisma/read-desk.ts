import { hasEnded } from '../domain/agenda.js';
import type { Day, Instant } from '../domain/calendar.js';
import type { Entry, Review } from '../domain/case.js';
import type { Level } from '../domain/policy.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { dayOfColumn } from './day-column.js';
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
}

/** What lies on a reviewer's desk. */
export interface Desk {
  readonly now: Instant;
  /** What they have; what they set aside until a later day stands last. */
  readonly mine: readonly DeskLine[];
  /** What they may take, the first to fall due first. */
  readonly pool: readonly DeskLine[];
  /** How many others wait that somebody else has, or that they may not take. */
  readonly others: number;
}

/** Reads the desk of a reviewer: what they decided lately and can undo is theirs still. */
export async function readDesk(
  database: Database,
  { person, address, levels }: { person: string; address: string; levels: readonly Level[] },
): Promise<Desk> {
  const { now } = await database.$transaction(readClock);
  const found = await database.application.findMany({
    where: { open: true, OR: [{ waitingOn: { in: [...levels] } }, { state: 'decided' }, { claimedBy: person }] },
    include: { case: { select: { agenda: true } } },
  });
  const slugs = [...new Set(found.map(({ slug }) => slug))];
  const listings = await database.listing.findMany({
    where: { slug: { in: slugs } },
    select: { slug: true, name: true, contacts: { select: { address: true } } },
  });
  const conflicts = await database.reviewerConflict.findMany({ where: { reviewer: person }, select: { slug: true } });
  const nameOf = new Map(listings.map(({ slug, name }) => [slug, name]));
  const barred = new Set([
    ...conflicts.map(({ slug }) => slug),
    ...listings.flatMap(({ slug, contacts }) => (contacts.some((one) => same(one.address, address)) ? [slug] : [])),
  ]);
  const lines = found.map(({ id, slug, kind, campaign, claimedBy, asideUntil, review: stored, case: { agenda } }) => {
    const review = storedReview(stored);
    const line: DeskLine = {
      ...{ reference: id, slug, product: nameOf.get(slug) ?? slug, kind, state: review.state, campaign, claimedBy },
      due: (agenda as unknown as readonly Entry[]).find(({ what }) => what === 'reviewers')?.due ?? null,
      asideUntil: dayOfColumn(asideUntil),
      again: review.answersVersion > 1,
    };
    return { line, review };
  });
  const asked = lines.filter(({ line }) => levels.some((level) => level === line.state));
  const mine = lines.filter(({ line, review }) => line.claimedBy === person || canUndo(review, person));
  const pool = asked.filter(
    ({ line, review }) => line.claimedBy === null && !barred.has(line.slug) && !judgedElsewhere(review, person),
  );
  const aside = ({ asideUntil }: DeskLine) => (asideUntil !== null && asideUntil > now.slice(0, 10) ? 1 : 0);
  return {
    now,
    mine: mine.map(({ line }) => line).sort((one, other) => aside(one) - aside(other) || byDue(one, other)),
    pool: pool.map(({ line }) => line).sort(byDue),
    others: asked.length - pool.length - mine.filter(({ line }) => levels.some((level) => level === line.state)).length,
  };
}

/** Whether somebody decided a review that has not taken effect. */
export function canUndo(review: Review, person: string): boolean {
  return !hasEnded(review) && review.state === 'decided' && review.verdicts.at(-1)?.by === person;
}

function judgedElsewhere({ verdicts, state }: Review, person: string): boolean {
  return verdicts.some(({ by, level }) => by === person && level !== state);
}

function byDue(one: DeskLine, other: DeskLine): number {
  const due = ({ due: at }: DeskLine) => at ?? '9';
  return due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : one.reference < other.reference ? -1 : 1;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
