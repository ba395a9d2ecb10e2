/** Wakes a loop that sleeps: what rings while it works is heard at its next sleep. */
export interface Bell {
  readonly ring: () => void;
  /** What the loop listens to is gone: its next sleep throws this. */
  readonly break: (error: Error) => void;
  /** Sleeps until it rings, the signal aborts, or so many milliseconds are over. */
  readonly heard: (milliseconds: number) => Promise<void>;
}

/** Makes a bell for one loop. */
export function createBell(signal: AbortSignal): Bell {
  let rang = false;
  let broken: Error | null = null;
  let wake = () => undefined as void;
  const ring = () => {
    rang = true;
    wake();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    break: (error) => {
      broken = error;
      ring();
    },
    heard: async (milliseconds) => {
      if (!rang && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rang = false;
      if (broken !== null) throw broken;
    },
  };
}
