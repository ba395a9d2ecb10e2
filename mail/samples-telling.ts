import { CODE_PLACEHOLDER } from '../domain/sign-in-code.js';
import type { AttentionWord, EmailContent } from './content.js';
import { frame, openwise } from './sample-frame.js';

const decided = { ...openwise, kind: 'decision', decidedOn: '2027-02-10', reason: null, sections: [] } as const;

export const decisions = {
  'decision-approved-annual-review': {
    ...decided,
    variant: 'approved',
    review: 'annual_review',
    validUntil: '2028-02-10',
    nextReview: '2027-12-12',
    sections: [
      { label: '2. Open licence', result: 'meets', reason: null },
      {
        label: '9a. Data privacy and security',
        result: 'meets',
        reason: 'The privacy policy names every use of the data.',
      },
    ],
  },
  'decision-approved-reopened': {
    ...decided,
    variant: 'approved',
    review: 'reopened',
    validUntil: '2028-02-10',
    nextReview: '2027-12-12',
  },
  'decision-approved-nomination': {
    ...decided,
    variant: 'approved',
    review: 'nomination',
    validUntil: '2028-02-10',
    nextReview: '2027-12-12',
    dpgId: 'DPG-2026-7Q2MK',
    page: 'https://reviews.dpga.example/r/openwise',
  },
  'decision-ineligible-nomination': {
    ...decided,
    variant: 'ineligible',
    review: 'nomination',
    sections: [{ label: '2. Open licence', result: 'does_not_meet', reason: 'The repository states no open licence.' }],
    reopenUntil: null,
    appealUntil: '2027-03-12',
  },
  'decision-approved-concern': { ...decided, variant: 'approved', review: 'concern' },
  'decision-approved-privacy': { ...decided, variant: 'approved', review: 'privacy' },
  'decision-ineligible-annual-review': {
    ...decided,
    variant: 'ineligible',
    review: 'annual_review',
    reason: 'The licence changed to one that is not open.',
    sections: [{ label: '2. Open licence', result: 'does_not_meet', reason: 'The repository states no open licence.' }],
    reopenUntil: '2027-09-08',
    appealUntil: '2027-03-12',
  },
  'decision-ineligible-privacy': {
    ...decided,
    variant: 'ineligible',
    review: 'privacy',
    reopenUntil: null,
    appealUntil: null,
  },
} as const satisfies Record<string, EmailContent>;

const closing = {
  ...openwise,
  kind: 'closed',
  review: 'annual_review',
  closedOn: '2027-03-01',
  validUntil: null,
  reason: null,
} as const;

export const ends = {
  'closed-unanswered': { ...closing, variant: 'unanswered', listing: 'removed', reopenUntil: '2027-09-27' },
  'closed-unanswered-privacy': {
    ...closing,
    variant: 'unanswered',
    review: 'privacy',
    listing: 'unchanged',
    reopenUntil: null,
  },
  'closed-withdrawn-nomination': {
    ...closing,
    variant: 'withdrawn',
    review: 'nomination',
    listing: 'none',
    reopenUntil: null,
  },
  'closed-abandoned': { ...closing, variant: 'abandoned', review: 'nomination', listing: 'none', reopenUntil: null },
  'closed-removed-nomination': {
    ...closing,
    variant: 'removed',
    review: 'nomination',
    listing: 'none',
    reason: 'It is an advertisement, not a nomination.',
    reopenUntil: null,
  },
  'closed-withdrawn': {
    ...closing,
    variant: 'withdrawn',
    listing: 'removed',
    reason: 'The product is no longer developed.',
    reopenUntil: '2027-09-27',
  },
  'closed-elsewhere': {
    ...closing,
    variant: 'closed_elsewhere',
    listing: 'unchanged',
    validUntil: '2028-02-27',
    reopenUntil: null,
  },
  'closed-removed': {
    ...closing,
    variant: 'removed',
    listing: 'removed',
    reason: 'The product breaks the code of conduct.',
    reopenUntil: null,
    language: 'es',
  },
} as const satisfies Record<string, EmailContent>;

export const answersToPeople = {
  'not-taken-refused': {
    ...openwise,
    kind: 'not_taken',
    review: 'annual_review',
    what: 'answers',
    receivedOn: '2027-01-04',
    sentence: 'Somebody else sent answers for this round before yours.',
    draftKept: true,
    sendAgainBy: '2027-01-23',
    passed: false,
  },
  'not-taken-passed': {
    ...openwise,
    kind: 'not_taken',
    review: 'annual_review',
    what: 'answers',
    receivedOn: '2027-01-24',
    sentence: 'Some questions have no answer yet.',
    draftKept: true,
    sendAgainBy: '2027-01-23',
    passed: true,
  },
  'not-taken-late': {
    ...openwise,
    kind: 'not_taken',
    review: 'privacy',
    what: 'request',
    receivedOn: '2027-01-24',
    sentence: 'The review had ended before your request arrived.',
    draftKept: false,
    sendAgainBy: null,
    passed: false,
  },
  ...requestSamples(),
  'link-owner': {
    ...openwise,
    kind: 'link',
    review: 'annual_review',
    turn: 'owner',
    deadline: '2027-01-23',
    passed: false,
    replaced: false,
  },
  'link-passed': {
    ...openwise,
    kind: 'link',
    review: 'annual_review',
    turn: 'owner',
    deadline: '2027-01-23',
    passed: true,
    replaced: false,
  },
  'link-ended': {
    ...openwise,
    kind: 'link',
    review: 'annual_review',
    turn: 'ended',
    deadline: null,
    passed: false,
    replaced: true,
  },
} as const satisfies Record<string, EmailContent>;

