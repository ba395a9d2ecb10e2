import type { CaseRecord, Ended, Entry } from '../domain/case.js';
import type { WaitingInCase } from './concern-facts.js';
import { dayOfColumn } from './day-column.js';
import { storedReview } from './stored-review.js';

/** A case and its listing as the database has them. */
export interface StoredCase extends WaitingInCase {
  readonly found: {
    readonly id: string;
    readonly agenda: unknown;
    readonly ended: boolean;
    /** Oldest first. */
    readonly applications: readonly { readonly review: unknown; readonly cause: string }[];
  };
  readonly listing: {
    readonly slug: string;
    readonly nominated: string | null;
    readonly dpgId: string | null;
    readonly validUntil: Date | null;
    readonly approvedOn: Date | null;
    readonly removedOn: Date | null;
    readonly removedBecause: string | null;
    readonly opensByItself: boolean;
    readonly decidedHereAt: Date | null;
  };
}

/** A case as the rules see it. */
export function recordOf({ found, listing, aside, concerns = 0 }: StoredCase): CaseRecord {
  // JSON columns hold what save-case.ts wrote: the domain's own types.
  const agenda = found.agenda as readonly Entry[];
  const newest = found.applications.at(-1);
  return {
    id: found.id,
    listing: {
      slug: listing.slug,
      // Written by steps and by web from the domain's own words.
      ...(listing.nominated === null ? {} : { nominated: listing.nominated as 'nominee' | 'candidate' }),
      dpgId: listing.dpgId,
      validUntil: dayOfColumn(listing.validUntil),
      approvedOn: dayOfColumn(listing.approvedOn),
      removedOn: dayOfColumn(listing.removedOn),
      removedBecause: listing.removedBecause as Ended | null,
      opensByItself: listing.opensByItself,
      decidedHereAt: listing.decidedHereAt?.toISOString() ?? null,
    },
    review: newest === undefined ? null : storedReview(newest.review),
    agenda,
    causes: found.applications.map(({ cause }) => cause),
    ended: found.ended,
    stuck: aside || agenda.some((entry) => entry.aside === true),
    ...(concerns > 0 ? { concerns } : {}),
  };
}
