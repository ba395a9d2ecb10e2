import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '../../prisma/away.js';
import type { Fetch } from '../demo/form-client.js';

/** How people meet a part that is away: they try again after a moment. */
const AGAIN_AFTER_MS = 400;
/** Longer than any fault that is played: what is still away then is a fault of ours. */
const LIMIT_MS = 120_000;

/** Does work again, as long as the database is away under it. @throws the last error after two minutes, others at once. */
export async function patiently<Done>(work: () => Promise<Done>): Promise<Done> {
  return again({ work, isAway: isDatabaseAway });
}

/**
 * A browser's owner who reloads, or presses the button once more, when the page cannot be reached or says that it
 * could save nothing now (503). `pressedAgain` hears of each press after the first: the first may have counted.
 */
export function patientFetch(pressedAgain: () => void, send: Fetch = fetch): Fetch {
  return (url, init) => {
    let tries = 0;
    return again({
      work: async () => {
        tries += 1;
        if (tries > 1 && init.method === 'POST') pressedAgain();
        const response = await send(url, init);
        if (response.status !== 503) return response;
        await response.text();
        throw new Unavailable('A page said for two minutes that it can save nothing now.');
      },
      // What `fetch` throws for a connection that was refused or cut.
      isAway: (error) => error instanceof Unavailable || error instanceof TypeError,
    });
  };
}

class Unavailable extends Error {}

async function again<Done>(plan: {
  readonly work: () => Promise<Done>;
  readonly isAway: (error: unknown) => boolean;
}): Promise<Done> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await plan.work();
    } catch (error) {
      if (!plan.isAway(error) || performance.now() > end) throw error;
      await pause(AGAIN_AFTER_MS);
    }
  }
}
