import { remaining, resumedDeadline, turnEntries } from '../../../domain/agenda.js';
import { missing, type Answers } from '../../../domain/answers.js';
import { NEWEST } from '../../../domain/standards.js';
import { addDays, DAY, later, latest, type Day, type Instant } from '../../../domain/calendar.js';
import type { Review, Turn } from '../../../domain/case.js';
import { weigh, type Finding } from '../../../domain/verdict.js';
import { isReachable, whoWasAsked } from './reachable.js';
import { fieldOf, type Story, type StoryLine } from './case-story.js';

/** A reminder that the policy asks for in a turn, by the entry that asks for it. */
export interface DueReminder {
  readonly turn: number;
  readonly entry: string;
  readonly of: Turn['of'];
}

/** Answers that were accepted in a turn. */
export interface TakenAnswers {
  readonly turn: number;
  readonly row: number;
  readonly receivedAt: Instant;
}

/** The owner's turns of a review, worked out from its ledger and rows without the machine's own agenda. */
export interface Turns {
  readonly count: number;
  /** Turns in which there was somebody to ask when a step was taken: their first emails are due. */
  readonly asked: ReadonlySet<number>;
  readonly reminders: readonly DueReminder[];
  readonly answers: readonly TakenAnswers[];
}

/** An instant at which a row came, or at which the machine acted by itself (`row` is false). */
export interface Moment {
  readonly at: Instant;
  readonly row: boolean;
  readonly story: Story;
}

/**
 * Up to when whatever had fallen due was surely acted on at a moment: a step takes rows before entries, so that a row
 * may overtake what fell due shortly before, or while the engine was down.
 */
export type ActedUpTo = (moment: Moment) => Instant;

/** Where nothing was struck down: fast time makes seconds of lateness days. */
export const actedSoon: ActedUpTo = ({ at, row }) => (row ? later(at, -3 * DAY) : at);

interface Walk {
  readonly story: Story;
  readonly reminders: DueReminder[];
  readonly answers: TakenAnswers[];
  readonly asked: Set<number>;
  turn: Turn;
  active: boolean;
  /** The turn that a verdict leads to while it can be undone; null: none does. */
  held: Pick<Turn, 'of' | 'days'> | null;
  armed: { readonly entry: string; readonly due: Instant }[];
  requests: readonly string[];
}

/** Follows a review through its ledger up to an instant. */
export function turnsOf(story: Story, now: Instant, actedUpTo = actedSoon): Turns {
  const walk: Walk = {
    story,
    reminders: [],
    answers: [],
    asked: new Set(),
    turn: newTurn({ number: 0, of: 'owner', days: 0 }),
    active: false,
    held: null,
    armed: [],
    requests: [],
  };
  for (const line of story.lines) {
    const at = line.at.toISOString();
    const rowAt = line.row?.at.toISOString();
    // Whoever worked on a draft since is not told that it ends: the last reminder makes way for a later deadline.
    if (line.what === 'draft_kept') walk.armed = walk.armed.filter(({ entry }) => entry !== line.entry);
    fire(walk, earlier(at, actedUpTo({ at: rowAt ?? at, row: rowAt !== undefined, story })));
    follow(walk, line, at);
    if (walk.active && isReachable(story, line.at)) walk.asked.add(walk.turn.number);
  }
  fire(walk, actedUpTo({ at: now, row: true, story }));
  const { reminders, answers, asked } = walk;
  return { count: walk.turn.number, reminders, answers, asked };
}

/** What was due by `surely` had to be sent; what fell due since may yet be overtaken by the row that came. */
function fire(walk: Walk, surely: Instant): void {
  for (const { entry, due } of walk.armed) {
    if (due <= surely) walk.reminders.push({ turn: walk.turn.number, entry, of: walk.turn.of });
  }
  walk.armed = walk.armed.filter(({ due }) => due > surely);
}

