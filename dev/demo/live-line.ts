import { dayOf } from '../../domain/calendar.js';
import { readClock } from '../../prisma/case-time.js';
import type { Database } from '../../prisma/database.js';
import { readFollowed, type Followed } from './followed.js';

/** What the columns of a line are; said before the first one. */
export const LIVE_LEGEND = `Each second a line says, of the reviews that it is about:
  opened          how many are or were open, of all
  answered        how many an owner has answered
  mail to staff   whose turn it is in the open ones: nobody's yet, for the email
                  is not out (mail), the owner's, the owner's once more to
                  clarify (again), reviewers' of the first and the second level
                  (L1, L2), of an expert whom they asked (exp), of whoever hears
                  an appeal (app), the secretariat's (staff)
  emails          how many the mail server took
  ended           how many are over, decided or closed`;

/** Whose turn it can be, in the order of the procedure. */
const TURNS = [
  { turn: 'mail', head: 'mail', width: 5 },
  { turn: 'owner', head: 'owner', width: 6 },
  { turn: 'clarification', head: 'again', width: 6 },
  { turn: 'l1', head: 'L1', width: 4 },
  { turn: 'l2', head: 'L2', width: 4 },
  { turn: 'expert', head: 'exp', width: 4 },
  { turn: 'appeal', head: 'app', width: 4 },
  { turn: 'secretariat', head: 'staff', width: 6 },
];

/** What stands above the columns. */
export const LIVE_HEAD = lineOf({
  ...{ date: 'date', opened: 'opened', answered: 'answered', emails: 'emails', ended: 'ended' },
  turns: TURNS.map(({ head }) => head),
});

/**
 * How a campaign stands, or all nominations if there is none, in one line under LIVE_HEAD, at most 80 wide: the day is
 * one of case time.
 */
export async function liveLine(database: Database, campaign: string | null): Promise<string> {
  const { now, members, sent } = await database.$transaction(async (transaction) => ({
    ...(await readClock(transaction)),
    members: await readFollowed(transaction, campaign),
    sent: await transaction.email.count({ where: { state: 'sent' } }),
  }));
  const opened = members.filter(({ reference }) => reference !== null);
  const turns = opened.map(turnOf);
  return lineOf({
    date: dayOf(now),
    opened: `${opened.length}/${members.length}`,
    answered: members.filter((one) => one.answered).length,
    turns: TURNS.map(({ turn }) => turns.filter((word) => word === turn).length),
    emails: sent,
    ended: opened.filter(({ open }) => !open).length,
  });
}

function turnOf({ waitingOn, state }: Followed): string | null {
  return waitingOn === 'owner' && state === 'clarification' ? 'clarification' : waitingOn;
}

type Cell = string | number;

function lineOf(cells: {
  readonly date: string;
  readonly opened: Cell;
  readonly answered: Cell;
  readonly turns: readonly Cell[];
  readonly emails: Cell;
  readonly ended: Cell;
}): string {
  const { date, opened, answered, turns, emails, ended } = cells;
  const right = (cell: Cell | undefined, width: number) => String(cell).padStart(width);
  return [
    `${date.padEnd(10)}${right(opened, 8)}${right(answered, 9)}`,
    ...turns.map((turn, at) => right(turn, TURNS[at]?.width ?? 0)),
    `${right(emails, 7)}${right(ended, 6)}`,
  ].join('');
}
