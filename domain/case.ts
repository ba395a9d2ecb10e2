import type { StandIn } from './absence.js';
import type { Appeal } from './appeal.js';
import type { Scope } from './answers.js';
import type { Clock } from './clock.js';
import type { Day, Instant } from './calendar.js';
import type { LostEmail } from './effect.js';
import type { Kind, Level, Policies, Policy, Seat } from './policy.js';
import type { ColleagueFacts } from './colleagues.js';
import type { ConcernFacts } from './concern.js';
import type { Consultation, ExpertFacts } from './consultation.js';
import type { HeldVerdict } from './held-verdict.js';
import type { SectionId } from './standard.js';

/** The states of an application (design: the life of an application). */
export type ReviewState =
  | 'draft'
  | 'owner'
  | 'l1'
  | 'l2'
  | 'consultation'
  | 'clarification'
  | 'notice'
  | 'decided'
  | 'appeal'
  | Ended;
export type Ended =
  | 'approved'
  | 'ineligible'
  | 'withdrawn'
  | 'unanswered'
  | 'removed'
  | 'superseded'
  | 'closed_elsewhere'
  | 'abandoned';

export const ENDED: readonly ReviewState[] = [
  'approved',
  'ineligible',
  'withdrawn',
  'unanswered',
  'removed',
  'superseded',
  'closed_elsewhere',
  'abandoned',
];

export type WaitingOn = 'owner' | 'l1' | 'l2' | 'appeal' | 'expert' | 'secretariat' | 'mail' | 'nobody';
export type Attention =
  | 'no_contact'
  | 'undeliverable'
  | 'bounced'
  | 'unknown_handover'
  | 'mail_mode'
  | 'refused_row'
  | 'request'
  | 'silence'
  | 'reviewer_late'
  | 'no_reviewer'
  | 'concern'
  | 'stuck'
  | 'elsewhere';

/** Something that falls due. `id` is unique among the entries that the case ever had. */
export interface Entry {
  readonly id: string;
  readonly what:
    | 'open'
    | 'mail_late'
    | 'reminder'
    | 'deadline'
    | 'reviewers'
    | 'watch'
    | 'staff'
    | 'commit'
    | 'forget'
    | 'abandon'
    | 'concern'
    | 'wave'
    | 'follow'
    | 'expert'
    | 'expert_reminder';
  readonly due: Instant;
  readonly for: WaitingOn;
  /** The section about which an expert is asked; those of accepted concerns that wait until the open review has ended. */
  readonly section?: SectionId;
  readonly sections?: readonly SectionId[];
  /** Which of how many, for reminders. */
  readonly nth?: number;
  readonly of?: number;
  /** Set aside as stuck: it is not acted on until someone releases it. */
  readonly aside?: true;
}

export type RequestWord = 'more_time' | 'withdrawal' | 'not_me' | 'answered_elsewhere';

/** What an owner asked for and staff have not answered. */
export interface OpenRequest {
  readonly row: number;
  /** The recipient who asked; null: not known. */
  readonly by: number | null;
  readonly kind: RequestWord;
  readonly at: Instant;
}

/** A turn of the owner: it begins when the mail server took its first email. */
export interface Turn {
  /** Counts the owner's turns of the application, the machine's clarification included. */
  readonly number: number;
  readonly of: 'draft' | 'owner' | 'clarification' | 'notice';
  /** Whose act opened it. */
  readonly by: 'start' | 'reviewer' | 'machine' | 'reopening';
  readonly askedAt: Instant;
  /** Null while we wait on the mail server. */
  readonly begunAt: Instant | null;
  readonly days: number;
  readonly deadline: Day | null;
  /** While a request is open the clock stands: milliseconds that were left. */
  readonly stoppedWith: number | null;
  /** Silence was put before the secretariat. */
  readonly silent: boolean;
  /** Why nothing was handed over, once that needs a human. */
  readonly trouble: Extract<Attention, 'undeliverable' | 'unknown_handover' | 'mail_mode'> | null;
}

export type SectionWord = 'meets' | 'clarify' | 'does_not_meet';
export interface SectionVerdict {
  readonly section: SectionId;
  readonly verdict: SectionWord;
  /** For owner and public. Required unless it meets. */
  readonly publicReason: string;
  /** For the owner alone, in the email that asks again or gives notice. */
  readonly noteToOwner?: string;
  /** For reviewers only. */
  readonly internalReason: string;
}
export interface GivenVerdict {
  readonly level: Seat;
  readonly round: number;
  readonly by: string;
  /** Who has the case, where a deputy gave it; absent: nobody else. */
  readonly for?: string;
  readonly answersVersion: number;
  readonly sections: readonly SectionVerdict[];
}

/** A reviewer who took the case for the level that is asked now. */
export interface Claim {
  readonly by: string;
  readonly at: Instant;
  /** The day until which the reviewer set it aside; null: it is being worked on. */
  readonly aside: Day | null;
}

