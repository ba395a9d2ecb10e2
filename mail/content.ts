import type { Day } from '../domain/calendar.js';
import type { Attention } from '../domain/case.js';
import type { Policy } from '../domain/policy.js';
import type { AppealDecidedEmail, AppealReceivedEmail, ReconsideredEmail } from './content-appeals.js';
import type {
  ClarificationEmail,
  ClarificationReminderEmail,
  NoticeEmail,
  NoticeReminderEmail,
} from './content-again.js';
import type { StartEmail, NowListed } from './content-nomination.js';
import type { AskedByConcerns, ConcernEmail } from './content-concern.js';
import type { EmailToOurs } from './content-ours.js';

export type * from './content-again.js';
export type { StartEmail } from './content-nomination.js';
export type { AppealDecidedEmail, AppealReceivedEmail, ReconsideredEmail } from './content-appeals.js';
export type { ConcernEmail } from './content-concern.js';

/** What every email needs to know. Texts are plain text; dates are days. */
export interface EmailFrame {
  /** Language tag of the reader; without a template in it the English one is used. */
  readonly language: string;
  readonly organisation: string;
  /** The named human who signs. */
  readonly senderName: string;
  /** The mailbox of staff that replies go to; every text names it as the address for help and corrections. */
  readonly replyTo: string;
  /** Null: the greeting names nobody. */
  readonly recipientName: string | null;
  /** True in a demonstration: the first line says what is invented. */
  readonly invented: boolean;
}

/** What an email about a case knows besides. */
export interface CaseFrame extends EmailFrame {
  /** Name of the product; long ones are shortened in the subject only. */
  readonly product: string;
  /** What owners see: `2026-7Q2MK`. */
  readonly reference: string;
  /** The person's link, or the placeholder that `withLink` replaces at hand-over. */
  readonly link: string;
  /** The page on which a reader finds out whether an email is real. */
  readonly checkUrl: string;
  readonly review: ReviewWord;
}

/** What a case is to its owner. `reopened`: the review of a product that left the registry, open again. */
export type ReviewWord = 'annual_review' | 'privacy' | 'reopened' | 'nomination' | 'concern';

/** What follows if nobody answers; selects the sentence that says so. */
export type Silence = Policy['silence'];

/** A question of the form: its number as the form shows it, and its official wording. */
export interface Question {
  readonly number: string;
  readonly label: string;
}

/** A question with the answer that was sent; an empty answer is printed as "Not provided". */
export interface AnsweredQuestion extends Question {
  readonly answer: string;
}

/** An open point: the present answer (null: none) and the reviewer's note to the owner (null: none). */
export interface OpenPoint extends Question {
  readonly answer: string | null;
  readonly note: string | null;
}

/** Public result of one section of the form. */
export interface SectionResult {
  readonly label: string;
  readonly result: 'meets' | 'does_not_meet';
  /** The public reason; null: none was given. */
  readonly reason: string | null;
}

/** What an owner has to know while it is the owner's turn. */
export interface TurnFrame extends CaseFrame {
  readonly deadline: Day;
  /** That day is over: the answer is still taken, until the secretariat decides the next step. */
  readonly passed: boolean;
  readonly silence: Silence;
}

/** M1: asks for the answers. */
export interface PromptEmail extends TurnFrame {
  readonly kind: 'prompt';
  /** The listing's date; null: not known. */
  readonly validUntil: Day | null;
  /** True if that date is past. */
  readonly overdue: boolean;
  /** True if earlier answers are already filled in. */
  readonly prefilled: boolean;
  /** The questions that have no answer yet: for `privacy` all five, else what is new. */
  readonly questions: readonly Question[];
  /** At most so many reminders follow before the deadline. */
  readonly reminders: number;
  /** Of a review of concerns alone. */
  readonly concern?: AskedByConcerns;
}

/** M2 to M4: `answered` of `total` are saved, none is sent. */
export interface ReminderEmail extends TurnFrame {
  readonly kind: 'reminder';
  readonly answered: number;
  readonly total: number;
  /** What has no saved answer; the first seven are printed. */
  readonly openQuestions: readonly Question[];
}

/** M5: the last reminder. */
export interface LastReminderEmail extends TurnFrame {
  readonly kind: 'last_reminder';
  readonly answered: number;
  readonly total: number;
  readonly openQuestions: readonly Question[];
  /** Whole days from today to the deadline's date; 1 is "tomorrow", 0 is "today". */
  readonly daysLeft: number;
}

/** M6: the copy of what was received. */
export interface ReceiptEmail extends CaseFrame {
  readonly kind: 'receipt';
  readonly receivedOn: Day;
  readonly answers: readonly AnsweredQuestion[];
  /** How many boxes "for reviewers only" were filled; the email does not repeat their text. */
  readonly reviewersOnly: number;
  /** The day by which the reviewers' first look is due; null: not known. */
  readonly nextBy: Day | null;
  /** Page for "I did not send this". Null: the text asks to write to the mailbox. */
  readonly notMeUrl: string | null;
}

