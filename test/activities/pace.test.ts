import { describe, expect, test } from '@jest/globals';
import { createCircuit } from '../../activities/circuit.js';
import { createPace } from '../../activities/pace.js';

/** How many of so many emails a pace lets go within each second, asked every ten milliseconds. */
function letGo(addresses: readonly string[], limits: Parameters<typeof createPace>[0]): number[] {
  const pace = createPace(limits);
  const rest = [...addresses];
  const seconds: number[] = [];
  for (let now = 1_000; rest.length > 0; now += 10) {
    const second = Math.floor(now / 1_000) - 1;
    seconds[second] ??= 0;
    const next = rest.findIndex((address) => pace.take(address, now));
    if (next === -1) continue;
    rest.splice(next, 1);
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  return seconds;
}

describe('the pace of hand-overs', () => {
  test('is never above the limit for all', () => {
    const addresses = Array.from({ length: 23 }, (_, index) => `a@p${index}.example`);
    expect(letGo(addresses, { perSecond: 5, perDomainPerSecond: 5 })).toEqual([5, 5, 5, 5, 3]);
  });

  test('is never above the limit for one domain, however it is spelled, and does not keep the others', () => {
    const crowded = ['a@One.example', 'b@one.example', 'c@ONE.example', 'd@one.example'];
    const others = ['a@two.example', 'a@three.example'];
    expect(letGo([...crowded, ...others], { perSecond: 100, perDomainPerSecond: 1 })).toEqual([3, 1, 1, 1]);
  });

  test('has no end without limits', () => {
    const pace = createPace(null);
    expect([1, 1, 1].map((now) => pace.take('a@one.example', now))).toEqual([true, true, true]);
  });
});

describe('a mail server that is away', () => {
  test('is asked by one email at a time, after pauses that double to a minute', () => {
    const circuit = createCircuit();
    expect(circuit.lets(0, 7)).toBe(true);
    const pauses: number[] = [];
    for (let now = 0, index = 0; index < 6; index += 1) {
      const next = circuit.failed(now);
      pauses.push(next - now);
      expect(circuit.lets(next - 1, 0)).toBe(false);
      expect(circuit.lets(next, 1)).toBe(false);
      expect(circuit.lets(next, 0)).toBe(true);
      now = next;
    }
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    circuit.answered();
    expect(circuit.lets(0, 7)).toBe(true);
    expect(circuit.isAway()).toBe(false);
  });

  test('failed once, when several hand-overs failed together', () => {
    const circuit = createCircuit();
    expect([0, 10, 20].map((now) => circuit.failed(now))).toEqual([5_000, 5_000, 5_000]);
  });
});
