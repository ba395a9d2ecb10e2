import { DAY, millisecondsOf, type Instant } from '../../domain/calendar.js';
import type { Review, ReviewState } from '../../domain/case.js';
import type { Seat } from '../../domain/policy.js';
import { stageInWords } from '../../domain/public-words.js';

/** How far it is to an instant at which something is due, or since when it is overdue. */
export function howFar(due: Instant, now: Instant): string {
  const left = millisecondsOf(due) - millisecondsOf(now);
  const days = Math.floor(Math.abs(left) / DAY);
  const many = days === 1 ? '1 day' : `${days} days`;
  if (left < 0) return days === 0 ? 'overdue since today' : `overdue by ${many}`;
  return days === 0 ? 'today' : `${many} left`;
}

/** As what a reviewer is asked. */
export const SEATS: Readonly<Record<Seat, string>> = { l1: 'First level', l2: 'Second level', appeal: 'Appeal' };

/** What follows a verdict, by what the review becomes; of the other ones the words for the state say it. */
export const FOLLOWS: Readonly<Partial<Record<ReviewState, string>>> = {
  notice: 'The owner gets a notice and has time to reply. Nothing is decided.',
  clarification: 'The owner is asked again.',
  l2: 'The second level reviews it.',
  consultation: 'The experts are asked first. Your other verdicts stay as you typed them. Your time stands still.',
  approved: 'It is approved, and the owner is told.',
  ineligible: 'It does not meet the Standard, and the owner is told.',
};

/** What becomes of a verdict when it can no longer be undone. */
export function becomes({ held, result }: Pick<Review, 'held' | 'result'>): string {
  const state =
    held === null ? result : ({ next_level: 'l2', clarify: 'clarification', notice: 'notice' } as const)[held.leadsTo];
  return state === null ? '' : (FOLLOWS[state] ?? '');
}

/** Where a review stands, for reviewers: they see that experts are asked, and what can be undone. */
export function deskStage(state: ReviewState): string {
  if (state === 'decided') return 'A verdict that can still be undone';
  return state === 'consultation' ? 'Experts are asked; your time stands still' : stageInWords({ state, begun: true });
}

/** What the fields of a case's forms are called where they are shown again. */
export function labelOf(name: string): string | undefined {
  const [what = '', ...section] = name.split('-');
  const words: Readonly<Record<string, string>> = {
    public: 'Public reason',
    owner: 'Note to the owner',
    internal: 'Internal note',
    question: 'Question to an expert',
  };
  if (name === 'reason') return 'Why';
  if (name === 'second-round') return 'Why the owner is asked once more';
  return words[what] === undefined ? undefined : `${words[what]}, section ${section.join('-')}`;
}
