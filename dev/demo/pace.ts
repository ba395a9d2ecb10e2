import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from './types.js';
import { chance } from './world.js';

/** Fast time for people who act: `stop` wakes everybody who sleeps. */
export function createPace({ dayMs, seed }: { dayMs: number; seed: number }): Pace & { stop: () => void } {
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
    stopping: stopping.signal,
    stop: () => stopping.abort(),
  };
}
