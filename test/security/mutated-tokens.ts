import type { LinkOwner } from '../../activities/outbox.js';
import { createLinks } from '../../adapters/links.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The key behind the links of these tests. */
export const KEY = Buffer.alloc(32, 7);
const own = createLinks(KEY);
const others = createLinks(Buffer.alloc(32, 8));

/** The people of a review whose links count. */
export const HOLDERS: readonly LinkOwner[] = [1, 2].map((recipientId) => {
  return { applicationId: '2026-7Q2MK', recipientId, address: `owner-${recipientId}@invented.example`, linkVersion: 3 };
});

/** A generator of numbers below a bound, the same each time (a linear congruential one, by Knuth's numbers for 64 bits). */
function numbers(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 33n) % below;
  };
}

/** So many tokens that are almost one of the holders': letters changed, swapped, added, taken; other cases, versions, keys. */
export function* mutatedTokens(count: number, seed = 1): Generator<string> {
  const below = numbers(seed);
  const tokens = HOLDERS.map((holder) => own.token(holder));
  const letter = () => LETTERS[below(LETTERS.length)] ?? 'A';
  for (let made = 0; made < count; made += 1) {
    const holder = HOLDERS[made % HOLDERS.length] ?? { applicationId: '', recipientId: 0, address: '', linkVersion: 0 };
    const token = tokens[made % tokens.length] ?? '';
    const at = below(token.length);
    const changed = token.slice(0, at) + letter() + token.slice(at + 1);
    const ways = [
      () => changed,
      () => token.slice(0, at) + (token[at + 1] ?? letter()) + (token[at] ?? '') + token.slice(at + 2),
      () => token.slice(0, at) + letter() + token.slice(at),
      () => token.slice(0, at) + token.slice(at + 1),
      () => token.replace(/.$/u, letter),
      () => own.token({ ...holder, linkVersion: 4 + below(1_000_000) }),
      () => own.token({ ...holder, recipientId: 3 + below(1_000_000) }),
      () => own.token({ ...holder, address: `owner-${3 + below(1_000_000)}@invented.example` }),
      () => own.token({ ...holder, applicationId: `2026-${letter()}${letter()}${letter()}${letter()}` }),
      () => others.token(holder),
      () => `${token}${['=', ' ', '\u0000', '/', '%00', '.'][below(6)] ?? ''}`,
      () => (below(2) === 0 ? token.toUpperCase() : token.toLowerCase()),
      () => Array.from({ length: token.length }, letter).join(''),
    ];
    const mutated = (ways[below(ways.length)] ?? letter)();
    yield tokens.includes(mutated) ? `${mutated}A` : mutated;
  }
}