function follow(walk: Walk, line: StoryLine, at: Instant): void {
  if (walk.held !== null && line.entry?.startsWith('commit:') === true) return pass(walk, walk.held);
  const { policy } = walk.story.review;
  const days = { owner: policy.ownerDays, clarification: policy.clarificationDays, notice: policy.noticeDays };
  switch (line.what) {
    case 'opened':
      return pass(walk, { of: walk.story.kind === 'nomination' ? 'draft' : 'owner', days: days.owner });
    case 'reopened':
      walk.requests = [];
      return pass(walk, { of: 'owner', days: policy.reopenedDays });
    case 'contact_changed':
      if (walk.active && fieldOf(line.row?.body, 'primaryChanged') === true) {
        walk.requests = walk.requests.filter((request) => request !== 'not_me');
        pass(walk, walk.turn);
      }
      return;
    case 'previous_submitted':
      return isComplete(walk.story, line) ? stop(walk) : pass(walk, { of: 'clarification', days: days.clarification });
    case 'verdict':
      return verdict(walk, line);
    case 'undone':
      walk.held = null;
      return;
    case 'answered':
      walk.answers.push({
        turn: walk.turn.number,
        row: line.row?.id ?? 0,
        receivedAt: line.row?.at.toISOString() ?? at,
      });
      walk.requests = walk.requests.filter((request) => request !== 'more_time' && request !== 'answered_elsewhere');
      return stop(walk);
    case 'notice_over':
      return stop(walk);
    case 'ended':
      walk.requests = [];
      return stop(walk);
    default:
      return clock(walk, line, at);
  }
}

/** A verdict asks the owner again, gives notice, or is followed by other reviewers or a decision; when its hold is over. */
function verdict(walk: Walk, line: StoryLine): void {
  const finding = findingOf(walk.story, line);
  const { holdMinutes, noticeDays } = walk.story.review.policy;
  stop(walk);
  if (finding === 'clarify') walk.held = { of: 'clarification', days: daysGiven(walk, line) };
  if (finding === 'notice') walk.held = { of: 'notice', days: noticeDays };
  if (walk.held !== null && holdMinutes === 0) pass(walk, walk.held);
}

/** What moves the clock of the present turn. */
function clock(walk: Walk, { what, detail, row }: StoryLine, at: Instant): void {
  if (what === 'turn_began') {
    amend(walk, { begunAt: at, deadline: dayOr(detail, walk.turn.deadline) });
    if (walk.requests.length === 0) arm(walk, at);
    else amend(walk, { stoppedWith: remaining({ turn: walk.turn, now: at }) });
  }
  if (what === 'extended' || what === 'draft_kept') {
    amend(walk, { deadline: dayOr(detail, walk.turn.deadline) });
    if (walk.turn.stoppedWith === null) arm(walk, at);
  }
  if (what === 'requested') {
    walk.requests = [...walk.requests, String(fieldOf(detail, 'request'))];
    if (!walk.active || walk.turn.stoppedWith !== null) return;
    amend(walk, { stoppedWith: remaining({ turn: walk.turn, now: at }) });
    walk.armed = [];
  }
  if (what === 'request_answered') answer(walk, { detail, row }, at);
}

/** The turn begins anew if whoever it asked has left; with any other answer the clock runs on. */
function answer(walk: Walk, line: Pick<StoryLine, 'detail' | 'row'>, at: Instant): void {
  const leaves = fieldOf(line.detail, 'request') === 'not_me' && fieldOf(line.detail, 'answer') === 'granted';
  if (!leaves || !walk.active || whoLeaves(walk.story, at) !== whoWasAsked(walk.story, new Date(at))) {
    resume(walk, line, at);
    return;
  }
  walk.requests = walk.requests.filter((one) => one !== 'not_me');
  pass(walk, walk.turn);
}

/** Who had said "not me" by an instant. */
function whoLeaves({ rows }: Story, at: Instant): number | null {
  const asked = rows.findLast(
    (row) => row.kind === 'request' && fieldOf(row.body, 'request') === 'not_me' && row.at.toISOString() <= at,
  );
  return asked === undefined ? null : Number(asked.actor);
}

