import type { EmailFrame } from './content.js';

interface ConcernFrame extends EmailFrame {
  readonly product: string;
  /** The author's link, or the placeholder that `withLink` replaces at hand-over. */
  readonly link: string;
  readonly checkUrl: string;
}

/** To whoever raises a concern about a product: confirms that the address is theirs. */
export interface ConcernStartEmail extends ConcernFrame {
  readonly kind: 'concern_start';
  /** So many days the link is good. */
  readonly days: number;
}

/** What staff answered. */
export interface ConcernAnsweredEmail extends ConcernFrame {
  readonly kind: 'concern_answered';
  readonly answer: 'accepted' | 'rejected' | 'asked';
  /** Why, or what staff ask; null: nothing was written. */
  readonly words: string | null;
}

/** The outcome. */
export interface ConcernEndedEmail extends ConcernFrame {
  readonly kind: 'concern_ended';
  /** In one sentence. */
  readonly outcome: string;
}

export type ConcernEmail = ConcernStartEmail | ConcernAnsweredEmail | ConcernEndedEmail;

/** What a review of concerns asks its owner: never who raised them, nor in whose words. */
export interface AskedByConcerns {
  /** The sections by their names. */
  readonly sections: readonly string[];
  /** What staff wrote to the owner, oldest first. */
  readonly words: readonly string[];
}
