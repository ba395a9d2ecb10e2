import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from './types.js';
import { chance } from './world.js';

/** A pace that can be slowed down, and ended. */
export type RunningPace = Pace & { readonly slowTo: (dayMs: number) => void; readonly stop: () => void };

/** Whoever sleeps for long looks every so many days whether days have become longer. */
const LOOKS_EVERY = 2;

/** Fast time for people who act: `stop` wakes everybody who sleeps. */
export function createPace(plan: {
  readonly dayMs: number;
  readonly seed: number;
  /** Once by default: where no faults are played, a database that is away is one. */
  readonly patiently?: Pace['patiently'];
}): RunningPace {
  const { seed, patiently = (work) => work() } = plan;
  let { dayMs } = plan;
  const stopping = new AbortController();
  // Everybody who sleeps listens: hundreds of people do.
  setMaxListeners(0, stopping.signal);
  return {
    get dayMs() {
      return dayMs;
    },
    days: async (count) => {
      for (let left = count; left > 0 && !stopping.signal.aborted; left -= LOOKS_EVERY) {
        const slice = Math.min(left, LOOKS_EVERY) * dayMs;
        // Woken early by the end of everything, which each caller looks for by itself.
        await sleep(slice, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    },
    random: (what) => chance(seed, what),
    patiently,
    stopping: stopping.signal,
    slowTo: (longer) => (dayMs = Math.max(dayMs, longer)),
    stop: () => stopping.abort(),
  };
}
