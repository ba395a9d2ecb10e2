import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from './types.js';
import { chance } from './world.js';

/** A pace that can be ended. */
export type RunningPace = Pace & { readonly stop: () => void };

/** Fast time for people who act: `stop` wakes everybody who sleeps. */
export function createPace(plan: {
  readonly dayMs: number;
  readonly seed: number;
  /** Once by default: where no faults are played, a database that is away is one. */
  readonly patiently?: Pace['patiently'];
}): RunningPace {
  const { dayMs, seed, patiently = (work) => work() } = plan;
  const stopping = new AbortController();
  // Everybody who sleeps listens: hundreds of people do.
  setMaxListeners(0, stopping.signal);
  return {
    dayMs,
    days: async (count) => {
      // Woken early by the end of everything, which each caller looks for by itself.
      await sleep(count * dayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    },
    random: (what) => chance(seed, what),
    patiently,
    stopping: stopping.signal,
    stop: () => stopping.abort(),
  };
}
