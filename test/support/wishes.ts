import type { RequestWord, SectionWord } from '../../domain/case.js';
import type { Level, Seat } from '../../domain/policy.js';
import { section } from './case-records.js';
import type { MemoryCase, Wish } from './memory-case.js';

/** A campaign's wake; by hand, with another cause, if told so. */
export const wake = (some: { handPicked?: boolean; cause?: string; campaign?: string | null } = {}): Wish => ({
  is: 'wake',
  campaign: 'annual-2026',
  handPicked: false,
  cause: 'annual-2026',
  ...some,
});

/** The owner's answers, complete. */
export const answers: Wish = { is: 'answers', missing: [], empty: false };

/** The verdict of a person at a level on the newest answers; everything meets unless told otherwise. */
export function verdict(
  { record }: MemoryCase,
  given: { level: Seat; by: string; word?: SectionWord; days?: number },
): Wish {
  const { level, by, word = 'meets', days = null } = given;
  const answersVersion = record.review?.answersVersion ?? 0;
  return { is: 'verdict', level, by, answersVersion, sections: [section(word)], days, secondRoundReason: null };
}

/** A question about one section to an expert, who answers it, declines, or is asked no more. */
export const consult = ({ record }: MemoryCase, given: { level: Level; by: string }): Wish => {
  const answersVersion = record.review?.answersVersion ?? 0;
  const questions = [{ section: '9a', question: 'Is that the minimum?', experts: ['eve'] }] as const;
  return { is: 'consult', ...given, answersVersion, questions };
};
const toEve = { by: 'eve', number: 1, section: '9a' } as const;
export const advice: Wish = { is: 'advice', ...toEve, word: 'meets', text: 'It is.' };
export const declines: Wish = { is: 'expert_decline', ...toEve, why: 'no_time' };

/** The owner's appeal. */
export const appeal: Wish = { is: 'appeal' };

export const asks = (request: RequestWord): Wish => ({ is: 'request', request });
export const grants = (request: RequestWord, days: number | null = null): Wish => ({ is: 'grant', request, days });
export const refuses = (request: RequestWord): Wish => ({ is: 'refuse', request });
export const newContact: Wish = { is: 'contact_changed', primaryChanged: true };

/** The emails that were not skipped, in the order in which they were queued: "prompt to 1". */
export function mailbox({ emails }: MemoryCase): readonly string[] {
  return emails.filter(({ state }) => state !== 'skipped').map(({ kind, to }) => `${kind} to ${to}`);
}

/** How the reviews ended, in order. */
export function results({ decisions }: MemoryCase): readonly string[] {
  return decisions.map(({ result }) => result);
}
