import type { Day } from './calendar.js';
import type { Ended } from './case.js';
import type { ConcernStage } from './concern.js';
import type { ConsultationEnd, ExpertOf, ExpertStage } from './consultation.js';
import type { SectionId } from './standard.js';

export type EmailKind =
  | 'prompt'
  | 'reminder'
  | 'last_reminder'
  | 'receipt'
  | 'clarification'
  | 'clarification_reminder'
  | 'notice'
  | 'notice_reminder'
  | 'decision'
  | 'closed'
  | 'appeal_received'
  | 'reconsidered'
  | 'appeal_decided'
  | 'not_taken'
  | 'request_answered'
  | 'link'
  | 'colleague_invited'
  | 'staff_list';

/** Emails to one person of ours, beside those to owners. No turn of an owner depends on them. */
export type PersonalEmailKind =
  | 'sign_in_code'
  | 'reviewer_reminder'
  | 'reviewer_wanted'
  | 'expert_asked'
  | 'expert_reminder'
  | 'expert_called_off';

/** The kinds with which a turn of the owner begins. */
export const FIRST_EMAILS: readonly EmailKind[] = ['prompt', 'clarification', 'notice'];

/** Small facts of an email, beside what the records say at hand-over. Words, dates and counts only. */
export type EmailFacts = Readonly<Record<string, string | number | boolean | null>>;

/** What a step writes beside the state of the machine. The store carries each out in the same transaction. */
export type Effect =
  | { readonly do: 'open'; readonly cause: string }
  | {
      readonly do: 'email';
      readonly kind: EmailKind;
      /** Primary (or the next alternate, if it was refused), everybody, or one recipient. */
      readonly to: 'primary' | 'everybody' | number;
      /** What asked for it: an entry or a row. Part of its key. */
      readonly askedBy: string;
      readonly when: 'now' | 'sending_time';
      readonly turn: number | null;
      readonly facts?: EmailFacts;
      /** Recorded, never sent: why. */
      readonly skipped?: 'overtaken' | 'clock_stopped';
    }
  /** An email to somebody of ours, by the word that they act by; it goes at once. */
  | {
      readonly do: 'email_person';
      readonly kind: PersonalEmailKind;
      readonly to: string;
      readonly askedBy: string;
      readonly facts?: EmailFacts;
    }
  | { readonly do: 'skip_queued'; readonly reason: string }
  | { readonly do: 'resend'; readonly emails: readonly number[]; readonly askedBy: string }
  /** Queue a refused email, if it is about no turn, anew for the next address. */
  | { readonly do: 'forward'; readonly email: number }
  /** File the row's answers, or last year's as they are, as the next version. */
  | { readonly do: 'file_answers'; readonly by: 'owner' | 'machine' }
  | { readonly do: 'publish_answers' }
  | { readonly do: 'keep_as_draft' }
  | { readonly do: 'drop_drafts' }
  | { readonly do: 'record_verdict' }
  /** The newest verdict counts no more. */
  | { readonly do: 'undo_verdict' }
  /** Keep the texts of the row's questions to experts. */
  | { readonly do: 'keep_questions'; readonly number: number }
  /** Who is asked now, and where that stands. */
  | ({ readonly do: 'expert_is'; readonly stage: ExpertStage; readonly until?: Day } & ExpertOf)
  /** Keep what the row's expert advises. */
  | ({ readonly do: 'file_advice'; readonly late: boolean } & ExpertOf)
  | {
      readonly do: 'close_questions';
      readonly number: number;
      readonly why: ConsultationEnd;
      readonly section?: SectionId;
    }
  /** The reviewer is never offered the product again. */
  | { readonly do: 'remember_conflict'; readonly by: string }
  /** What the owner is asked again: these questions of the sections to which the newest verdict gives this word; null: all. */
  | {
      readonly do: 'ask_sections';
      readonly word: 'clarify' | 'does_not_meet';
      readonly questions: readonly string[] | null;
    }
  | { readonly do: 'decision'; readonly result: Ended; readonly validUntil: Day | null }
  /** The contacts are the recipients, `without` one who is asked no more: a contact less, whose link and sessions end. */
  | { readonly do: 'renew_recipients'; readonly without?: number }
  /** The colleague whose address the row has may draft, and gets an email with a link for that. */
  | { readonly do: 'invite'; readonly askedBy: string }
  /** The colleague's link and sessions end. */
  | { readonly do: 'uninvite'; readonly recipient: number }
  /** What was typed in a review that yields, and whoever may draft there. */
  | { readonly do: 'take_drafts_from'; readonly reference: string }
  /** The product's slug is made of its name; until then it has none. */
  | { readonly do: 'give_slug' }
  /** A nominated product comes onto the list: its facts are its answers, and its certification begins. */
  | { readonly do: 'list_product' }
  | { readonly do: 'release' }
  /** A concern stands elsewhere, and whoever raised it is told. `here`: the review of this step asks about it. */
  | { readonly do: 'concern_is'; readonly concern: string; readonly stage: ConcernStage; readonly here?: true }
  /** The review asks about the accepted concerns that waited for it. */
  | { readonly do: 'take_concerns' }
  /** Whoever raised a concern of the review is told how it ended; `left`: so is everybody whose concern still waits. */
  | { readonly do: 'tell_of_end'; readonly result: Ended; readonly left: boolean }
  /** `of`: the line is about somebody else than who acted. */
  | { readonly do: 'ledger'; readonly what: string; readonly detail?: EmailFacts; readonly of?: string };

/** What became of a row, and the sentence that its author reads. */
export interface RowOutcome {
  readonly result: 'accepted' | 'refused' | 'joined' | 'late';
  readonly sentence: string;
}

/** An email that is still true, and that the mail server refused or of which nobody knows whether it was taken. */
export interface LostEmail {
  readonly id: number;
  readonly unknown: boolean;
  /** It is the first one of the owner's present turn. */
  readonly first: boolean;
}
