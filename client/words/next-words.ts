/** What happens next in a case by itself, and when, in words for staff. */
import type { Instant } from '../../domain/calendar.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import { goesInWords } from './email-words.js';
import { attentionWords, entryInWords, shortInstant } from './words.js';

type Ahead = Pick<CaseLine, 'next' | 'email'>;

/** For lists: "prompt goes 2026-11-25 09:00", or what else is due first. */
export function nextInShort({ next, email }: Ahead): string {
  if (email !== null && (next === null || email.dueAt <= next.due)) {
    return `${email.kind.replaceAll('_', ' ')} goes ${shortInstant(email.dueAt)}`;
  }
  return next === null ? '-' : `${next.what.replaceAll('_', ' ')} ${shortInstant(next.due)}`;
}

/** The email that goes next, then what is due next: "the prompt goes 2026-11-25 09:00 UTC: prompts go in the morning". */
export function nextInWords({ next, email }: Ahead, now: Instant): string {
  const goes = email === null || email.dueAt <= now ? 'goes now' : goesInWords(email);
  const parts = [
    ...(email === null ? [] : [`the ${email.kind.replaceAll('_', ' ')} ${goes}`]),
    ...(next === null ? [] : [entryInWords(next)]),
  ];
  return parts.length === 0 ? 'nothing by itself' : parts.join('; then ');
}

/** Why a human must look, and what helps, a line each. */
export function attentionLines({ attention, reference, slug }: CaseLine): readonly string[] {
  return attention.map((word) => {
    const { why, help } = attentionWords[word];
    return `NEEDS A HUMAN: ${why}. ${help.replaceAll('REF', reference ?? slug)}`;
  });
}
