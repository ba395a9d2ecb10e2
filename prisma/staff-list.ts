import {
  dayOf,
  endOfDayAnywhere,
  later,
  sendingTime,
  startOfDay,
  DAY,
  type Day,
  type Instant,
} from '../domain/calendar.js';
import type { Attention, Review } from '../domain/case.js';
import type { StaffListEmail } from '../mail/content.js';
import { concernsWaitSince } from './concerns.js';
import type { Transaction } from './database.js';
import { emailFrame, type LetterHead } from './letter.js';
import { storedReview } from './stored-review.js';
import { countSuggestions } from './suggestions.js';

/** So many cases are named in one email; the command shows all. */
const LONGEST = 50;
const COMMAND = 'npm run perennial -- status';

/** Cases that wait for staff: something that a human must look at, or a turn of the secretariat. */
const WAITS = {
  OR: [{ attention: { isEmpty: false } }, { applications: { some: { open: true, waitingOn: 'secretariat' } } }],
};

/**
 * Queues the staff's list of a day, once, when its sending time has come and something waits. Returns the day that
 * needs no further look: `listedOn`, if it is not time yet.
 */
export async function queueStaffList(
  transaction: Transaction,
  { now, listedOn }: { now: Instant; listedOn: Day },
): Promise<Day> {
  const today = dayOf(now);
  if (listedOn === today || now < sendingTime(today)) return listedOn;
  const waits = (await transaction.case.count({ where: WAITS })) > 0 || (await countSuggestions(transaction)) !== null;
  if (waits) {
    await transaction.email.createMany({
      skipDuplicates: true,
      data: [
        {
          key: `staff:${today}`,
          kind: 'staff_list',
          round: 0,
          facts: {},
          dueAt: new Date(sendingTime(today)),
          state: 'queued',
          stateAt: new Date(now),
        },
      ],
    });
  }
  return today;
}

/** The list as it is now; null: nothing waits any more. References and reasons, nothing personal. */
export async function staffListOf(
  transaction: Transaction,
  { head, now }: { head: LetterHead; now: Instant },
): Promise<StaffListEmail | null> {
  const cases = await transaction.case.findMany({
    where: WAITS,
    select: {
      id: true,
      slug: true,
      attention: true,
      applications: { orderBy: { openedAt: 'desc' }, take: 1, select: { id: true, open: true, review: true } },
    },
  });
  const raised = await concernsWaitSince(transaction);
  const waiting = cases.map(({ id, slug, attention, applications: [newest] }) => {
    // JSON and words as steps wrote them.
    const reasons = attention as Attention[];
    const review = newest?.open === true ? storedReview(newest.review) : null;
    return {
      reference: newest?.id ?? id,
      reasons,
      since: sinceOf({ review, reasons, raised: raised.get(slug ?? ''), now }),
    };
  });
  const suggested = await countSuggestions(transaction);
  if (waiting.length === 0 && suggested === null) return null;
  waiting.sort((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
  return {
    ...emailFrame(head),
    kind: 'staff_list',
    today: dayOf(now),
    waiting: waiting.slice(0, LONGEST),
    total: waiting.length,
    suggested,
    command: COMMAND,
  };
}

/** Since when the first of the reasons holds, so far as the case itself says. */
function sinceOf({
  review,
  reasons,
  raised,
  now,
}: {
  review: Review | null;
  reasons: readonly Attention[];
  /** Since when the oldest concern waits. */
  raised: Day | undefined;
  now: Instant;
}): Day {
  const days = reasons.flatMap((reason) => {
    if (reason === 'concern') return raised ?? [];
    return review === null ? [] : sinceOfReason(review, reason);
  });
  return days.reduce((first, day) => (day < first ? day : first), dayOf(now));
}

/** Since when a reason holds, so far as the review itself says. */
export function sinceOfReason(review: Review, reason: Attention): Day {
  const { turn, policy, requests, since } = review;
  switch (reason) {
    case 'request':
      return dayOf(requests[0]?.at ?? since);
    case 'silence':
      return turn === null || turn.deadline === null ? dayOf(since) : dayOf(endOfDayAnywhere(turn.deadline));
    case 'reviewer_late':
      return dayOf(later(startOfDay(dayOf(since)), policy.levelDays * DAY));
    case 'no_contact':
    case 'undeliverable':
    case 'bounced':
    case 'unknown_handover':
    case 'mail_mode':
      return dayOf(turn?.askedAt ?? since);
    default:
      return dayOf(since);
  }
}
