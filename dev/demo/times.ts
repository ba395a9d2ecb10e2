import type { Fetch } from './form-client.js';

/** How long something took lately, in real milliseconds. */
export interface Times {
  readonly note: (took: number) => void;
  /** The median of the last ones; null: there were too few. */
  readonly median: () => number | null;
}

/** So many of the last ones tell; so many are too few to. */
const LAST = 40;
const ENOUGH = 20;

/** Nothing has been noted yet. */
export function createTimes(): Times {
  const times: number[] = [];
  return {
    note: (took) => {
      times.push(took);
      if (times.length > LAST) times.shift();
    },
    median: () =>
      times.length < ENOUGH
        ? null
        : ([...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? null),
  };
}

/** Notes what pages take that are only looked at: those that press something wait for what becomes of it. */
export function timePages({ note }: Times, send: Fetch = fetch): Fetch {
  return async (url, init) => {
    const began = performance.now();
    const response = await send(url, init);
    if ((init.method ?? 'GET') === 'GET' && response.ok) note(performance.now() - began);
    return response;
  };
}
