import { endOfDayAnywhere, millisecondsOf, type Day, type Instant } from '../../../domain/calendar.js';
import { readStories, fieldOf, type Story } from './case-story.js';
import type { CheckParts, Looked } from './check.js';

/** A line of the ledger with the case as it was before and after it. */
interface ClockLine {
  readonly at: Date;
  /** When the owner's time began by it: the mail server may have taken the email before the case heard of it. */
  readonly began: Date;
  readonly what: string;
  readonly detail: unknown;
  /** Null: a row of somebody. */
  readonly entry: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Whose move it is, as one side of a line says. */
interface Side {
  readonly turn: number;
  readonly deadline: Day | null;
  /** The owner's time runs: it is their turn, the mail server took its first email, and no request waits for staff. */
  readonly runs: boolean;
}

/** What the machine does on account of the owner's time. */
const SPENDING: readonly string[] = ['reminder', 'silence', 'previous_submitted', 'notice_over', 'ended'];
/** What it does when that time is over. */
const OVER: readonly string[] = SPENDING.filter((what) => what !== 'reminder');
/** Ends that nobody brought about. */
const OF_SILENCE: readonly unknown[] = ['unanswered', 'abandoned'];
const OWNERS: readonly unknown[] = ['draft', 'owner', 'clarification', 'notice'];

/**
 * No owner's clock ran while the next move was ours: nothing that the machine does on account of an owner's time fell
 * into time in which reviewers, staff or the mail server had the case; whoever's time was over had had all days of it;
 * and a request that staff took their time to answer took none of the owner's. Tried: each of these.
 */
export async function lookAtOwnersClock({ database }: Pick<CheckParts, 'database'>): Promise<Looked> {
  const stories = await readStories(database);
  const lines = await database.ledgerEntry.findMany({
    where: { applicationId: { not: null } },
    orderBy: { id: 'asc' },
  });
  const looked = stories.map((story) => {
    const own = lines.filter(({ applicationId }) => applicationId === story.reference);
    // Both lists are the ledger of the review in its order.
    return clockOf(
      story,
      own.map(({ why, ...line }, index) => {
        return { ...line, entry: why.startsWith('entry:') ? why : null, began: beganBy(story, index) ?? line.at };
      }),
    );
  });
  const tried = looked.reduce((sum, one) => sum + one.tried, 0);
  return {
    tried,
    problems: looked.flatMap(({ problems }) => problems),
    found: `${tried} times an owner's clock counted; each time it was their move, and what was ours took none of it`,
  };
}

function clockOf(story: Story, lines: readonly ClockLine[]): Pick<Looked, 'tried' | 'problems'> {
  const problems: string[] = [];
  let tried = 0;
  let ran = 0;
  let turn = -1;
  let since: number | null = null;
  let left: number | null = null;
  for (const line of lines) {
    const [before, after] = [sideOf(line.before), sideOf(line.after)];
    const at = line.at.getTime();
    const where = `${story.reference}: ${line.what} on ${line.at.toISOString().slice(0, 10)}`;
    if (since !== null) ran += at - since;
    if (isSpending(line)) {
      tried += 1;
      if (!before.runs) problems.push(`${where} while the move was not the owner's`);
      else if (OVER.includes(line.what) && ran < leastTime(story, line)) {
        problems.push(`${where}, after ${Math.floor(ran / 86_400_000)} days of the owner's own time`);
      }
    }
    const stops = before.runs && !after.runs && before.turn === after.turn;
    if (stops) left = leftOf(before.deadline, at);
    if (left !== null && !before.runs && after.runs && before.turn === after.turn) {
      tried += 1;
      if ((leftOf(after.deadline, at) ?? 0) < left) problems.push(`${where}: the owner has less time than before`);
      left = null;
    }
    if (after.turn !== turn) [turn, ran, left] = [after.turn, 0, null];
    since = after.runs ? (since === null ? line.began.getTime() : at) : null;
  }
  return { tried, problems };
}

/** When whatever a line tells of really was: a row tells what had happened before. */
function beganBy({ lines }: Story, index: number): Date | null {
  const line = lines[index];
  if (line?.what !== 'turn_began' || line.row === null) return null;
  const taken = fieldOf(line.row.body, 'takenAt');
  return typeof taken === 'string' ? new Date(taken) : line.row.at;
}

/** A decision that takes effect ends a review too; that is no account of anybody's time. */
function isSpending({ entry, what, detail }: ClockLine): boolean {
  return (
    entry !== null && SPENDING.includes(what) && (what !== 'ended' || OF_SILENCE.includes(fieldOf(detail, 'result')))
  );
}

function sideOf(side: unknown): Side {
  const deadline = fieldOf(side, 'deadline');
  const theirs = OWNERS.includes(fieldOf(side, 'state'));
  return {
    turn: Number(fieldOf(side, 'turn') ?? 0),
    deadline: typeof deadline === 'string' ? deadline : null,
    runs: theirs && typeof deadline === 'string' && fieldOf(side, 'requests') === 0,
  };
}

/** The least time that the policy gives for the turn that a line ends, in milliseconds. */
function leastTime({ review: { policy, reopened } }: Story, { before }: ClockLine): number {
  const { ownerDays, reopenedDays, noticeDays, clarificationLimit } = policy;
  const days = {
    draft: ownerDays,
    owner: reopened ? Math.min(ownerDays, reopenedDays) : ownerDays,
    clarification: clarificationLimit.least,
    notice: noticeDays,
  };
  return days[fieldOf(before, 'state') as keyof typeof days] * 86_400_000;
}

function leftOf(deadline: Day | null, at: number): number | null {
  if (deadline === null) return null;
  const end: Instant = endOfDayAnywhere(deadline);
  return millisecondsOf(end) - at;
}
