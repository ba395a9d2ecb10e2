import { setTimeout as pause } from 'node:timers/promises';

/** The value below which so many hundredths of the others lie. Throws where there is none. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.min(Math.ceil((sorted.length * hundredths) / 100) - 1, sorted.length - 1)];
  if (found === undefined) throw new Error('Nothing was measured.');
  return found;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A figure with so many digits behind the point. */
export function shown(value: number, digits = 1): string {
  return value.toFixed(digits);
}

/** Waits until a count reaches a number, looking every 200 ms. Throws if it has not after so many seconds. */
export async function untilCount(plan: {
  readonly what: string;
  readonly wanted: number;
  readonly seconds: number;
  readonly count: () => Promise<number>;
}): Promise<void> {
  const end = performance.now() + plan.seconds * 1_000;
  for (;;) {
    const count = await plan.count();
    if (count >= plan.wanted) return;
    if (performance.now() > end) {
      throw new Error(`${plan.what}: ${count} of ${plan.wanted} after ${plan.seconds} s`);
    }
    await pause(200);
  }
}

/** Does the same for all, so many at a time. */
export async function each<One>(
  all: readonly One[],
  atOnce: number,
  act: (one: One) => Promise<unknown>,
): Promise<void> {
  const rest = [...all];
  const work = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
