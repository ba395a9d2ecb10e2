import { dayOf, type Day, type Instant } from '../../domain/calendar.js';
import type { Review } from '../../domain/case.js';
import type { Clock } from '../../domain/clock.js';
import { seatAskedIn } from '../../domain/seats.js';
import type { Standard } from '../../domain/standard.js';
import { newestBinding, STANDARDS, type Standards } from '../../domain/standards.js';
import { readClock } from '../../prisma/case-time.js';
import { concernsWaitSince, readConcerns, type Concern } from '../../prisma/concerns.js';
import type { Database } from '../../prisma/database.js';
import { findCase } from '../../prisma/find-case.js';
import { readCases, type CaseLine } from '../../prisma/read-cases.js';
import { reviewedSince } from '../../prisma/reviewed-since.js';
import { readTimeline, type TimelineEntry } from '../../prisma/read-timeline.js';
import { readReviewers, type StaffMember } from '../../prisma/staff.js';

/** What the page of a product is made of. */
export interface ProductFacts {
  readonly caseId: string;
  readonly line: CaseLine;
  /** The newest review; null: there never was one. */
  readonly review: Review | null;
  /** The nomination by which a listed product came here, a case of its own; null: it came otherwise, or this is it. */
  readonly nomination: CaseLine | null;
  /** The product of a nomination had a review of its own since: its approval is not looked at again. */
  readonly reviewedSince: boolean;
  readonly entries: readonly TimelineEntry[];
  /** Who may be given the case of another reviewer. */
  readonly reviewers: readonly StaffMember[];
  /** What people say against the product, oldest first. */
  readonly concerns: readonly Concern[];
  /** Since when the oldest of them waits for staff. */
  readonly raised: Day | undefined;
  /** The form whose sections concerns name. */
  readonly standard: Standard;
  readonly clock: Clock;
  readonly now: Instant;
}

/** Reads the case of a product, all that happened to it, and who may review it; null: there is no such product. */
export async function readProduct(
  database: Database,
  slug: string,
  standards: Standards = STANDARDS,
): Promise<ProductFacts | null> {
  const found = await findCase(database, slug);
  if (found === null) return null;
  const { lines } = await readCases(database, { slug: found.slug });
  const line = lines.find((one) => one.caseId === found.caseId);
  if (line === undefined) return null;
  const { clock, now } = await database.$transaction(readClock);
  const { caseId } = found;
  // An earlier review was named.
  const isNewest = line.reference === null || line.reference === found.review?.reference;
  const review = isNewest ? found.review : ((await findCase(database, line.reference))?.review ?? null);
  const concerns = await readConcerns(database, { slug: found.slug });
  const standard = newestBinding(standards, dayOf(now));
  const seat = review === null ? null : seatAskedIn(review.state);
  const reviewers =
    review === null || review.claim === null || seat === null ? [] : await readReviewers(database, seat);
  return {
    caseId,
    line,
    review,
    nomination: line.listed ? (lines.find(({ listed }) => !listed) ?? null) : null,
    reviewedSince: await reviewedSince(database, { review, slug: line.slug }),
    entries: await readTimeline(database, caseId),
    reviewers,
    concerns,
    raised: (await concernsWaitSince(database)).get(found.slug),
    standard,
    clock,
    now,
  };
}

/** What the key of a form about a case hangs on: it moves on with every row that comes. */
export function newestRow({ entries }: ProductFacts): number {
  return Math.max(0, ...entries.map((entry) => (entry.is === 'row' ? entry.id : 0)));
}
