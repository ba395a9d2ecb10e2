import { dayOf, type Instant } from '../domain/calendar.js';
import { ENDED, type ReviewState } from '../domain/case.js';
import {
  estimateOf,
  nextInWords,
  stagesOf,
  turnInWords,
  type Durations,
  type Stage,
} from '../domain/nomination-progress.js';
import { readClock } from './case-time.js';
import type { Transaction } from './database.js';
import { publicName, readDurations } from './read-nominations.js';

/** What the public page of a nomination says beside what every review's says. */
export interface NominationProgress {
  /** Null: it has ended. */
  readonly turn: string | null;
  readonly next: string | null;
  /** Null: too few were decided to say. */
  readonly durations: Durations | null;
  /** Null: it has ended. */
  readonly estimate: ReturnType<typeof estimateOf> | null;
  /** Oldest first; the last one is where it stands. */
  readonly stages: readonly Stage[];
}

/** The product of a review, so far as everybody may know it. */
export function productOf(
  listing: { readonly slug: string; readonly name: string; readonly nominated: string | null } | null,
  { kind, state }: { readonly kind: string; readonly state: string },
): { readonly slug: string | null; readonly name: string } | null {
  if (listing === null) return null;
  if (listing.nominated === null) return { slug: listing.slug, name: listing.name };
  const name = kind === 'nomination' ? publicName(listing, state) : null;
  return name === null ? null : { slug: null, name };
}

/** Where an open nomination stands. */
export async function progressOf(
  transaction: Transaction,
  given: {
    readonly state: ReviewState;
    readonly policy: Parameters<typeof nextInWords>[1];
    readonly sentAt: Instant;
    readonly happened: Parameters<typeof stagesOf>[0];
  },
): Promise<NominationProgress> {
  const { state, policy, sentAt, happened } = given;
  const durations = await readDurations(transaction);
  const { now } = await readClock(transaction);
  const open = !ENDED.includes(state);
  return {
    turn: turnInWords(state),
    next: nextInWords(state, policy),
    durations,
    stages: stagesOf(happened),
    estimate: open ? estimateOf({ sentOn: dayOf(sentAt), today: dayOf(now), durations }) : null,
  };
}
