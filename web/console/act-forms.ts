/** What staff can do to a case now, each with what follows. The rules decide; forms that make no sense are not shown. */
import { NEED_REASON, type StaffAct } from '../../client/staff-acts.js';
import type { Attention, Ended, RequestWord, Review } from '../../domain/case.js';
import type { Kind } from '../../domain/policy.js';
import { takesOffList } from '../../domain/removing.js';
import { seatAskedIn } from '../../domain/seats.js';
import type { Concern } from '../../prisma/concerns.js';
import type { NeedReason } from '../../prisma/read-needs.js';
import type { ProductFacts } from './product-facts.js';

export type ActWord = StaffAct['is'];

/** A form that acts. */
export interface ActForm {
  /** Tells it from the other forms of the page. */
  readonly id: string;
  readonly is: ActWord;
  /** The request that it answers. */
  readonly request?: RequestWord;
  /** Also what may have arrived is sent again. */
  readonly unknown?: true;
  readonly title: string;
  /** What it does, and who is told. */
  readonly follows: string;
  readonly button: string;
  /** The concern that it answers. */
  readonly concern?: Concern;
  readonly asks: readonly ('until' | 'days' | 'to' | 'level' | 'sections')[];
  /** What the reason is called, and who reads it, where that is not the owner. */
  readonly reason?: { readonly label: string; readonly hint: string };
  readonly publicReason: 'needed' | 'optional' | 'none';
  /** The reason why a human must look that it helps against; null: it is among the other acts. */
  readonly helps: NeedReason | null;
}

/** The acts that make sense for a case as it is. */
export function actsNow(facts: Pick<ProductFacts, 'line' | 'review' | 'reviewedSince'>): readonly ActForm[] {
  const { line, review } = facts;
  if (!line.open || review === null) return asleepActs(facts);
  const helping = (form: ActForm, ...reasons: readonly Attention[]): ActForm => {
    const helps = reasons.find((reason) => line.attention.includes(reason)) ?? null;
    return { ...form, helps };
  };
  const { state, turn, claim, requests, kind } = review;
  const begun = turn !== null && state === turn.of && turn.deadline !== null;
  const again = helping(resend, 'silence', 'undeliverable', 'bounced', 'no_contact');
  return [
    ...requests.flatMap((request) => [grantOf(request.kind, kind), refuseOf(request.kind)]),
    ...(begun ? [helping(extend, 'silence', 'refused_row')] : []),
    ...(line.attention.includes('silence') ? [expireOf(review)] : []),
    ...(again.helps === null ? [] : [again]),
    ...(line.attention.includes('unknown_handover') ? [resendUnknown] : []),
    ...(claim !== null && seatAskedIn(state) !== null ? [helping(handOver, 'reviewer_late')] : []),
    ...(line.attention.includes('stuck') ? [release] : []),
    // What was never sent is withdrawn, not closed.
    ...(state === 'draft' ? [] : [helping(closingOf(kind), 'elsewhere')]),
    withdrawOf(kind),
  ];
}

function asleepActs({ line, review, reviewedSince }: Parameters<typeof actsNow>[0]): readonly ActForm[] {
  const { removedOn, attention, listed } = line;
  return [
    ...(attention.includes('stuck') ? [release] : []),
    // A nomination is not reviewed again: its product has its reviews in a case of its own.
    ...(removedOn !== null ? [reopening] : listed ? [opening] : []),
    ...(review?.state === 'approved' && !reviewedSince ? [reconsideration] : []),
  ];
}

export function formOf(
  given: Pick<ActForm, 'is' | 'title' | 'follows' | 'button'> &
    Partial<Pick<ActForm, 'id' | 'asks' | 'request' | 'unknown' | 'concern' | 'reason'>>,
  helps: NeedReason | null = null,
): ActForm {
  const { is } = given;
  const optional = is === 'grant' || is === 'extend';
  const publicReason = NEED_REASON.includes(is) ? 'needed' : optional ? 'optional' : 'none';
  return { id: is.replaceAll('_', '-'), asks: [], publicReason, helps, ...given };
}

const STAYS = 'The product stays on the list.';
const NOT_LISTED = 'The product is not listed.';

/** What an end of a review does to the list. What is nominated is not on it. */
function leaves(kind: Kind, result: Ended): string {
  if (kind === 'nomination') return NOT_LISTED;
  return takesOffList({ kind, result }) ? 'The product leaves the list.' : STAYS;
}

