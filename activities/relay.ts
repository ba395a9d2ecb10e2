import type { StepResult } from '../domain/step-result.js';
import type { Nudge } from '../workflows/contract.js';
import { createBell } from './bell.js';
import type { Loop } from './post.js';
import type { StepCall } from './steps.js';
import { within } from './within.js';

/** A case for which rows wait that have no outcome. */
export interface WaitingCase {
  readonly caseId: string;
  readonly oldest: number;
  readonly newest: number;
  /** Of the oldest row: it names the step that operators see. */
  readonly kind: string;
  /** A person waits, not only a campaign or an import. */
  readonly person: boolean;
}

/** What the relay asks of the records. */
export interface RelayRecords {
  /** Cases with rows without outcome that are not set aside. */
  waiting(): Promise<readonly WaitingCase[]>;
  /** Hears of every row appended and every case created; resolves with what ends it. `broken` hears of a lost connection. */
  listen(hear: { onNews: () => void; broken: (error: Error) => void }): Promise<() => Promise<void>>;
  /** Cases whose earliest entry was due ten minutes ago and more. */
  overdue(): Promise<readonly string[]>;
  /** Deletes what is kept for some days only and belongs to no case. */
  tidy(): Promise<void>;
  /** All cases that have not ended. */
  living(): Promise<readonly string[]>;
  /** The state of a case as it now is, writing nothing; null: there is no such case. */
  look(caseId: string): Promise<StepResult | null>;
  step(call: StepCall): Promise<StepResult>;
}

/** What the relay asks of Temporal. */
export interface Cases {
  /** Signals a case's workflow; false if Temporal knows none that is running. */
  nudge(caseId: string, call: Nudge): Promise<boolean>;
  /** Starts a case's workflow from a recorded state, unless it runs. */
  start(caseId: string, state: StepResult): Promise<void>;
  /** Ids of the cases whose workflow runs, so far as Temporal's lists know; they lag. */
  running(): Promise<ReadonlySet<string>>;
}

export interface RelayPorts {
  readonly records: RelayRecords;
  readonly cases: Cases;
  /** Real time in milliseconds; pauses of the relay are real time. */
  readonly now: () => number;
  /** A word for operators. */
  readonly wordOf: (error: unknown) => string;
  /** Logs, without anything personal, what could not be done: once, until it can be done or fails otherwise. */
  readonly failed: (caseId: string | null, error: unknown) => void;
}

/** What was said to a case, until its rows are taken. */
interface Said {
  /** Its newest row then. */
  readonly upTo: number;
  readonly accepted: boolean;
  readonly again: number;
  readonly pause: number;
}

/** What could not be done for a case, until it can. */
interface Failing {
  readonly word: string;
  /** Real time of the next try to start it, and how long the pause before that is. */
  readonly again: number;
  readonly pause: number;
}

