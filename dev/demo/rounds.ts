import type { Pace } from './types.js';

/**
 * Looks again and again, until everything stops, and acts once on each thing that is new, several at a time.
 * The first failure of an act ends it with that error.
 */
export async function forEachNew<One extends { readonly key: string }>(plan: {
  readonly pace: Pace;
  /** Days between two looks; 0.25 by default. */
  readonly every?: number;
  readonly find: () => Promise<readonly One[]>;
  readonly act: (one: One) => Promise<unknown>;
}): Promise<void> {
  const { pace, every = 0.25, find, act } = plan;
  const seen = new Set<string>();
  const running = new Set<Promise<unknown>>();
  let failed: Error | undefined;
  while (!pace.stopping.aborted && failed === undefined) {
    for (const one of await pace.patiently(find)) {
      if (seen.has(one.key)) continue;
      seen.add(one.key);
      const work = act(one)
        .catch((error: unknown) => {
          failed ??= error instanceof Error ? error : new Error(String(error));
        })
        .finally(() => running.delete(work));
      running.add(work);
    }
    await pace.days(every);
  }
  await Promise.allSettled(running);
  if (failed !== undefined && !pace.stopping.aborted) throw failed;
}
