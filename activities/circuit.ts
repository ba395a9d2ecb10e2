/** Whether the mail server is there at all. While it is away one email at a time asks, after growing pauses. */
export interface Circuit {
  readonly isAway: () => boolean;
  /** Whether an email may be handed over now, with so many in hand-over. */
  readonly lets: (now: number, handing: number) => boolean;
  /** Hears that the server took nothing at all; real milliseconds of the next try. */
  readonly failed: (now: number) => number;
  /** Hears that the server answered. */
  readonly answered: () => void;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;

/** Makes the circuit of one sender. */
export function createCircuit(): Circuit {
  let pause = 0;
  let until = 0;
  return {
    isAway: () => pause > 0,
    lets: (now, handing) => pause === 0 || (now >= until && handing === 0),
    failed: (now) => {
      // Those that failed together with the first are one failure.
      if (now >= until) {
        pause = Math.min(Math.max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE);
        until = now + pause;
      }
      return until;
    },
    answered: () => {
      pause = 0;
      until = 0;
    },
  };
}