/** What operators read in the heartbeat of `inbox`. */
export interface InboxDetails {
  readonly casesWaiting: number;
  readonly peopleWaiting: number;
  readonly nudged: number;
  readonly started: number;
  readonly lastProblem: string | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** One stuck call holds nobody up for longer. */
const CALL_LIMIT = 5 * SECOND;
const AT_ONCE = 8;
/**
 * So many nudges that nobody waits for, such as a campaign's wakes, are under way at a time: what a person does in the
 * meantime waits behind so many steps, and not behind the whole wave. Nothing in a wave is in a hurry.
 */
const WAKES_AT_ONCE = 4;
/** And so many while a person waits for a step. */
const WAKES_BESIDE_PEOPLE = 1;
/** What is not taken by then makes room for others: it stops nobody. */
const UNDER_WAY = 10 * SECOND;
/** When to go on where wakes were held back, or workflows are still to be started. */
const MORE_AFTER = 100;
/** So many workflows are started before people are looked after again. */
const STARTS_AT_ONCE = 25;
/** Looking for cases without a workflow takes at most one part in so many of the time. */
const LOOK_PART = 20;

/**
 * The relay: tells each case's workflow that there is something for it. People come before wakes, of which a few are
 * under way at a time; a case gets one nudge at a time, again after 5 s if Temporal did not accept it, and after a
 * minute, doubling to an hour, if it did and the row still waits. A case that Temporal does not know is started from the
 * record if it should live; else the relay runs the same step itself. Once an hour it nudges what is overdue, and looks
 * for cases without a workflow.
 */
export function createRelay(ports: RelayPorts): Loop {
  return async ({ signal, heartbeat }) => {
    const relay: Relay = {
      ...ports,
      said: new Map(),
      known: new Set(),
      failing: new Map(),
      counts: { nudged: 0, started: 0, lastProblem: null },
    };
    const bell = createBell(signal);
    const stop = await ports.records.listen({ onNews: bell.ring, broken: bell.break });
    let nextRound = 0;
    let nextLook = 0;
    try {
      while (!signal.aborted) {
        // First of all after a start too: people wait for as long as nobody relayed.
        const waiting = await ports.records.waiting();
        const held = await tellAll(relay, waiting);
        if (ports.now() >= nextRound) {
          const went = await attempt(relay, null, () => goRound(relay));
          nextRound = ports.now() + (went ? HOUR : MINUTE);
        }
        if (ports.now() >= nextLook) nextLook = await startMissing(relay);
        heartbeat(detailsOf(relay, waiting));
        const more = held || nextLook <= ports.now();
        await bell.heard(more ? Math.min(nextTry(relay), MORE_AFTER) : nextTry(relay));
      }
    } finally {
      await stop();
    }
  };
}

interface Relay extends RelayPorts {
  readonly said: Map<string, Said>;
  /** Cases whose workflow ran when it was last heard of. */
  readonly known: Set<string>;
  /** By case; null: the relay's own round. */
  readonly failing: Map<string | null, Failing>;
  readonly counts: { nudged: number; started: number; lastProblem: string | null };
}

function detailsOf({ counts }: Relay, waiting: readonly WaitingCase[]): InboxDetails {
  const people = waiting.filter(({ person }) => person).length;
  return { casesWaiting: waiting.length, peopleWaiting: people, ...counts };
}

/** Nudges what is overdue by its own timer's neglect, learns again which workflows run, and tidies up. */
async function goRound(relay: Relay): Promise<void> {
  const running = await relay.cases.running();
  relay.known.clear();
  for (const caseId of running) relay.known.add(caseId);
  await each(await relay.records.overdue(), (caseId) =>
    attempt(relay, caseId, () => tell(relay, caseId, { id: 0, kind: 'overdue' })),
  );
  await relay.records.tidy();
}

/**
 * A case that should live and has no workflow gets one; one that could not be started waits longer each time, up to a
 * minute. Returns when to look again: at once if more are missing than are started at a time.
 */
async function startMissing(relay: Relay): Promise<number> {
  const now = relay.now();
  const isTimeFor = (caseId: string) => !relay.known.has(caseId) && (relay.failing.get(caseId)?.again ?? 0) <= now;
  const missing = (await relay.records.living()).filter(isTimeFor);
  const took = relay.now() - now;
  await each(missing.slice(0, STARTS_AT_ONCE), (caseId) =>
    attempt(relay, caseId, () => startFromRecord(relay, caseId)),
  );
  return missing.length > STARTS_AT_ONCE ? relay.now() : relay.now() + Math.max(SECOND, LOOK_PART * took);
}

/** Starts a case as the record has it. False if it is over, or no case at all. */
async function startFromRecord(relay: Relay, caseId: string): Promise<boolean> {
  const state = await relay.records.look(caseId);
  if (state === null || state.ended) return false;
  await relay.cases.start(caseId, state);
  relay.known.add(caseId);
  relay.counts.started += 1;
  return true;
}

/** Tells every case for which it is time, people first. Whether wakes were held back. */
async function tellAll(relay: Relay, waiting: readonly WaitingCase[]): Promise<boolean> {
  const ids = new Set(waiting.map(({ caseId }) => caseId));
  for (const caseId of relay.said.keys()) if (!ids.has(caseId)) relay.said.delete(caseId);
  const due = waiting.filter((one) => isTime(relay, one)).sort((one, other) => one.oldest - other.oldest);
  const wakes = due.filter(({ person }) => !person);
  const underWay = waiting.filter((one) => isUnderWay(relay, one));
  const people = due.length > wakes.length || underWay.some(({ person }) => person);
  const most = people ? WAKES_BESIDE_PEOPLE : WAKES_AT_ONCE;
  const room = Math.max(most - underWay.filter(({ person }) => !person).length, 0);
  await each([...due.filter(({ person }) => person), ...wakes.slice(0, room)], async (one) => {
    const before = relay.said.get(one.caseId);
    const again = before !== undefined && one.oldest <= before.upTo;
    const accepted = await attempt(relay, one.caseId, () =>
      tell(relay, one.caseId, { id: one.newest, kind: one.kind }),
    );
    const pause = !accepted ? 5 * SECOND : again && before.accepted ? Math.min(before.pause * 2, HOUR) : MINUTE;
    relay.said.set(one.caseId, { upTo: one.newest, accepted, again: relay.now() + pause, pause });
  });
  return wakes.length > room;
}

/** What was said to a case a moment ago, and no step has taken yet. */
function isUnderWay({ said, now }: Relay, { caseId, oldest }: WaitingCase): boolean {
  const last = said.get(caseId);
  if (last === undefined || !last.accepted || oldest > last.upTo) return false;
  return now() - (last.again - last.pause) < UNDER_WAY;
}

/**
 * A nudge is outstanding as long as a row that it was for has no outcome: the step that takes that row sees what came
 * after it. Only then, or when its time is over, is it time for another.
 */
function isTime({ said, now }: Relay, { caseId, oldest }: WaitingCase): boolean {
  const last = said.get(caseId);
  return last === undefined || oldest > last.upTo || now() >= last.again;
}

/** Nudges a case, whoever has to do its step in the end. */
async function tell(relay: Relay, caseId: string, call: Nudge): Promise<void> {
  if (!(await relay.cases.nudge(caseId, call))) {
    relay.known.delete(caseId);
    if (await startFromRecord(relay, caseId)) await relay.cases.nudge(caseId, call);
    else await stepThroughAll(relay, caseId);
  }
  relay.counts.nudged += 1;
}

/** Takes all rows of a case that is over: nobody else does, and none of them is to wait for another nudge. */
async function stepThroughAll({ records }: Relay, caseId: string): Promise<void> {
  let state = await records.step({ caseId, armedFor: null });
  while (state.more && state.wrote) state = await records.step({ caseId, armedFor: null });
}

/**
 * Whether it worked within the limit of one call. What did not is tried again: it stops nobody else, and is logged
 * when it begins and when its reason changes.
 */
async function attempt(relay: Relay, caseId: string | null, act: () => Promise<unknown>): Promise<boolean> {
  try {
    if (!(await within(CALL_LIMIT, act()))) throw new Error('no answer in time');
    relay.failing.delete(caseId);
    return true;
  } catch (error) {
    const word = relay.wordOf(error);
    const before = relay.failing.get(caseId);
    const pause = before === undefined ? SECOND : Math.min(before.pause * 2, MINUTE);
    if (before?.word !== word) relay.failed(caseId, error);
    relay.failing.set(caseId, { word, again: relay.now() + pause, pause });
    relay.counts.lastProblem = word;
    return false;
  }
}

/** Does the same for all, a few at a time. */
async function each<One>(all: readonly One[], act: (one: One) => Promise<unknown>): Promise<void> {
  const rest = [...all];
  const work = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** How long to sleep if nothing rings. */
function nextTry({ said, now }: Relay): number {
  const next = Math.min(...[...said.values()].map(({ again }) => again - now()), 5 * SECOND);
  return Math.max(next, 10);
}
