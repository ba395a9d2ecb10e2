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

/** A day has time for so many pages one after the other, or so many outcomes; else it becomes longer, by so much at least. */
const PAGES_A_DAY = 5;
const OUTCOMES_A_DAY = 2;
const SLOWER_BY = 1.25;
/** So many looks in a row have found it so: a program that warms up, or one that starts again, is not a busy machine. */
const LOOKS = 10;
/** No day becomes longer than so many times what it was. */
const SLOWEST = 6;

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

/**
 * Watches how busy the machine is, by what people wait for. Each look tells how long a day has to be that was `dayMs` at
 * first, in real milliseconds; null: as long as it is now.
 */
export function watchMachine({
  pages,
  outcomes,
  dayMs,
}: {
  readonly pages: Pick<Times, 'median'>;
  readonly outcomes: Pick<Times, 'median'>;
  readonly dayMs: number;
}): (now: number) => number | null {
  let lately: readonly number[] = [];
  return (now) => {
    const asked = Math.max((pages.median() ?? 0) * PAGES_A_DAY, (outcomes.median() ?? 0) * OUTCOMES_A_DAY);
    lately = [asked, ...lately].slice(0, LOOKS);
    const needed = lately.length < LOOKS ? 0 : Math.min(...lately, dayMs * SLOWEST);
    return needed > SLOWER_BY * now ? needed : null;
  };
}