/** The state of the machine: what an application is, without texts of people. */
export interface Review {
  readonly reference: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly openedAt: Instant;
  readonly policy: Policy;
  readonly state: ReviewState;
  readonly since: Instant;
  /** Lasts until a person's act passes the turn. */
  readonly round: number;
  readonly asks: Scope;
  /** The sections that concerns are about; absent: it is no review of concerns. */
  readonly about?: readonly SectionId[];
  readonly turn: Turn | null;
  readonly answersVersion: number;
  readonly answersBy: 'owner' | 'machine' | null;
  readonly verdicts: readonly GivenVerdict[];
  /** Level to which a clarification or a notice returns. */
  readonly askedBy: Level | null;
  /** Who reviews it now; null: it is in the pool, or no reviewer is asked. */
  readonly claim: Claim | null;
  /** The sections whose owner was told that they are going to fail, and had time to reply. */
  readonly noticed: readonly SectionId[];
  readonly clarifications: number;
  /** The newest question to experts, also when it is closed; null: none was asked. */
  readonly consultation: Consultation | null;
  readonly requests: readonly OpenRequest[];
  /** What is decided: a verdict that decides, also while it can be undone. */
  readonly result: 'approved' | 'ineligible' | null;
  /** A verdict that can be undone and decides nothing; null: there is none. */
  readonly held: HeldVerdict | null;
  /** What was left of the reviewers' time when the newest verdict was held, in milliseconds; null: it was over. */
  readonly heldWith?: number | null;
  readonly reviewersLate: boolean;
  readonly refusedRow: boolean;
  /** A later approval made elsewhere that staff must look at. */
  readonly elsewhere: boolean;
  readonly reopened: boolean;
  /** The one appeal that its owner made; it stays when it was heard. */
  readonly appeal: Appeal | null;
  /** Nobody of the reviewers may hear the appeal. */
  readonly unheard: boolean;
  /** An approval is looked at again: another one keeps the date that the first one gave. */
  readonly reconsidered: boolean;
}

/** What the registry says of the product. */
export interface ListingState {
  readonly slug: string;
  /** Not listed yet: a nominee, or a candidate, which has passed the first level and has its slug. Absent: listed. */
  readonly nominated?: 'nominee' | 'candidate';
  readonly dpgId: string | null;
  readonly validUntil: Day | null;
  readonly approvedOn: Day | null;
  readonly removedOn: Day | null;
  readonly removedBecause: Ended | null;
  readonly opensByItself: boolean;
  readonly decidedHereAt: Instant | null;
}

/** A case as a step sees it. */
export interface CaseRecord {
  readonly id: string;
  readonly listing: ListingState;
  /** The newest application, open or ended. */
  readonly review: Review | null;
  readonly agenda: readonly Entry[];
  /** Causes of all applications so far. */
  readonly causes: readonly string[];
  readonly ended: boolean;
  /** A row of the case that was set aside. */
  readonly stuck: boolean;
  /** How many concerns about the product wait for staff; absent: none. */
  readonly concerns?: number;
}

/** What stands between a reviewer and a case. */
export interface ReviewerFacts {
  /** Declared a conflict of interest with the product, once and for all. */
  readonly conflict: boolean;
  /** Is a contact of the product. */
  readonly ownProduct: boolean;
  /** How many other cases the reviewer has taken and not given back. */
  readonly holds: number;
  /** Gave a verdict in this review before, at a level; also one that counts no more. */
  readonly judged: boolean;
  /** Whether they have a role for what is asked now. Commands may name a `stranger`, who is none of ours. */
  readonly role: 'has' | 'has_not' | 'stranger';
  /** The last day on which the reviewer is away; null: they are here. */
  readonly awayUntil: Day | null;
}

/** A reviewer in whose way nothing stands. */
export const FREE: ReviewerFacts = {
  conflict: false,
  ownProduct: false,
  holds: 0,
  judged: false,
  role: 'has',
  awayUntil: null,
};

/** What the rules may ask of the records beside the case itself. Read inside the step's transaction. */
export interface Facts extends ConcernFacts {
  readonly now: Instant;
  readonly clock: Clock;
  /** Addresses that can be written to, in order; primary first. Recipients while open, contacts before. */
  readonly reachable: readonly number[];
  /** A first email of this turn is for a recipient who can be written to, and was neither refused nor skipped. */
  readonly asked: boolean;
  /** This turn's emails: first and reminders taken by the mail server, none came back. */
  readonly firstTaken: boolean;
  readonly remindersTaken: number;
  readonly cameBack: boolean;
  /** Why the turn's first email still waits. */
  readonly firstWaits: 'mail_mode' | 'unknown' | 'refused' | 'waits' | null;
  /** The latest deadline that an email of this turn stated. */
  readonly stated: Day | null;
  readonly draftSaved: boolean;
  /** Of a nomination: the day on which its draft was saved last; null: none was, or it is another kind. */
  readonly draftSavedOn: Day | null;
  /** Mandatory visible questions without an answer, if last year's answers were sent as they are. */
  readonly missingOnFile: readonly string[];
  /** The policies that a review which opens now starts with; the product's own where none can open. */
  readonly policies: Policies;
  /** Of the reviewer whose row it is, or to whom it hands the case. */
  readonly reviewer: ReviewerFacts;
  /** Who stands in for the reviewer who has the case; null: they are here, or nobody has it. */
  readonly standIn: StandIn | null;
  /** Who may take the case, while nobody has it; read only when they are to be told. */
  readonly takers: readonly string[];
  /** How many reviewers may hear the appeal; read only while there is one, or one comes in. */
  readonly hearers: number;
  /** Of a nomination: its product had a review of its own since; read only before it is looked at again. */
  readonly reviewedSince: boolean;
  /** Of experts whom a question names, and of the one whose row it is. */
  readonly experts: ExpertFacts;
  readonly colleagues: ColleagueFacts;
  /** The privacy set has an answer here, or the gate says that there is no personal data to ask about. */
  readonly privacyOnFile: boolean;
  /** What a command of staff to send again is about; nothing is read for any other event. */
  readonly lost: readonly LostEmail[];
}
