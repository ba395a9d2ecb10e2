import { randomUUID } from 'node:crypto';
import { renderEmail, withCode, withLink, type Email } from '../mail/render.js';
import { createBell, type Bell } from './bell.js';
import { createCircuit, type Circuit } from './circuit.js';
import type {
  Claim,
  ClaimedEmail,
  DueEmail,
  Handed,
  HandedOver,
  OutboxDetails,
  OutboxProblem,
  SenderPorts,
} from './outbox.js';
import { createPace, type Pace } from './pace.js';
import { within } from './within.js';

/** How a sender is run: until the signal aborts. */
export interface SenderRun {
  readonly signal: AbortSignal;
  readonly heartbeat: (details: OutboxDetails) => void;
}

/** Hand-overs at once, each of another case. */
const AT_ONCE = 8;
/** Emails looked at together, oldest first. */
const WINDOW = 500;
/** How often to look for due emails, and the least time between two looks, in milliseconds. */
const LOOK_EVERY = 250;
const LOOK_AFTER = 50;
/** A held email, or one whose case is busy, is looked at again after so long. */
const HELD_FOR = 500;
/** One that failed for a reason of its own stops nobody: it is looked at again after so long. */
const FAILED_FOR = 60_000;
const BEAT_EVERY = 2_000;
/** An email that found the mail server away waits a little longer than the others. */
const ANOTHER_FIRST = 1_000;
const LOCK_EVERY = 1_000;
/** What is in hand-over when the sender is to end may finish within so long; then it is cut off. */
const GRACE = 2_000;
const AFTER_GRACE = 800;

/**
 * The sender: hands due emails to the mail server, each once, oldest first, under the limits and the mail mode. One
 * sender works on a database at a time. It ends cleanly when its signal aborts, and with an error when it loses its
 * lock or the database; whoever runs it starts it again. What the mail server took and the database could not hear of
 * is written by the next run in this process; if the process is gone, it is called unknown and not sent again.
 */
export function createSender(ports: SenderPorts): (run: SenderRun) => Promise<void> {
  const unwritten: HandedOver[] = [];
  return async ({ signal, heartbeat }) => {
    const sender: Sender = {
      ...ports,
      signal,
      heartbeat,
      unwritten,
      token: randomUUID(),
      bell: createBell(signal),
      pace: createPace(ports.limits),
      circuit: createCircuit(),
      cutOff: new AbortController(),
      handing: new Map(),
      pauses: new Map(),
      seen: { backlog: [], at: 0, beatAt: 0, sent: 0, lastProblem: null },
    };
    const unlock = await takeLock(sender);
    if (unlock === null) return;
    try {
      await writeUnwritten(sender);
      await sender.records.strand(sender.token);
      await meetJournal(sender);
      await sender.records.letGo(sender.rules);
      await handOverAll(sender);
    } finally {
      await finish(sender);
      await unlock();
    }
  };
}

interface Sender extends SenderPorts, SenderRun {
  readonly token: string;
  readonly bell: Bell;
  readonly pace: Pace;
  readonly circuit: Circuit;
  /** Cuts off what is in hand-over. */
  readonly cutOff: AbortController;
  /** By email, those being claimed, handed over or recorded. */
  readonly handing: Map<number, { readonly caseId: string | null; readonly done: Promise<void> }>;
  /** By email, real time before which it is not looked at. */
  readonly pauses: Map<number, number>;
  readonly unwritten: HandedOver[];
  readonly seen: {
    backlog: readonly DueEmail[];
    at: number;
    beatAt: number;
    sent: number;
    lastProblem: OutboxProblem | null;
  };
}

/** Waits until no other sender has the lock. Null: it is to end before that. */
async function takeLock(sender: Sender): Promise<(() => Promise<void>) | null> {
  while (!sender.signal.aborted) {
    const unlock = await sender.records.lock(sender.bell.break);
    if (unlock !== null) return unlock;
    sender.seen.lastProblem = 'another_sender';
    await beat(sender);
    await sender.bell.heard(LOCK_EVERY);
  }
  return null;
}

/** What the journal has and these records still want to send was sent by records that are gone: a restore. */
async function meetJournal({ journal, records }: Sender): Promise<void> {
  if (journal === null) return;
  await journal.begin();
  await records.strandHanded((digest) => journal.has(digest));
}

async function handOverAll(sender: Sender): Promise<void> {
  while (!sender.signal.aborted) {
    await writeUnwritten(sender);
    await look(sender);
    startSome(sender);
    await beat(sender);
    const idle = sender.seen.backlog.length === 0 && sender.handing.size === 0;
    await sender.bell.heard(idle ? LOOK_EVERY : LOOK_AFTER);
  }
}

/** Reads what is due, unless that was read just now. */
async function look(sender: Sender): Promise<void> {
  const { records, seen, now } = sender;
  const since = now() - seen.at;
  if (since < (seen.backlog.length === 0 && sender.handing.size > 0 ? LOOK_AFTER : LOOK_EVERY)) return;
  for (const [id, until] of sender.pauses) if (until <= now()) sender.pauses.delete(id);
  // What cannot go now takes no place of the window from what can.
  const due = await records.due({ real: now(), limit: WINDOW, except: [...sender.pauses.keys()] });
  seen.backlog = due.filter(({ id }) => !sender.handing.has(id));
  seen.at = now();
}

