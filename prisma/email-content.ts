import type { PersonalEmailKind } from '../domain/effect.js';
import type { ConcernEmail, EmailContent, EmailKind, StartEmail } from '../mail/content.js';
import {
  clarificationOf,
  clarificationReminderOf,
  lastReminderOf,
  noticeOf,
  noticeReminderOf,
  promptOf,
  reminderOf,
} from './email-asking.js';
import { appealDecidedOf, appealReceivedOf, reconsideredOf } from './email-appeals.js';
import {
  closedOf,
  colleagueInvitedOf,
  decisionOf,
  linkOf,
  notTakenOf,
  receiptOf,
  requestAnsweredOf,
} from './email-telling.js';
import type { Letter } from './letter.js';

type CaseEmailKind = Exclude<EmailKind, 'staff_list' | StartEmail['kind'] | ConcernEmail['kind'] | PersonalEmailKind>;

const kinds: Readonly<Record<CaseEmailKind, (letter: Letter) => Promise<EmailContent>>> = {
  prompt: promptOf,
  reminder: reminderOf,
  last_reminder: lastReminderOf,
  receipt: receiptOf,
  clarification: clarificationOf,
  clarification_reminder: clarificationReminderOf,
  notice: noticeOf,
  notice_reminder: noticeReminderOf,
  decision: decisionOf,
  appeal_received: appealReceivedOf,
  reconsidered: reconsideredOf,
  appeal_decided: appealDecidedOf,
  closed: closedOf,
  not_taken: notTakenOf,
  request_answered: requestAnsweredOf,
  link: linkOf,
  colleague_invited: colleagueInvitedOf,
};

/**
 * What an email of a case says, from the records as they now are. Throws if its kind is unknown, or if the records do
 * not hold what its text needs.
 */
export async function contentOf(letter: Letter): Promise<EmailContent> {
  const { kind } = letter.email;
  if (!isKind(kind)) throw new Error(`an email of a kind that has no text: ${kind}`);
  return kinds[kind](letter);
}

function isKind(kind: string): kind is CaseEmailKind {
  return Object.hasOwn(kinds, kind);
}