interface DecisionFrame extends CaseFrame {
  readonly kind: 'decision';
  readonly decidedOn: Day;
  /** The public reason of the whole; null: none was given. */
  readonly reason: string | null;
  readonly sections: readonly SectionResult[];
}

/** M9: the result. An approved review gives the listing a date; a privacy decision never touches it. */
export type DecisionEmail =
  | (DecisionFrame & {
      readonly variant: 'approved';
      readonly review: 'annual_review' | 'reopened';
      readonly validUntil: Day;
      /** The day on which the next review opens. */
      readonly nextReview: Day;
    })
  | (DecisionFrame & NowListed)
  | (DecisionFrame & { readonly variant: 'approved'; readonly review: 'privacy' | 'concern' })
  | (DecisionFrame & {
      readonly variant: 'ineligible';
      /** Until then the review can be opened again; null: it can not. */
      readonly reopenUntil: Day | null;
      /** Until then the owner can appeal; null: they can not. */
      readonly appealUntil: Day | null;
    });

/** M10: the case ended without a decision of reviewers. */
export interface ClosedEmail extends CaseFrame {
  readonly kind: 'closed';
  readonly variant: 'unanswered' | 'withdrawn' | 'closed_elsewhere' | 'removed' | 'abandoned';
  readonly closedOn: Day;
  /** What the end did to the listing; of a nomination, there is none. */
  readonly listing: 'removed' | 'unchanged' | 'none';
  /** Listing date as it now is, for `closed_elsewhere`; null: not known. */
  readonly validUntil: Day | null;
  /** The public reason; null: none was given. */
  readonly reason: string | null;
  /** Until then the review can be opened again; null: it can not. */
  readonly reopenUntil: Day | null;
}

/** A row ended refused or late after "received" was said. */
export interface NotTakenEmail extends CaseFrame {
  readonly kind: 'not_taken';
  readonly what: 'answers' | 'request';
  readonly receivedOn: Day;
  /** The sentence of the outcome. */
  readonly sentence: string;
  /** True: the text is kept as a draft. */
  readonly draftKept: boolean;
  /** The deadline, if it is the owner's turn and the text can be sent again; null: it can not. */
  readonly sendAgainBy: Day | null;
  /** That day is over. */
  readonly passed: boolean;
}

/** Answers a request of an owner. */
export interface RequestAnsweredEmail extends CaseFrame {
  readonly kind: 'request_answered';
  readonly request: 'more_time' | 'withdrawal' | 'not_me' | 'answered_elsewhere';
  readonly answer: 'granted' | 'refused';
  readonly reason: string | null;
  /** The deadline as it now is; null: no answer is expected from this person. */
  readonly deadline: Day | null;
  /** That day is over. */
  readonly passed: boolean;
}

/** A new link was asked for. */
export interface LinkEmail extends CaseFrame {
  readonly kind: 'link';
  /** Whose move it is, and the deadline if it is the owner's. */
  readonly turn: 'owner' | 'other' | 'ended';
  readonly deadline: Day | null;
  /** That day is over. */
  readonly passed: boolean;
  /** True if the links of earlier emails no longer work. */
  readonly replaced: boolean;
}

/** To a colleague who may fill in the form and never sends. */
export interface ColleagueInvitedEmail extends CaseFrame {
  readonly kind: 'colleague_invited';
  /** Of the owner's turn; null: it is not that, or no date runs yet. */
  readonly deadline: Day | null;
  /** That day is over. */
  readonly passed: boolean;
}

/** Why something waits for staff. */
export type AttentionWord = Attention;

/** The staff's daily list: references and reasons, nothing personal. */
export interface StaffListEmail extends EmailFrame {
  readonly kind: 'staff_list';
  readonly today: Day;
  /** Oldest first. */
  readonly waiting: readonly {
    readonly reference: string;
    readonly reasons: readonly AttentionWord[];
    readonly since: Day;
  }[];
  /** How many products people suggest; null: none. */
  readonly suggested: { readonly waiting: number; readonly oldest: Day } | null;
  /** How many wait in all, if the list was cut; at least its length. */
  readonly total: number;
  /** The command that shows them: `perennial status`. */
  readonly command: string;
}

export type EmailContent =
  | StartEmail
  | ConcernEmail
  | PromptEmail
  | ReminderEmail
  | LastReminderEmail
  | ReceiptEmail
  | ClarificationEmail
  | ClarificationReminderEmail
  | NoticeEmail
  | NoticeReminderEmail
  | DecisionEmail
  | AppealReceivedEmail
  | ReconsideredEmail
  | AppealDecidedEmail
  | ClosedEmail
  | NotTakenEmail
  | RequestAnsweredEmail
  | LinkEmail
  | ColleagueInvitedEmail
  | EmailToOurs
  | StaffListEmail;

export type EmailKind = EmailContent['kind'];

/** An email as it is stored and handed over. */
export interface Email {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** A complete document. */
  readonly html: string;
}
