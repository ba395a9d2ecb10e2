import { Context } from '@temporalio/activity';

/** A loop that runs until it is told to end, saying now and then how it stands. */
export type Loop = (run: { signal: AbortSignal; heartbeat: (details: object) => void }) => Promise<void>;

/** What the activities that never end are made of. */
export interface PostPorts {
  /** The sender: see sender.ts. */
  readonly sender: Loop;
  /** The relay: see relay.ts. */
  readonly relay: Loop;
  /** What looks at links: see links.ts. */
  readonly links: Loop;
  /** Aborted when this worker is to end: the loops then end cleanly, and start again on another worker or later. */
  readonly stopping: AbortSignal;
}

export interface PostActivities {
  handOverEmails: () => Promise<void>;
  nudgeCases: () => Promise<void>;
  checkLinks: () => Promise<void>;
}

/** A loop ends by itself after so long, well before its activity's limit, and its workflow calls it anew. */
const LONGEST_MS = 20 * 60 * 60 * 1000;
/** A third of the limit of a beat, which is 6 s (workflows/policies.ts): one may be late on a busy machine. */
export const BEAT_MS = 2_000;

/** Makes the activities of `outbox`, `inbox` and `links`. */
export function createPostActivities({ sender, relay, links, stopping }: PostPorts): PostActivities {
  return {
    handOverEmails: () => keepRunning(sender, stopping),
    nudgeCases: () => keepRunning(relay, stopping),
    checkLinks: () => keepRunning(links, stopping),
  };
}

/** Runs a loop as an activity: beats for it while it is busy, ends it with its worker or its workflow. */
async function keepRunning(loop: Loop, stopping: AbortSignal): Promise<void> {
  const context = Context.current();
  let details: object = {};
  const beat = setInterval(() => context.heartbeat(details), BEAT_MS);
  const signal = AbortSignal.any([stopping, context.cancellationSignal, AbortSignal.timeout(LONGEST_MS)]);
  try {
    await loop({
      signal,
      heartbeat: (now) => {
        details = now;
        context.heartbeat(now);
      },
    });
  } finally {
    clearInterval(beat);
  }
  // Whoever takes over starts at once: this worker is going away, and its activity must not count as done.
  if (stopping.aborted) throw new Error('This worker is ending; another one goes on.');
  context.cancellationSignal.throwIfAborted();
}
