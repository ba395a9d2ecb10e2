import type { Day } from '../domain/calendar.js';
import type { EmailFrame } from './content.js';

/**
 * To an address that is to be confirmed: of whoever wants to nominate a product, or suggests one of others, or is invited
 * because somebody suggested theirs.
 */
export interface StartEmail extends EmailFrame {
  readonly kind: 'nomination_start' | 'suggestion_start' | 'nomination_invitation';
  readonly product: string;
  /** The person's link, or the placeholder that `withLink` replaces at hand-over. */
  readonly link: string;
  readonly checkUrl: string;
  /** So many days the link is good. */
  readonly days: number;
}

/** A nomination that led to the list: what its decision says besides. */
export interface NowListed {
  readonly variant: 'approved';
  readonly review: 'nomination';
  readonly validUntil: Day;
  /** The day on which the next review opens. */
  readonly nextReview: Day;
  /** By which registries and catalogues name the product. */
  readonly dpgId: string;
  /** The product's page in the registry. */
  readonly page: string;
}