/** Starts as many hand-overs as may be, oldest first, each of another case. */
function startSome(sender: Sender): void {
  const { seen, handing, pace, circuit } = sender;
  const now = sender.now();
  const busy = new Set([...handing.values()].map(({ caseId }) => caseId));
  const left: DueEmail[] = [];
  for (const due of seen.backlog) {
    const free = handing.size < AT_ONCE && pace.isOpen(now) && circuit.lets(now, handing.size);
    const turn = due.caseId === null || !busy.has(due.caseId);
    if (free && turn && (sender.pauses.get(due.id) ?? 0) <= now && pace.take(due.address, now)) {
      busy.add(due.caseId);
      const done = handle(sender, due).finally(() => {
        handing.delete(due.id);
        sender.bell.ring();
      });
      handing.set(due.id, { caseId: due.caseId, done });
    } else left.push(due);
  }
  seen.backlog = left;
}

/** Claims one email, hands it over and records what became of it. Never throws. */
async function handle(sender: Sender, { id }: DueEmail): Promise<void> {
  const { records, rules, token, pauses, journal } = sender;
  try {
    const handed = (digest: string) => journal?.has(digest) ?? false;
    const claim = await records.claim({ id, token, real: sender.now(), rules, handed, render: renderEmail });
    if (claim.is === 'claimed') await handOver(sender, claim.claimed);
    else notClaimed(sender, id, claim);
  } catch (error) {
    sender.failed(id, error);
    pauses.set(id, sender.now() + FAILED_FOR);
  }
}

function notClaimed(sender: Sender, id: number, claim: Exclude<Claim, { is: 'claimed' }>): void {
  if (claim.is === 'busy' || claim.is === 'held') sender.pauses.set(id, sender.now() + HELD_FOR);
  if (claim.is === 'refused') sender.seen.lastProblem = 'address_refused';
  if (claim.is === 'handed') sender.seen.lastProblem = 'unknown';
  if (claim.is !== 'failed') return;
  sender.seen.lastProblem = 'text_failed';
  sender.failed(id, claim.error);
}

async function handOver(sender: Sender, claimed: ClaimedEmail): Promise<void> {
  const { seen, circuit } = sender;
  const handed = await attempt(sender, claimed);
  // The next to ask whether the server is back is another one: this one may be why it is not.
  const notBefore = handed.is === 'later' && handed.whole ? circuit.failed(sender.now()) + ANOTHER_FIRST : null;
  if (handed.is !== 'later') circuit.answered();
  else if (!handed.whole && handed.because === 'not_now') circuit.answered();
  if (handed.is === 'accepted') seen.sent += 1;
  else if (handed.is === 'unknown') seen.lastProblem = 'unknown';
  else if (handed.because !== 'stopped') seen.lastProblem = handed.because;
  const result = { id: claimed.id, token: sender.token, handed, real: sender.now(), notBefore };
  try {
    await sender.records.record(result);
  } catch (error) {
    seen.lastProblem = 'database_away';
    sender.failed(claimed.id, error);
    sender.unwritten.push(result);
  }
}

/** The email with the link or the code in it, which no record has. */
function wholeOf({ linkOf, codeOf }: Sender, { owner, code = null, email }: ClaimedEmail): Email {
  if (code !== null) return withCode(email, codeOf(code));
  return owner === null ? email : withLink(email, linkOf(owner));
}

async function attempt(sender: Sender, claimed: ClaimedEmail): Promise<Handed> {
  const { id, key, digest, thread, to } = claimed;
  const { journal, mailServer, cutOff } = sender;
  if (cutOff.signal.aborted) return { is: 'later', because: 'stopped', whole: false };
  const whole = wholeOf(sender, claimed);
  const outgoing = { key, digest, thread, to, email: whole };
  if (journal === null) return mailServer.handOver(outgoing, cutOff.signal);
  let noted = false;
  const beforeText = async () => {
    noted = true;
    await journal.add(digest);
  };
  const handed = await mailServer.handOver({ ...outgoing, beforeText }, cutOff.signal);
  if (!noted || handed.is === 'accepted' || handed.is === 'unknown') return handed;
  try {
    await journal.takeBack(digest);
  } catch (error) {
    // Then the file still has it: after another start of the sender it is called unknown, and staff look at it.
    sender.failed(id, error);
  }
  return handed;
}

/** Writes what could not be written when it happened. */
async function writeUnwritten({ unwritten, records }: Sender): Promise<void> {
  for (let first = unwritten[0]; first !== undefined; first = unwritten[0]) {
    await records.record(first);
    unwritten.shift();
  }
}

/** Lets what is in hand-over finish, cuts off the rest, and writes what became of it. */
async function finish(sender: Sender): Promise<void> {
  const ended = () => Promise.all([...sender.handing.values()].map(({ done }) => done));
  await within(GRACE, ended());
  sender.cutOff.abort();
  await within(AFTER_GRACE, ended());
  sender.mailServer.hangUp();
  try {
    await within(AFTER_GRACE, writeUnwritten(sender));
    await sender.journal?.end();
  } catch (error) {
    sender.failed(null, error);
  }
}

/** Tells operators how it stands. */
async function beat(sender: Sender): Promise<void> {
  const { seen, circuit, rules } = sender;
  if (sender.now() - seen.beatAt < BEAT_EVERY) return;
  seen.beatAt = sender.now();
  const counts = await sender.records.counts();
  sender.heartbeat({
    ...counts,
    mode: rules.mode,
    handing: sender.handing.size,
    sent: seen.sent,
    mailServerAway: circuit.isAway(),
    lastProblem: seen.lastProblem,
  });
}
