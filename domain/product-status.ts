import { addDays, dayOf, latest, type Day, type Instant } from './calendar.js';
import { ENDED, type Ended, type ListingState, type ReviewState } from './case.js';
import { OPENS_BEFORE, type Kind } from './policy.js';

/** What the registry says of a product; computed from records, stored nowhere. */
export type ProductStatus =
  | 'nominee'
  | 'candidate'
  | 'listed'
  | 'due'
  | 'in_review'
  | 'grace'
  | 'expired'
  | 'delisted'
  | 'excluded';

/** The statuses of products that are on the list, in the order in which pages show them. */
export const ON_THE_LIST = ['listed', 'due', 'in_review', 'grace'] as const satisfies readonly ProductStatus[];
/** The statuses of products that were on the list. */
export const OFF_THE_LIST = ['expired', 'delisted'] as const satisfies readonly ProductStatus[];

/** A review as far as a status depends on it. */
export interface ReviewFacts {
  readonly kind: Kind;
  readonly state: ReviewState;
  /** When the present state began. */
  readonly since: Instant;
  /** When its first turn began, or an answer came, whichever was first; null: nobody was asked yet. */
  readonly begunAt: Instant | null;
}

/** What a status is computed from. */
export interface StatusFacts {
  /** Null for a product that was never on the list. */
  readonly listing:
    | (Pick<ListingState, 'validUntil' | 'approvedOn' | 'removedOn' | 'removedBecause'> & {
        readonly firstListedOn: Day | null;
      })
    | null;
  /** The open annual review of a listed product, the newest nomination of another; null if there is none. */
  readonly review: ReviewFacts | null;
  /** The day by case time. */
  readonly today: Day;
}

/** A status with the day since which it holds; null: not known. */
export interface StatusSince {
  readonly status: ProductStatus;
  readonly since: Day | null;
}

/** A status in words: two to six for lists, and a sentence. They name no date, no person, and nobody's delay. */
export interface StatusWords {
  readonly label: string;
  readonly sentence: string;
}

/** A product is valid to the end of its valid-until day; an unknown day counts as past (design: import is a sync). */
export function isOverdue({ validUntil, today }: { validUntil: Day | null; today: Day }): boolean {
  return validUntil === null || validUntil < today;
}

/**
 * The status of a product and since when. A review counts only once somebody was asked: until then the next review
 * is not yet opened. Reviews of other kinds than `annual_review` and `nomination` never change a status.
 */
export function productStatus({ listing, review, today }: StatusFacts): StatusSince {
  if (listing === null) return nominationStatus(review);
  const { validUntil, approvedOn, firstListedOn, removedOn, removedBecause } = listing;
  if (removedOn !== null) return { status: removedBecause === 'unanswered' ? 'expired' : 'delisted', since: removedOn };
  const dayAfter = validUntil === null ? null : addDays(validUntil, 1);
  const overdue = isOverdue({ validUntil, today });
  const begunOn = openedOn(review);
  if (begunOn !== null) {
    if (!overdue) return { status: 'in_review', since: begunOn };
    return { status: 'grace', since: dayAfter === null ? begunOn : latest(begunOn, dayAfter) };
  }
  if (overdue) return { status: 'due', since: dayAfter };
  const opens = validUntil === null ? null : addDays(validUntil, -OPENS_BEFORE);
  if (opens !== null && opens <= today) return { status: 'due', since: opens };
  return { status: 'listed', since: approvedOn ?? firstListedOn };
}

/** The day on which an annual review opened for the public; null while there is none, or nobody was asked. */
function openedOn(review: ReviewFacts | null): Day | null {
  if (review === null || review.kind !== 'annual_review' || review.begunAt === null) return null;
  return ENDED.includes(review.state) ? null : dayOf(review.begunAt);
}

const BEFORE_L2: readonly ReviewState[] = ['draft', 'owner', 'l1'];

function nominationStatus(review: ReviewFacts | null): StatusSince {
  if (review === null) return { status: 'nominee', since: null };
  const since = dayOf(review.since);
  if (review.state === 'approved') return { status: 'listed', since };
  if (ENDED.includes(review.state)) return { status: 'excluded', since };
  return { status: BEFORE_L2.includes(review.state) ? 'nominee' : 'candidate', since };
}

const words: Readonly<Record<ProductStatus, StatusWords>> = {
  nominee: { label: 'Nominated', sentence: 'The product is nominated. It is not listed yet.' },
  candidate: {
    label: 'Candidate',
    sentence: 'The first level of the review is complete. The product is not listed yet.',
  },
  listed: { label: 'Listed', sentence: 'The product is listed as a digital public good.' },
  due: {
    label: 'Listed, next review not yet opened',
    sentence:
      'The product is listed as a digital public good. Its next review is not yet opened. ' +
      'It stays listed until a person decides.',
  },
  in_review: {
    label: 'Listed, annual review open',
    sentence: 'The product is listed as a digital public good. Its annual review is open.',
  },
  grace: {
    label: 'Listed past its date, under review',
    sentence:
      'The product is listed as a digital public good. Its date has passed. ' +
      'Its annual review is under way, and it stays listed until a person decides.',
  },
  expired: {
    label: 'No longer listed: expired',
    sentence: 'Its review closed without an answer. The product is no longer listed.',
  },
  delisted: { label: 'No longer listed', sentence: 'The product is no longer listed.' },
  excluded: { label: 'Not listed', sentence: 'The nomination ended. The product is not listed.' },
};

/** A status in words; `because`, what ended the listing, makes the sentence of `delisted` exact. `appealed`: against that. */
export function statusWords(status: ProductStatus, because: Ended | null = null, appealed = false): StatusWords {
  const { label, sentence } = plainWords(status, because);
  return appealed ? { label, sentence: `${sentence} ${APPEALED}` } : { label, sentence };
}

/** While an appeal is open all stays as the decision left it; whose move it is, nobody is told. */
const APPEALED = 'There is an appeal against the decision. The status stays as it is until the appeal is decided.';

function plainWords(status: ProductStatus, because: Ended | null): StatusWords {
  if (status !== 'delisted') return words[status];
  const { label, sentence } = words.delisted;
  if (because === 'ineligible') {
    return {
      label,
      sentence: 'A review found that the product does not meet the DPG Standard. It is no longer listed.',
    };
  }
  if (because === 'withdrawn') return { label, sentence: 'The product was withdrawn. It is no longer listed.' };
  return { label, sentence };
}
