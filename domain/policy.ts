/** The kinds of review. */
export type Kind = 'nomination' | 'annual_review' | 'privacy' | 'concern';
export type Level = 'l1' | 'l2';
/** As what somebody gives a verdict: for a level, or on an appeal against what the levels decided. */
export type Seat = Level | 'appeal';
/** How the verdicts of the levels become a decision. */
export type VerdictRule = 'l1_only' | 'l2_decides' | 'both_agree';

/**
 * The periods and rules of the procedure, as data. A case keeps the policy it started with
 * until someone moves it. All periods are whole days of case time unless named otherwise.
 */
export interface Policy {
  /** How long the owner has, from the moment the mail server took the first email. */
  readonly ownerDays: number;
  /** Days before the deadline's date on which a reminder goes; the last one is M5. */
  readonly reminders: readonly number[];
  readonly clarificationDays: number;
  readonly clarificationLimit: { readonly least: number; readonly most: number };
  readonly clarificationReminderEvery: number;
  /** How long the owner has to reply before an "ineligible" is decided; 0: it is decided without notice. */
  readonly noticeDays: number;
  /** A reopened review asks again for so long. */
  readonly reopenedDays: number;
  readonly levels: readonly Level[];
  readonly rule: VerdictRule;
  /** One reviewers' clock for each level. */
  readonly levelDays: number;
  /** A decision can be undone for so long before it takes effect; 0: it takes effect at once. */
  readonly holdMinutes: number;
  /** What silence means at the deadline of the owner's turn. */
  readonly silence: 'submit_previous' | 'secretariat' | 'end';
  /** An email that no mail server took so long after its sending time needs a human. */
  readonly notTakenAfter: number;
  /** When the secretariat is reminded of what waits for it: first after, then every. */
  readonly staffFirst: number;
  readonly staffEvery: number;
  /** After an answered request at least so long remains. */
  readonly atLeast: number;
  /** Rounds of clarification that need no reason. */
  readonly clarifications: number;
  /** So long after an "ineligible" its owner can appeal; 0: not at all. */
  readonly appealDays: number;
  /** An expert says so soon whether they answer; then the next one is asked. */
  readonly consultationAcceptDays: number;
  /** An expert who accepted has so long to answer, and is reminded after so long. */
  readonly consultationDays: number;
  readonly consultationReminderAfter: number;
  /** So many days before the limit of a level its reviewer is reminded, and so many after it the case is free again. */
  readonly remindBefore: number;
  readonly giveBackAfter: number;
  /** A case that nobody has taken for so many days is told to all who may take it; 0: never. */
  readonly callAfter: number;
}

/** What policies have that reviews were not given which opened before these words were. */
export const ADDED_POLICY: Pick<
  Policy,
  | 'appealDays'
  | 'consultationAcceptDays'
  | 'consultationDays'
  | 'consultationReminderAfter'
  | 'remindBefore'
  | 'giveBackAfter'
  | 'callAfter'
> = {
  appealDays: 30,
  consultationAcceptDays: 3,
  consultationDays: 10,
  consultationReminderAfter: 5,
  remindBefore: 3,
  giveBackAfter: 3,
  callAfter: 7,
};

/** Days before valid-until on which an annual review opens by itself (POL25). */
export const OPENS_BEFORE = 60;
/** A wake opens an annual review if valid-until lies at most so far ahead, else a privacy case. */
export const ANNUAL_WITHIN = 180;
/** A removed product's review can be reopened for so long: nine of ten observed returns came within 201 days. */
export const REOPEN_WITHIN = 210;
/** Privacy answers accepted so recently count as given in an annual review. */
export const PRIVACY_FRESH = 180;
/** From this day on the privacy set was part of every new approval (DPGA, 2025-09-11). */
export const PRIVACY_SET_SINCE = '2025-09-11';
/** A decision made here so recently is not ended by one made elsewhere. */
export const DECIDED_LATELY = 30;
/** A reviewer holds at most so many cases at once. */
export const CLAIMS_AT_ONCE = 5;
/** A nomination's case stays so long after its end. */
export const NOMINATION_STAYS = 30;
/** A draft whose last reminder no mail server took is kept so much longer. */
export const DRAFT_STAYS = 14;
/** A campaign opens at most so many cases a day unless it is told otherwise. */
export const CASES_A_DAY = 25;

const annualReview: Policy = {
  ownerDays: 60,
  reminders: [30, 14, 7, 1],
  clarificationDays: 30,
  clarificationLimit: { least: 15, most: 90 },
  clarificationReminderEvery: 7,
  noticeDays: 14,
  reopenedDays: 60,
  levels: ['l1', 'l2'],
  rule: 'l2_decides',
  levelDays: 14,
  holdMinutes: 10,
  silence: 'submit_previous',
  notTakenAfter: 3,
  staffFirst: 7,
  staffEvery: 14,
  atLeast: 7,
  clarifications: 1,
  ...ADDED_POLICY,
};

/** The policy that a new case of each kind starts with. */
export type Policies = Readonly<Record<Kind, Policy>>;

/** The policies where nobody chose others. */
export const policies: Policies = {
  annual_review: annualReview,
  privacy: { ...annualReview, levels: ['l1'], rule: 'l1_only', silence: 'end' },
  // Of a draft: reminders 7, 14 and 28 days after it was begun, and a last one before it is given up.
  nomination: { ...annualReview, ownerDays: 90, reminders: [83, 76, 62, 7], silence: 'secretariat' },
  concern: { ...annualReview, silence: 'secretariat' },
};

/** What an installation chose instead, by kind. */
export type PolicyChoices = Readonly<Partial<Record<Kind, Partial<Policy>>>>;

/** The policies of an installation. */
export function policiesWith(choices: PolicyChoices): Policies {
  return {
    nomination: { ...policies.nomination, ...choices.nomination },
    annual_review: { ...policies.annual_review, ...choices.annual_review },
    privacy: { ...policies.privacy, ...choices.privacy },
    concern: { ...policies.concern, ...choices.concern },
  };
}