function resume(walk: Walk, { detail, row }: Pick<StoryLine, 'detail' | 'row'>, at: Instant): void {
  const request = String(fieldOf(detail, 'request'));
  walk.requests = walk.requests.filter((one) => one !== request);
  const { turn } = walk;
  if (walk.requests.length > 0 || !walk.active || turn.deadline === null) return;
  const resumed = resumedDeadline({ turn, policy: walk.story.review.policy, now: at }) ?? turn.deadline;
  const more = request === 'more_time' && fieldOf(detail, 'answer') === 'granted';
  const given = fieldOf(row?.body, 'days');
  const granted = more ? addDays(turn.deadline, typeof given === 'number' ? given : 14) : resumed;
  amend(walk, { deadline: latest(resumed, granted), stoppedWith: null });
  arm(walk, at);
}

/** Sets the reminders of the turn as it now stands. */
function arm(walk: Walk, now: Instant): void {
  const entries = turnEntries({ review: walk.story.review, turn: walk.turn, now });
  walk.armed = entries.flatMap(({ what, id, due }) => (what === 'reminder' ? [{ entry: id, due }] : []));
}

function pass(walk: Walk, { of, days }: Pick<Turn, 'of' | 'days'>): void {
  walk.held = null;
  walk.turn = newTurn({ number: walk.turn.number + 1, of, days });
  walk.active = true;
  walk.armed = [];
}

function stop(walk: Walk): void {
  walk.active = false;
  walk.armed = [];
}

function amend(walk: Walk, some: Partial<Turn>): void {
  walk.turn = { ...walk.turn, ...some };
}

function newTurn({ number, of, days }: Pick<Turn, 'number' | 'of' | 'days'>): Turn {
  const begun = { begunAt: null, deadline: null, stoppedWith: null };
  return { number, of, days, by: 'start', askedAt: '', silent: false, trouble: null, ...begun };
}

/** Whether last year's answers, sent by the machine, left nothing open. */
function isComplete(story: Story, { detail }: StoryLine): boolean {
  const answers = story.answers.get(Number(fieldOf(detail, 'version'))) ?? {};
  // Parsed by domain/questionnaire.ts before they were written.
  return missing({ standard: NEWEST, scope: 'all', answers: answers as Answers }).length === 0;
}

function findingOf({ review, verdicts }: Story, { at }: StoryLine): Finding | null {
  // What was undone before counts for nothing.
  const counting = verdicts.filter((verdict) => verdict.undoneAt === null || verdict.undoneAt >= at);
  const index = counting.findIndex((verdict) => verdict.at.getTime() === at.getTime());
  const given = counting.map(({ level, round, by, answersVersion, sections }) => ({
    // Written by steps from the domain's own types.
    ...({ level, sections } as unknown as Pick<Review['verdicts'][number], 'level' | 'sections'>),
    ...{ round, by, answersVersion },
  }));
  const weighed = given[index];
  if (weighed === undefined) return null;
  const { rule, levels } = review.policy;
  const earlier = given.slice(0, index);
  const last = levels.at(-1);
  // Whatever failed at the level that decides, its owner was told of before.
  const noticed = earlier
    .filter(({ level }) => rule === 'l1_only' || level === last)
    .flatMap(({ sections }) => sections.filter((one) => one.verdict === 'does_not_meet'))
    .map(({ section }) => section);
  return weigh({ policy: review.policy, ...weighed, earlier, noticed });
}

function daysGiven({ story }: Walk, { row }: StoryLine): number {
  const { clarificationDays, clarificationLimit: limit } = story.review.policy;
  const given = fieldOf(row?.body, 'days');
  return Math.min(limit.most, Math.max(limit.least, typeof given === 'number' ? given : clarificationDays));
}

function dayOr(detail: unknown, known: Day | null): Day | null {
  const deadline = fieldOf(detail, 'deadline') ?? fieldOf(detail, 'until');
  return typeof deadline === 'string' ? deadline : known;
}

function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}
