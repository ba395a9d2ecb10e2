import { dayOf, HOUR, later, type Instant } from '../domain/calendar.js';
import type { Database } from './database.js';
import { readCases, type CaseLine } from './read-cases.js';

/** What staff want to know of an installation. References, slugs, words and counts; nothing personal. */
export interface StatusReport {
  readonly now: Instant;
  readonly open: number;
  /** A human must look, or it is the secretariat's turn; the next due first. */
  readonly needHuman: readonly CaseLine[];
  /** Listed products whose date is past or unknown and that no review asks. */
  readonly overdue: readonly string[];
  /** Cases with something due that nothing acted on for ten minutes of case time: the engine is away or behind. */
  readonly behind: readonly CaseLine[];
  /** Emails of which nobody knows whether the mail server took them. */
  readonly unknown: readonly {
    readonly email: number;
    readonly reference: string | null;
    readonly kind: string;
    readonly at: Instant;
  }[];
  /** Emails that are due and wait; of them, kept by the mail mode. */
  readonly emailsWaiting: number;
  readonly keptByMode: number;
  /** Rows without outcome; of them, set aside as stuck. */
  readonly rowsWaiting: number;
  readonly rowsAside: number;
  readonly oldestRow: Instant | null;
}

/** An entry on which nothing acted for so long, ten minutes of case time, is behind. */
const BEHIND = HOUR / 6;

/** Reads what needs a human, what is overdue and what waits. */
export async function readStatus(database: Database): Promise<StatusReport> {
  const { now, lines } = await readCases(database);
  const today = dayOf(now);
  const waits = { state: { in: ['queued', 'deferred'] }, dueAt: { lte: new Date(now) } };
  const [unknown, emailsWaiting, keptByMode, rows] = await Promise.all([
    database.email.findMany({ where: { state: 'unknown' }, orderBy: { id: 'asc' } }),
    database.email.count({ where: waits }),
    database.email.count({ where: { ...waits, reason: 'mail_mode' } }),
    database.submission.findMany({
      where: { outcome: null },
      orderBy: { id: 'asc' },
      select: { at: true, aside: true },
    }),
  ]);
  const isOverdue = ({ removedOn, validUntil, open, kind }: CaseLine) =>
    removedOn === null && (validUntil === null || validUntil < today) && !(open && kind === 'annual_review');
  return {
    now,
    open: lines.filter(({ open }) => open).length,
    needHuman: lines.filter(({ attention, waitingOn }) => attention.length > 0 || waitingOn === 'secretariat'),
    overdue: lines.filter(isOverdue).map(({ slug }) => slug),
    behind: lines.filter(({ next }) => next !== null && next.due < later(now, -BEHIND)),
    unknown: unknown.map(({ id, applicationId, kind, stateAt }) => {
      return { email: id, reference: applicationId, kind, at: stateAt.toISOString() };
    }),
    emailsWaiting,
    keptByMode,
    rowsWaiting: rows.length,
    rowsAside: rows.filter(({ aside }) => aside).length,
    oldestRow: rows[0]?.at.toISOString() ?? null,
  };
}