const opening = formOf({
  is: 'open',
  title: 'Open a review',
  follows: 'An annual review opens if its date is near or past, else the privacy questions. The owner gets an email.',
  button: 'Open a review',
});
const reopening = formOf({
  is: 'reopen',
  title: 'Reopen the last review',
  follows: 'The owner gets an email and can answer again. The product stays off the list until it is decided.',
  button: 'Reopen the review',
});
const reconsideration = formOf({
  is: 'reconsider',
  title: 'Look at the approval again',
  follows: 'Reviewers decide anew, in a new round. The product stays on the list, with its date, until they do.',
  button: 'Have it looked at again',
  asks: ['level'],
});
const extend = formOf({
  is: 'extend',
  title: 'Give more time',
  follows: 'Everybody who is asked is told the new deadline by email.',
  button: 'Move the deadline',
  asks: ['until'],
});
const resend = formOf({
  is: 'resend',
  title: 'Write again',
  follows: 'Emails that the mail server refused go once more, so far as they are still true.',
  button: 'Send them again',
});
const resendUnknown = formOf(
  {
    ...{ is: 'resend', id: 'resend-unknown', unknown: true },
    title: 'Send again what may not have arrived',
    follows: 'Ask the log of the mail server first: if it took the email, its reader gets it twice.',
    button: 'Send it again',
  },
  'unknown_handover',
);
const handOver = formOf({
  is: 'hand_over',
  title: 'Hand the case to another reviewer',
  follows: 'The other reviewer has it from then on, with what is known of it.',
  button: 'Hand it over',
  asks: ['to'],
});
const release = formOf(
  {
    is: 'release',
    title: 'Let it go on',
    follows: 'What was set aside is tried again. Do this when its cause is gone: the log of the worker names it.',
    button: 'Try it again',
  },
  'stuck',
);

function closingOf(kind: Kind): ActForm {
  return formOf({
    is: 'close',
    title: 'Close the review: it was decided elsewhere',
    follows: `The review ends. ${kind === 'nomination' ? NOT_LISTED : STAYS} The owner is told.`,
    button: 'Close the review',
  });
}

function expireOf({ state, kind }: Review): ActForm {
  if (state === 'notice') {
    return formOf(
      {
        is: 'expire',
        title: 'Let the reviewers decide',
        follows: 'The case goes back to the reviewers without a reply. Nothing is decided by this.',
        button: 'Let the reviewers decide',
      },
      'silence',
    );
  }
  const follows = `The review ends as closed without an answer. ${leaves(kind, 'unanswered')} The owner is told.`;
  const words = { title: 'Close it without an answer', button: 'Close it without an answer' };
  return formOf({ is: 'expire', follows, ...words }, 'silence');
}

function withdrawOf(kind: Kind): ActForm {
  return formOf({
    is: 'withdraw',
    title: 'Withdraw the product, as its owner wishes',
    follows: `The review ends as withdrawn. ${leaves(kind, 'withdrawn')} The owner is told.`,
    button: 'Withdraw the product',
  });
}

function grantOf(request: RequestWord, kind: Kind): ActForm {
  const words: Readonly<Record<RequestWord, Pick<ActForm, 'title' | 'follows' | 'button'>>> = {
    more_time: {
      title: 'Grant more time',
      follows: 'The owner is told the new deadline by email.',
      button: 'Grant more time',
    },
    withdrawal: {
      title: 'Grant the withdrawal',
      follows: `The review ends as withdrawn. ${leaves(kind, 'withdrawn')} The owner is told.`,
      button: 'Grant the withdrawal',
    },
    not_me: {
      title: 'Ask somebody else',
      follows: 'Their link ends and they are told. If nobody else is a contact, the case waits for one.',
      button: 'Ask them no more',
    },
    answered_elsewhere: {
      title: 'Close the review',
      follows: 'The review ends as decided elsewhere. The owner is told.',
      button: 'Close the review',
    },
  };
  const asks = request === 'more_time' ? (['days'] as const) : [];
  return formOf(
    { is: 'grant', id: `grant-${request.replaceAll('_', '-')}`, request, asks, ...words[request] },
    'request',
  );
}

function refuseOf(request: RequestWord): ActForm {
  return formOf(
    {
      ...{ is: 'refuse', id: `refuse-${request.replaceAll('_', '-')}`, request },
      title: 'Refuse it',
      follows: 'The owner is told why by email, and has at least 7 days more.',
      button: 'Refuse the request',
    },
    'request',
  );
}
