/** Why an email waits, and when it goes, in words for staff. */
import { dayOf, sendingTime, type Instant } from '../../domain/calendar.js';
import type { EmailRecord } from '../../prisma/read-emails.js';
import { shortInstant } from './words.js';

/** What the records say of why an email did not go. */
const reasonWords: Readonly<Record<string, string>> = {
  mail_server_away: 'the mail server does not answer',
  mail_server_closed_line: 'the mail server closed the line',
  mail_server_silent: 'the mail server fell silent',
  not_now: 'the mail server said: not now',
  sender_refused: 'the mail server refused our sender',
  text_failed: 'its text could not be made: see the log of the worker',
  address_refused: 'the mail server refused the address',
  content_refused: 'the mail server refused the content',
  bad_address: 'the address is no address',
  given_up: 'the mail server said "not now" for five days',
  line_lost: 'the line broke when it may have been taken',
  sender_ended: 'the sender ended when it may have been taken',
  journal_away: 'the hand-over journal could not be written',
  handed_before: 'the hand-over journal says that it may have been taken before',
  contact_changed: 'somebody else is asked now',
  turn_over: 'it is not the turn of its reader any more',
  moved: 'the deadline moved',
  overtaken: 'a newer one says the same',
  person_left: 'its reader is not one of ours any more',
  not_theirs: 'its reader is not asked any more',
  nothing_waits: 'nothing waits any more',
  mail_mode: 'the mail mode keeps it here',
};

/** A reason of the records, in words. */
export function reasonInWords(reason: string): string {
  return reasonWords[reason] ?? reason.replaceAll('_', ' ');
}

/** When a queued email goes, and why not before: "goes 2026-11-25 09:00 UTC: prompts go in the morning". */
export function goesInWords({ kind, dueAt }: { readonly kind: string; readonly dueAt: Instant }): string {
  const inTheMorning = dueAt === sendingTime(dayOf(dueAt));
  return `goes ${shortInstant(dueAt)} UTC${inTheMorning ? `: ${kind.replaceAll('_', ' ')}s go in the morning` : ''}`;
}

/** Why an email waits, was skipped or was refused, in words; null if there is nothing to say. */
export function whyInWords(email: EmailRecord): string | null {
  const { reason, waitsFor, nextTry } = email;
  const because = reason === null ? null : reasonInWords(reason);
  switch (waitsFor) {
    case null:
      return because;
    case 'its_time':
      return goesInWords(email);
    case 'mail_mode':
      return reasonInWords('mail_mode');
    case 'owner_row':
      return 'waits until what its owner sent has an outcome';
    case 'next_try':
      return `${because ?? 'put off'}; tried again ${nextTry === null ? 'soon' : `${shortInstant(nextTry)} UTC`}`;
    case 'sender':
      return 'goes now';
  }
}
