import type { Entry, RequestWord, SectionVerdict } from './case.js';
import type { Day, Instant } from './calendar.js';
import type { AdviceWord, Asking, DeclineWord, ExpertQuestion } from './consultation.js';
import type { Level, Seat } from './policy.js';
import type { SectionId } from './standard.js';

/** What can happen to a case: a row that someone appended, or an entry of the agenda that is due. */
export type CaseEvent =
  | { readonly is: 'wake'; readonly campaign: string | null; readonly handPicked: boolean; readonly cause: string }
  /** The address of whoever nominates a product was confirmed. */
  | { readonly is: 'nominate'; readonly row: RowFacts }
  | { readonly is: 'answers'; readonly row: RowFacts; readonly missing: readonly string[]; readonly empty: boolean }
  | { readonly is: 'link_used'; readonly row: RowFacts }
  | { readonly is: 'new_link'; readonly row: RowFacts }
  | { readonly is: 'appeal'; readonly row: RowFacts }
  /** Somebody who may draft: the address stands in the row. */
  | { readonly is: 'invite'; readonly row: RowFacts }
  | { readonly is: 'uninvite'; readonly row: RowFacts; readonly recipient: number }
  | { readonly is: 'request'; readonly row: RowFacts; readonly request: RequestWord }
  | {
      readonly is: 'verdict';
      readonly row: RowFacts;
      readonly level: Seat;
      readonly by: string;
      readonly answersVersion: number;
      readonly sections: readonly SectionVerdict[];
      readonly days: number | null;
      readonly secondRoundReason: string | null;
      /** What the owner is asked again; null: all questions of the sections that need it. */
      readonly questions?: readonly string[] | null;
    }
  | {
      readonly is: 'consult';
      readonly row: RowFacts;
      readonly level: Level;
      readonly by: string;
      readonly answersVersion: number;
      readonly questions: readonly ExpertQuestion[];
    }
  | { readonly is: 'call_off'; readonly row: RowFacts; readonly by: string }
  | ({ readonly is: 'expert_accept'; readonly row: RowFacts } & Asking)
  | ({ readonly is: 'expert_decline'; readonly row: RowFacts; readonly why: DeclineWord | null } & Asking)
  | ({ readonly is: 'advice'; readonly row: RowFacts; readonly word: AdviceWord; readonly text: string } & Asking)
  | { readonly is: 'claim'; readonly row: RowFacts; readonly level: Seat; readonly by: string }
  | { readonly is: 'give_back'; readonly row: RowFacts; readonly by: string }
  /** `until` null: it is worked on again. */
  | { readonly is: 'set_aside'; readonly row: RowFacts; readonly by: string; readonly until: Day | null }
  | { readonly is: 'conflict'; readonly row: RowFacts; readonly by: string }
  | { readonly is: 'hand_over'; readonly row: RowFacts; readonly by: string; readonly to: string }
  | { readonly is: 'undo'; readonly row: RowFacts; readonly by: string }
  | { readonly is: 'grant'; readonly row: RowFacts; readonly request: RequestWord | null; readonly days: number | null }
  | { readonly is: 'refuse'; readonly row: RowFacts; readonly request: RequestWord | null }
  | { readonly is: 'extend'; readonly row: RowFacts; readonly until: Day }
  /** `unknown`: also what nobody knows of. */
  | { readonly is: 'resend'; readonly row: RowFacts; readonly unknown: boolean }
  | { readonly is: 'expire'; readonly row: RowFacts }
  /** A nomination that nobody is to review. */
  | { readonly is: 'remove'; readonly row: RowFacts; readonly by: string; readonly why: RemovalWord }
  | { readonly is: 'withdraw'; readonly row: RowFacts }
  | { readonly is: 'close'; readonly row: RowFacts }
  | { readonly is: 'reopen'; readonly row: RowFacts }
  /** An approval is looked at again, from this level on. */
  | { readonly is: 'reconsider'; readonly row: RowFacts; readonly level: Level }
  | { readonly is: 'release'; readonly row: RowFacts }
  /** Somebody's concern, with a confirmed address, or what staff asked about it: staff read it. */
  | { readonly is: 'concern'; readonly row: RowFacts; readonly concern: string }
  | {
      readonly is: 'accept_concern';
      readonly row: RowFacts;
      readonly concern: string;
      readonly sections: readonly SectionId[];
    }
  | { readonly is: 'reject_concern'; readonly row: RowFacts; readonly concern: string }
  | { readonly is: 'ask_concern'; readonly row: RowFacts; readonly concern: string }
  | { readonly is: 'contact_changed'; readonly row: RowFacts; readonly primaryChanged: boolean }
  | {
      readonly is: 'listing_changed';
      readonly row: RowFacts;
      /** An approval made elsewhere that is newer than what was known. */
      readonly approvedElsewhereOn: Day | null;
      /** The dates of the registry, so far as they differ from the recorded ones. */
      readonly validity: { readonly approvedOn: Day | null; readonly validUntil: Day | null } | null;
    }
  | { readonly is: 'email_taken'; readonly row: RowFacts; readonly turn: number | null; readonly takenAt: Instant }
  | { readonly is: 'email_refused'; readonly row: RowFacts; readonly turn: number | null; readonly email: number }
  | { readonly is: 'email_unknown'; readonly row: RowFacts; readonly turn: number | null; readonly email: number }
  | { readonly is: 'due'; readonly entry: Entry };

/** Why a nomination is removed unreviewed (DPGA's review policy). */
export type RemovalWord = 'spam' | 'conduct';

export type EventWord = CaseEvent['is'];

/** What a row says of itself. */
export interface RowFacts {
  readonly id: number;
  /** The application and the round that its author saw; null for rows about the case as a whole. */
  readonly reference: string | null;
  readonly round: number | null;
  readonly at: Instant;
  /** The recipient who wrote it; null for everybody else. */
  readonly recipient: number | null;
  /** A reviewer wrote it: they act on a case that they have. Staff are not bound to that. */
  readonly byReviewer?: boolean;
}
