import type { LinkFound } from '../domain/link-check.js';
import { createBell } from './bell.js';
import { throughPool } from './link-pool.js';
import type { Loop } from './post.js';

/** What looking at links asks of the records. */
export interface LinkRecords {
  /**
   * Links of answers that are to be looked at, those of open reviews first, at most so many of listed products alone.
   * Forgets what was found at links that no answer names any more. In real milliseconds.
   */
  due(ask: { readonly real: number; readonly mostOfListed: number }): Promise<readonly string[]>;
  /** Writes what a look found. Safe to run twice. */
  record(looked: { readonly address: string; readonly found: LinkFound; readonly real: number }): Promise<void>;
}

export interface LinkPorts {
  readonly records: LinkRecords;
  /** Looks at a link. Throws only when the signal aborts. */
  readonly look: (address: string, signal: AbortSignal) => Promise<LinkFound>;
  /** Real time in milliseconds. */
  readonly now: () => number;
}

/** Looks at once, each at another host. */
export const LOOKS_AT_ONCE = 8;
/** How often to see what is due, in milliseconds. */
const LOOK_EVERY = 5 * 60_000;
/** Links of listed products have time: so many each time, about ten thousand a day. */
const MOST_OF_LISTED = 40;

/** What operators read in the heartbeat of `links`. */
export interface LinkDetails {
  /** Due in this round. */
  readonly due: number;
  /** Looked at since it started. */
  readonly looked: number;
}

/** Looks at links that are due, round after round, until its signal aborts. It shares nothing with sender and relay. */
export function createLinkChecker({ records, look, now }: LinkPorts): Loop {
  return async ({ signal, heartbeat }) => {
    let looked = 0;
    const bell = createBell(signal);
    while (!signal.aborted) {
      const due = await records.due({ real: now(), mostOfListed: MOST_OF_LISTED });
      const tell = () => heartbeat({ due: due.length, looked } satisfies LinkDetails);
      tell();
      await throughPool({
        items: due,
        hostOf: (address) => new URL(address).host,
        atOnce: LOOKS_AT_ONCE,
        signal,
        work: async (address) => {
          const found = await look(address, signal);
          await records.record({ address, found, real: now() });
          looked += 1;
          tell();
        },
      });
      await bell.heard(LOOK_EVERY);
    }
  };
}
