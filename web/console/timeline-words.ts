/** What happened to a case, in words for staff. */
import { printShortDay } from '../../adapters/dates.js';
import { kindInWords, resultInWords } from '../../domain/public-words.js';
import type { TimelineRow, TimelineStep } from '../../prisma/read-timeline.js';
import { requestInWords } from './reasons.js';

const rows: Readonly<Record<string, string>> = {
  wake: 'A review was asked for',
  answers: 'The owner sent answers',
  appeal: 'The owner appealed',
  request: 'The owner asked for something',
  link_used: 'The link was used',
  new_link: 'A new link was asked for',
  invite: 'A colleague was invited to draft',
  uninvite: 'A colleague was removed who could draft',
  verdict: 'A verdict',
  claim: 'A reviewer took the case',
  give_back: 'A reviewer gave the case back',
  set_aside: 'A reviewer set the case aside',
  conflict: 'A reviewer declared a conflict of interest',
  hand_over: 'Handed to another reviewer',
  undo: 'A decision was taken back',
  consult: 'Experts were asked',
  call_off: 'The question to experts was called off',
  expert_accept: 'An expert accepted',
  expert_decline: 'An expert declined',
  advice: 'An expert advised',
  grant: 'Granted',
  refuse: 'Refused',
  extend: 'More time',
  resend: 'Sent again',
  expire: 'Closed for silence',
  withdraw: 'Withdrawn',
  close: 'Closed: decided elsewhere',
  reopen: 'Reopened',
  reconsider: 'An approval is looked at again',
  release: 'Let go on',
  concern: 'A concern about the product',
  accept_concern: 'The concern was accepted',
  reject_concern: 'The concern was rejected',
  ask_concern: 'Details of the concern were asked for',
  contact_changed: 'Other contacts',
  listing_changed: 'The registry said something new',
  email_taken: 'The mail server took an email',
  email_refused: 'The mail server refused an email',
  email_unknown: 'Nobody knows whether an email was taken',
};

/** What somebody wanted: "More time: until 8 September 2026". */
export function rowInWords({ kind, facts }: Pick<TimelineRow, 'kind' | 'facts'>): string {
  const { request, until, days, level, to, campaign, section, word, why } = facts;
  const parts = [
    ...(typeof request === 'string' ? [wishInWords(request)] : []),
    ...(typeof until === 'string' ? [`until ${dayInWords(until)}`] : []),
    ...(days === undefined ? [] : [`${days} days`]),
    ...(level === undefined ? [] : [level === 'appeal' ? 'on the appeal' : `level ${String(level).slice(1)}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
    ...(section === undefined ? [] : [`section ${section}`]),
    ...[word, why].flatMap((one) => (typeof one === 'string' ? [one.replaceAll('_', ' ')] : [])),
    ...(campaign === undefined ? [] : [`campaign ${campaign}`]),
  ];
  const what = rows[kind] ?? sentence(kind);
  return parts.length === 0 ? what : `${what}: ${parts.join(', ')}`;
}

const steps: Readonly<Record<string, string>> = {
  opened: 'The review opened',
  concern_raised: 'A concern waits for staff',
  concern_answered: 'The concern was answered',
  turn_began: "The owner's time began",
  answered: 'Answers were filed',
  reconsidered: 'The approval is looked at again',
  reviewer_reminded: 'The reviewer was reminded by email',
  reviewers_called: 'All who may take the case were told that nobody has it',
  taken_back: 'The case is free again: its reviewer did not finish',
  appealed: 'The appeal came in',
  stood_in: 'By a deputy, for this reviewer',
  previous_submitted: 'The answers on file went to the reviewers',
  silence: 'Silence was put before the secretariat',
  reviewer_late: 'The reviewers are late',
  consulted: "Experts are asked; the reviewers' time stands still",
  expert_asked: 'An expert is asked',
  expert_accepted: 'The expert has some days to answer',
  expert_reminded: 'The expert was reminded',
  expert_declined: 'The expert declined',
  expert_silent: 'The expert did not reply in time',
  expert_over: 'The expert did not answer in time',
  advice: 'The advice was filed',
  late_advice: 'The advice was filed; it came late',
  consultation_closed: 'What was asked of experts is closed',
  consultation_over: 'The case is with the reviewer again',
  request_answered: 'The request was answered',
  extended: 'The deadline moved',
  resent: 'Emails were queued again',
  ended: 'The review ended',
  reopened: 'The review opened again',
  contact_changed: 'The contacts changed',
  colleague_invited: 'A colleague may draft',
  colleague_removed: 'The link of a colleague is dead',
  case_ended: 'The time for reopening ended',
  waits_for_staff: 'Staff were reminded',
};

/** What a step did, with its facts: "The review opened: Annual review". */
export function stepInWords({ what, detail }: TimelineStep): string {
  const facts = Object.entries(detail).flatMap(([name, value]) => (value === null ? [] : [factInWords(name, value)]));
  const words = steps[what] ?? sentence(what);
  return facts.length === 0 ? words : `${words}: ${facts.join(', ')}`;
}

function factInWords(name: string, value: string | number | boolean): string {
  const text = String(value);
  switch (name) {
    case 'kind':
      return kindInWords(text);
    case 'result':
      return resultInWords(text);
    case 'deadline':
      return `until ${dayInWords(text)}`;
    case 'request':
      return wishInWords(text);
    case 'answer':
    case 'entry':
    case 'row':
      return text.replaceAll('_', ' ');
    default:
      return `${name.replaceAll('_', ' ')} ${text}`;
  }
}

const roles: Readonly<Record<string, string>> = {
  owner: 'the owner',
  public: 'somebody from outside',
  l1: 'a first reviewer',
  l2: 'a second reviewer',
  expert: 'an expert',
  secretariat: 'the secretariat',
  campaign: 'campaign',
  import: 'import',
  mail: 'the mail server',
  machine: 'itself',
};

/** Who did it: "fatou (the secretariat)", "the owner (alternate)". */
export function whoInWords({ role, actor }: { readonly role: string; readonly actor: string | null }): string {
  const as = roles[role] ?? role;
  // Whoever has no account here is known by no number either.
  if (actor === null || role === 'public') return as;
  if (role === 'owner') return /^\d+$/u.test(actor) ? as : `${as} (${actor})`;
  return role === 'campaign' || role === 'import' ? `${as} ${actor}` : `${actor} (${as})`;
}

/** "more time", where a sentence about asking says "for more time". */
function wishInWords(request: string): string {
  return requestInWords(request).replace(/^for /u, '');
}

function dayInWords(day: string): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(day) ? printShortDay(day) : day;
}

function sentence(word: string): string {
  const words = word.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
