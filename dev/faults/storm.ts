import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../demo/world.js';

/** Something that goes wrong on purpose. */
export interface Fault {
  readonly kind: string;
  /**
   * Lets it happen and resolves when it is over. False: there was nothing to strike at this moment.
   * `random` gives a number from 0 up to 1 by the seed, for what is named.
   */
  readonly strike: (random: (what: string) => number) => Promise<boolean>;
}

/** Faults that happen one after the other; those of other lanes happen beside them. */
export interface Lane {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** Mean pause between two faults, in real milliseconds; as long as the last fault took at least: people get to work. */
  readonly pauseMs: number;
}

/** Faults that strike until it is stopped. */
export interface Storm {
  /** How many of each kind have struck. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** Ends it: resolves when what struck last is over. Rejects with what a fault could not do: that is ours to mend. */
  readonly stop: () => Promise<void>;
}

/** Lets faults strike at random moments: their order is the seed's, their moments depend on the machine too. */
export function startStorm(plan: { readonly lanes: readonly Lane[]; readonly seed: number }): Storm {
  const stopping = new AbortController();
  const counts = new Map(plan.lanes.flatMap(({ faults }) => faults.map(({ kind }) => [kind, 0])));
  const all = Promise.all(plan.lanes.map((lane) => run({ lane, counts, seed: plan.seed, stopping: stopping.signal })));
  // Told by `stop`, whenever that is.
  all.catch(() => undefined);
  return {
    counts: () => Object.fromEntries(counts),
    stop: async () => {
      stopping.abort();
      await all;
    },
  };
}

async function run(plan: {
  readonly lane: Lane;
  readonly counts: Map<string, number>;
  readonly seed: number;
  readonly stopping: AbortSignal;
}): Promise<void> {
  const { lane, counts, seed, stopping } = plan;
  let lasted = 0;
  for (let turn = 0; !stopping.aborted; turn += 1) {
    const random = (what: string) => chance(seed, `${lane.name} ${turn} ${what}`);
    const quiet = Math.max(lane.pauseMs * (0.5 + random('pause')), lasted);
    await pause(quiet, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    const fault = faultOf(lane, turn, seed);
    const began = performance.now();
    if (fault !== undefined && (await fault.strike(random))) counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
    lasted = performance.now() - began;
  }
}

/** Each kind once in every round, in another order each: a short storm has all of them too. */
function faultOf({ name, faults }: Lane, turn: number, seed: number): Fault | undefined {
  const round = Math.floor(turn / faults.length);
  const place = new Map(faults.map(({ kind }) => [kind, chance(seed, `${name} ${round} ${kind}`)]));
  const inOrder = [...faults].sort((one, other) => (place.get(one.kind) ?? 0) - (place.get(other.kind) ?? 0));
  return inOrder[turn % faults.length];
}
