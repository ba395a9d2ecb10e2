/** Why a human must look, for the pages of the secretariat: what to do first, and what follows if nobody does. */
import { attentionWords } from '../../client/words/words.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import type { Need, NeedReason } from '../../prisma/read-needs.js';

export interface ReasonWords {
  /** In a few words, for filters. */
  readonly short: string;
  /** A sentence without its end. */
  readonly why: string;
  /** The one act that comes first. */
  readonly act: string;
  /** What happens if nobody acts. */
  readonly otherwise: string;
}

const LISTED = 'Nothing changes on the list.';

const words: Readonly<Record<NeedReason, Omit<ReasonWords, 'why'>>> = {
  no_contact: {
    short: 'Nobody to ask',
    act: 'Give a contact',
    otherwise: `Nobody is asked and no deadline runs. ${LISTED}`,
  },
  undeliverable: {
    short: 'Not delivered',
    act: 'Give another address',
    otherwise: `The owner may know nothing of it, and nothing expires. ${LISTED}`,
  },
  bounced: {
    short: 'Came back',
    act: 'Give another address',
    otherwise: `The owner may know nothing of it, and nothing expires. ${LISTED}`,
  },
  unknown_handover: {
    short: 'Hand-over unknown',
    act: 'Look at the email',
    otherwise: 'It is never sent again by itself. The owner may have it or not, and nothing expires meanwhile.',
  },
  mail_mode: {
    short: 'Kept by the mail mode',
    act: 'Look at the email',
    otherwise: 'The email stays here and no deadline runs. It goes by itself once operations change the mail mode.',
  },
  refused_row: {
    short: 'Answers refused',
    act: 'See what came in',
    otherwise: 'What the owner wrote is kept as a draft. Their time runs on; after it this comes back to you.',
  },
  request: {
    short: 'Owner asked',
    act: 'Answer the request',
    otherwise: "The owner's time stands still until you answer.",
  },
  silence: {
    short: 'Nobody answered',
    act: 'Give more time, or close it',
    otherwise: `It goes on waiting, and an answer is still taken. ${LISTED}`,
  },
  reviewer_late: {
    short: 'Reviewers late',
    act: 'See who has it',
    otherwise: `The owner waits. ${LISTED}`,
  },
  no_reviewer: {
    short: 'Nobody hears the appeal',
    act: 'See who reviews',
    otherwise: `The appeal waits for somebody who gave no verdict. ${LISTED}`,
  },
  concern: {
    short: 'Concerns',
    act: 'Read the concern',
    otherwise: `Whoever raised it waits for your answer. ${LISTED}`,
  },
  stuck: {
    short: 'Stuck',
    act: 'Let it go on',
    otherwise: 'What was set aside waits, and nothing expires. What comes later goes on.',
  },
  elsewhere: {
    short: 'Approved elsewhere',
    act: 'Compare, then close it',
    otherwise: 'The review goes on here as before.',
  },
  suggestion: {
    short: 'Suggested',
    act: 'Invite its owner, or dismiss it',
    otherwise: 'Nobody is asked, and nothing of it is public.',
  },
  turn: {
    short: 'Your turn',
    act: 'Look at the case',
    otherwise: `It waits. ${LISTED}`,
  },
};

/** All reasons, in the order of the filters. */
export const REASONS: readonly NeedReason[] = [
  'request',
  'silence',
  'undeliverable',
  'bounced',
  'no_contact',
  'unknown_handover',
  'mail_mode',
  'refused_row',
  'reviewer_late',
  'no_reviewer',
  'elsewhere',
  'concern',
  'stuck',
  'suggestion',
  'turn',
];

/** The words of a reason. */
export function reasonWords(reason: NeedReason): ReasonWords {
  if (reason === 'turn') return { ...words[reason], why: 'it is the turn of the secretariat' };
  if (reason === 'suggestion') return { ...words[reason], why: 'somebody suggests this product for the list' };
  return { ...words[reason], why: attentionWords[reason].why };
}

const requestWords: Readonly<Record<string, string>> = {
  more_time: 'for more time',
  withdrawal: 'to withdraw the product',
  not_me: 'not to be asked: it is not for them',
  answered_elsewhere: 'to close it: they answered elsewhere',
};

/** What an owner asked for, in words. */
export function requestInWords(request: string): string {
  return requestWords[request] ?? request.replaceAll('_', ' ');
}

/** Why a human must look at this very thing. */
export function whyOf({ reason, about }: Need): string {
  if (about.is === 'campaign' && reason === 'no_contact') {
    return about.products === 1 ? '1 product has nobody to ask' : `${about.products} products have nobody to ask`;
  }
  if (about.is === 'case' && reason === 'request') {
    return `the owner asked ${about.line.requests.map(requestInWords).join('; and ')}`;
  }
  return reasonWords(reason).why;
}

/** The page on which the first act is. */
export function pathOf({ reason, about }: Need): string {
  if (about.is === 'campaign') {
    return reason === 'no_contact' ? '/console/contacts' : `/console/campaigns/${about.name}`;
  }
  if (about.is === 'suggestion') return `/console/suggestions/${about.id}`;
  const { line } = about;
  if (['no_contact', 'undeliverable', 'bounced'].includes(reason)) return `${productPath(line.slug)}/contacts`;
  return `${casePath(line)}#${reason}`;
}

/** The page of a case. A nomination has its own, by its reference, also when its product is listed and has another one. */
export function casePath({ listed, reference, slug }: Pick<CaseLine, 'listed' | 'reference' | 'slug'>): string {
  return productPath(listed || reference === null ? slug : reference.toLowerCase());
}

/** The page of a product. */
export function productPath(slug: string): string {
  return `/console/products/${slug}`;
}
