import type { Level } from '../../domain/policy.js';

/** What reviewers do beside reading and deciding. */
export type Quirk =
  | 'sets_aside'
  | 'gives_back'
  | 'conflict'
  | 'hands_over'
  | 'undoes'
  /** Reads for longer than a level has. */
  | 'slow'
  /** Their session ends while a page is open. */
  | 'signed_out';

/** What happens to the first products, so that everything is tried by twelve of them. */
const FIXED: readonly Readonly<Partial<Record<Level, Quirk>>>[] = [
  { l1: 'sets_aside', l2: 'undoes' },
  { l1: 'undoes' },
  { l2: 'undoes' },
  { l1: 'signed_out', l2: 'undoes' },
  { l1: 'gives_back', l2: 'conflict' },
  { l2: 'undoes' },
  { l1: 'conflict', l2: 'hands_over' },
  { l1: 'hands_over', l2: 'undoes' },
  { l1: 'signed_out' },
  { l2: 'gives_back' },
  { l1: 'slow' },
  { l2: 'sets_aside' },
];

/** How often each is met among the others, in a hundred. */
const MIXTURE: readonly (readonly [Quirk, number])[] = [
  ['sets_aside', 4],
  ['gives_back', 3],
  ['conflict', 2],
  ['hands_over', 3],
  ['undoes', 20],
  ['slow', 1],
  ['signed_out', 3],
];

/** What happens to a product at a level; null for most. `index` is its place in the order of the demonstration. */
export function quirkOf(plan: { readonly index: number; readonly level: Level; readonly at: number }): Quirk | null {
  const { index, level, at } = plan;
  const fixed = FIXED[index];
  if (fixed !== undefined) return fixed[level] ?? null;
  let left = at * 100;
  for (const [quirk, share] of MIXTURE) {
    left -= share;
    if (left < 0) return quirk;
  }
  return null;
}
