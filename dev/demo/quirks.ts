import type { Level } from '../../domain/policy.js';

/** What reviewers do beside reading and deciding. */
export type Quirk =
  | 'sets_aside'
  | 'gives_back'
  | 'conflict'
  | 'hands_over'
  | 'undoes'
  /** Goes away for some days, and a deputy has the case. */
  | 'away'
  /** Does so, and is back before those days are over. */
  | 'back_early'
  /** Reads for longer than a level has. */
  | 'slow'
  /** Their session ends while a page is open. */
  | 'signed_out';

/** What befalls a product by what is said of it, beside what its reviewers do. */
export interface Plot {
  /** The level that decides asks these experts first, in this order. */
  readonly asks?: readonly string[];
  /** Soon afterwards it does without their advice. */
  readonly callsOff?: true;
  /** Its owner is unclear at first, so that reviewers ask again. */
  readonly unclear?: true;
  /** Reviewers find a section that does not meet. */
  readonly fails?: true;
  /** Its owner appeals against that, with grounds that convince or with others. */
  readonly appeals?: 'convincing' | 'others';
}

/** What happens to the first products, so that everything is tried by twelve of them. */
const FIXED: readonly (Readonly<Partial<Record<Level, Quirk>>> & Plot)[] = [
  { l1: 'sets_aside', l2: 'undoes', unclear: true },
  { l1: 'undoes', asks: ['jonas'] },
  { l1: 'undoes', l2: 'undoes' },
  { l1: 'signed_out', l2: 'away', asks: ['kira', 'ines'] },
  { l1: 'gives_back', l2: 'conflict', fails: true, appeals: 'convincing' },
  { l1: 'undoes', l2: 'undoes' },
  { l1: 'conflict', l2: 'hands_over' },
  { l1: 'hands_over', l2: 'undoes', asks: ['mona', 'jonas'] },
  { l1: 'signed_out', asks: ['lamin', 'ines'] },
  { l1: 'away', l2: 'gives_back', fails: true, appeals: 'others' },
  { l1: 'slow', asks: ['mona'], callsOff: true },
  { l1: 'back_early', l2: 'sets_aside' },
];

/** How often each is met among the others, in a hundred. */
const MIXTURE: readonly (readonly [Quirk, number])[] = [
  ['sets_aside', 4],
  ['gives_back', 3],
  ['conflict', 2],
  ['hands_over', 3],
  ['undoes', 20],
  ['away', 2],
  ['back_early', 1],
  ['slow', 1],
  ['signed_out', 3],
];

/** The same of whom reviewers ask. */
const ASKED: readonly (readonly [readonly string[], number])[] = [
  [['ines'], 5],
  [['kira', 'jonas'], 3],
  [['lamin', 'ines'], 2],
  [['mona', 'jonas'], 2],
  // Nobody is left: the case comes back without advice.
  [['kira'], 1],
];

/** What happens to a product at a level; null for most. `index` is its place in the order of the demonstration. */
export function quirkOf(plan: { readonly index: number; readonly level: Level; readonly at: number }): Quirk | null {
  const { index, level, at } = plan;
  const fixed = FIXED[index];
  return fixed === undefined ? drawn(MIXTURE, at) : (fixed[level] ?? null);
}

/** What befalls a product; nothing of it for most. `random` is a number from 0 up to 1 for what it is asked. */
export function plotOf(plan: { readonly index: number; readonly random: (what: string) => number }): Plot {
  const { index, random } = plan;
  const fixed = FIXED[index];
  if (fixed !== undefined) return fixed;
  const asks = drawn(ASKED, random('asks'));
  return {
    ...(asks === null ? {} : { asks, ...(random('calls off') < 1 / 8 ? { callsOff: true } : {}) }),
    ...(random('judged') < 1 / 30 ? { fails: true } : {}),
    ...(random('appeals') < 0.7 ? { appeals: random('grounds') < 0.5 ? 'convincing' : 'others' } : {}),
  };
}

/** One of a mixture in hundredths; null: none of it. */
function drawn<One>(mixture: readonly (readonly [One, number])[], at: number): One | null {
  let left = at * 100;
  for (const [one, share] of mixture) {
    left -= share;
    if (left < 0) return one;
  }
  return null;
}