function requestSamples(): Record<string, EmailContent> {
  const asked = { ...openwise, kind: 'request_answered', review: 'annual_review', passed: false } as const;
  const goesOn = {
    answer: 'refused',
    reason: 'The form needs an answer by the owner.',
    deadline: '2027-01-30',
  } as const;
  return {
    'request-more-time-granted': {
      ...asked,
      request: 'more_time',
      answer: 'granted',
      reason: null,
      deadline: '2027-02-20',
    },
    'request-more-time-refused': { ...asked, ...goesOn, request: 'more_time' },
    'request-withdrawal-granted': { ...asked, request: 'withdrawal', answer: 'granted', reason: null, deadline: null },
    'request-withdrawal-refused': { ...asked, ...goesOn, request: 'withdrawal' },
    'request-not-me-granted': { ...asked, request: 'not_me', answer: 'granted', reason: null, deadline: null },
    'request-not-me-refused': { ...asked, ...goesOn, request: 'not_me' },
    'request-answered-elsewhere-granted': {
      ...asked,
      request: 'answered_elsewhere',
      answer: 'granted',
      reason: null,
      deadline: null,
    },
    'request-answered-elsewhere-refused': { ...asked, ...goesOn, request: 'answered_elsewhere' },
  };
}

const start = {
  ...frame,
  ...{ recipientName: 'Amina Diallo', product: 'Openwise', days: 2 },
  ...{ link: openwise.link, checkUrl: 'https://reviews.dpga.example/check' },
} as const;

export const startsOfNominations = {
  'nomination-start': { ...start, kind: 'nomination_start' },
  'suggestion-start': { ...start, kind: 'suggestion_start' },
  'nomination-invitation': { ...start, kind: 'nomination_invitation', days: 30 },
} as const satisfies Record<string, EmailContent>;

export const toReviewers = {
  'reviewer-reminder': {
    ...frame,
    ...{ kind: 'reviewer_reminder', recipientName: 'Ada Okoro', product: 'Openwise', reference: '2026-7Q2MK' },
    ...{ level: 'l1', dueOn: '2027-02-10', passed: false, standsInFor: null },
    ...{ page: 'https://reviews.dpga.example/desk/2026-7Q2MK', checkUrl: 'https://reviews.dpga.example/check' },
  },
  'reviewer-reminder-passed': {
    ...frame,
    ...{ kind: 'reviewer_reminder', recipientName: null, product: 'Openwise', reference: '2026-7Q2MK' },
    ...{ level: 'l2', dueOn: '2027-02-10', passed: true, standsInFor: 'Ada Okoro' },
    ...{ page: 'https://reviews.dpga.example/desk/2026-7Q2MK', checkUrl: 'https://reviews.dpga.example/check' },
  },
  'reviewer-wanted': {
    ...frame,
    ...{ kind: 'reviewer_wanted', recipientName: 'Abe Lindqvist', reference: '2026-7Q2MK' },
    ...{ level: 'l1', since: '2027-02-03' },
    ...{ page: 'https://reviews.dpga.example/desk/2026-7Q2MK', checkUrl: 'https://reviews.dpga.example/check' },
  },
} as const satisfies Record<string, EmailContent>;

const asked = {
  ...frame,
  ...{ recipientName: null, reference: '2026-7Q2MK', section: '9a. Data privacy and security' },
  question: 'The policy keeps phone numbers for ten years.\n\nIs that the minimum for a payment ledger?',
  ...{ page: 'https://reviews.dpga.example/expert/2026-7Q2MK/1/9a', checkUrl: 'https://reviews.dpga.example/check' },
} as const;

export const toExperts = {
  'sign-in-code': {
    ...frame,
    ...{ kind: 'sign_in_code', recipientName: 'Eve Adeyemi', code: CODE_PLACEHOLDER, minutes: 10 },
    ...{ page: 'https://reviews.dpga.example/expert/code', checkUrl: 'https://reviews.dpga.example/check' },
  },
  'expert-asked': { ...asked, kind: 'expert_asked', until: '2027-02-13', days: 10 },
  'expert-reminder': { ...asked, kind: 'expert_reminder', until: '2027-02-20' },
  'expert-called-off': { ...asked, kind: 'expert_called_off', until: '2027-02-20' },
} as const satisfies Record<string, EmailContent>;

const allReasons: readonly AttentionWord[] = [
  'no_contact',
  'undeliverable',
  'bounced',
  'unknown_handover',
  'mail_mode',
  'refused_row',
  'request',
  'silence',
  'reviewer_late',
  'no_reviewer',
  'concern',
  'stuck',
  'elsewhere',
];

export const staffList = {
  ...frame,
  recipientName: null,
  kind: 'staff_list',
  today: '2027-01-12',
  waiting: [
    { reference: '2026-7Q2MK', reasons: ['request', 'silence'], since: '2027-01-04' },
    { reference: '2026-9W4RT', reasons: allReasons, since: '2027-01-11' },
  ],
  total: 5,
  suggested: { waiting: 2, oldest: '2027-01-09' },
  command: 'npm run perennial -- status',
} as const satisfies EmailContent;
