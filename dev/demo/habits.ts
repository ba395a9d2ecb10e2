import type { RequestWord } from '../../domain/case.js';
import type { Habit } from './types.js';

/** What an email is to the person who reads its subject. */
export type EmailWord =
  | 'prompt'
  | 'reminder'
  | 'last_reminder'
  | 'clarification'
  | 'not_taken'
  | 'request_answered'
  | 'link'
  | 'result'
  /** A result that can be appealed. */
  | 'refusal'
  | 'other';

/**
 * What a person does: answers and sends, begins and leaves, looks at the review only, appeals against its result, invites
 * a colleague who drafts, asks staff for something, or opens a link of which a part got lost and asks for a new one.
 */
export type Deed = 'answer' | 'draft' | 'look' | 'appeal' | 'invite' | AsksFor;

/** What people ask for instead of answering. */
export type AsksFor = RequestWord | 'new_link';

/** Something that a person does so many days after an email. */
export interface Impulse {
  readonly after: number;
  readonly does: Deed;
  /** Only if no last reminder has come by then: whoever lets that pass too stays silent. */
  readonly unlessReminded?: true;
}

/** By what its subject says; the first that matches. What follows the name of the product counts, whatever that says. */
const SUBJECTS: readonly (readonly [RegExp, EmailWord])[] = [
  [/^last reminder: /iu, 'last_reminder'],
  [/^reminder: /iu, 'reminder'],
  [/^received: /iu, 'other'],
  [/: we could not take your [^:]*$/iu, 'not_taken'],
  [/: your (request|message) [^:]*$/iu, 'request_answered'],
  [/: your link [^:]*$/iu, 'link'],
  [/: (the reviewer asks|[^:]* ha(s|ve) no answer)[^:]*$/iu, 'clarification'],
  [/: \d+ sections? not met yet[^:]*$/iu, 'clarification'],
  [/, reply to the notice [^:]*$/iu, 'reminder'],
  [
    /: (confirm your answers|answer \d+ privacy|answer about a concern|the review is open again|go on with your nomination)[^:]*$/iu,
    'prompt',
  ],
  [/: (listing not confirmed|privacy answers not accepted|not listed)$/iu, 'refusal'],
  [
    /: (listing|privacy answers|the review|the privacy questions|the nomination|the concern|after your appeal,) [^:]*$/iu,
    'result',
  ],
  [/: (your appeal won,|listed)[^:]*$/iu, 'result'],
];

/** What an email is, by its subject. */
export function readSubject(subject: string): EmailWord {
  return SUBJECTS.find(([words]) => words.test(subject))?.[1] ?? 'other';
}

/** Whoever has not answered so many days after the first email does it then: no path may take much longer. */
export const PATIENCE = 66;
/** The same for whoever would stay silent, if no last reminder came by then: the turn is a long one. */
const PATIENCE_OF_THE_SILENT = 80;

/** What is known when an email comes. */
export interface Moment {
  readonly email: EmailWord;
  readonly habit: Habit;
  /** What the person asks for instead of answering at once; null for most. */
  readonly request: AsksFor | null;
  /** One of the first, whose habits are put to the test: who is silent then stays silent, however long it takes. */
  readonly isFixed: boolean;
  /** Whether the person appeals against a result that is not theirs. */
  readonly appeals: boolean;
  /** A number from 0 up to 1 for this review and what it is for. */
  readonly random: (what: string) => number;
}

/** What a person does because of an email, and when. */
export function impulses(moment: Moment): readonly Impulse[] {
  return ofEverybody(moment).filter((impulse) => !isNever(moment, impulse));
}

/** What somebody of a habit never does. */
function isNever({ email, habit, random }: Moment, { does, after }: Impulse): boolean {
  if (does !== 'answer') return false;
  if (habit === 'begins_only') return true;
  if (habit === 'gives_up') return email !== 'prompt' || after >= PATIENCE;
  return habit === 'not_open' && email === 'clarification' && random('replies') < 0.5;
}

function ofEverybody(moment: Moment): readonly Impulse[] {
  const { email, habit, isFixed, random } = moment;
  const within = (least: number, most: number): number => least + (most - least) * random(`${email} when`);
  if (habit === 'silent')
    return email === 'prompt' && !isFixed
      ? [{ after: PATIENCE_OF_THE_SILENT, does: 'answer', unlessReminded: true }]
      : [];
  switch (email) {
    case 'prompt':
      return [...begins(moment, within), { after: PATIENCE, does: 'answer' }];
    case 'reminder':
      return habit === 'draft_and_forget' ? [{ after: within(0.5, 2), does: 'answer' }] : [];
    case 'last_reminder':
      return habit === 'late'
        ? [{ after: late(random), does: 'answer' }]
        : [{ after: within(0.2, 0.8), does: 'answer' }];
    case 'clarification':
      return [{ after: within(2, 6), does: 'answer' }];
    case 'not_taken':
      return [{ after: within(1, 3), does: 'answer' }];
    case 'link':
    case 'request_answered':
      return [{ after: within(1, 6), does: 'answer' }];
    case 'refusal':
      return moment.appeals ? [{ after: within(0.4, 1.5), does: 'appeal' }] : impulses({ ...moment, email: 'result' });
    case 'result':
      return random('curious') < 0.15 ? [{ after: within(0.2, 2), does: 'look' }] : [];
    case 'other':
      return [];
    default:
      return email satisfies never;
  }
}

function begins(
  { habit, request, isFixed }: Moment,
  within: (least: number, most: number) => number,
): readonly Impulse[] {
  if (request !== null) return [{ after: within(1, 6), does: request }];
  switch (habit) {
    case 'slow':
      // The first reminder of a turn of sixty days comes on its thirtieth.
      return [...(isFixed ? [{ after: 2, does: 'invite' } as const] : []), { after: within(31, 45), does: 'answer' }];
    case 'draft_and_forget':
    case 'begins_only':
      return [{ after: within(1, 5), does: 'draft' }];
    case 'changes_mind':
      return [{ after: within(1, 5), does: 'withdrawal' }];
    case 'leaves':
      return [
        { after: 1, does: 'answer' },
        { after: 2, does: 'withdrawal' },
      ];
    case 'late':
    case 'silent':
      return [];
    default:
      return [{ after: within(1, 3), does: 'answer' }];
  }
}

/** Just before the deadline, or after silence: the last reminder comes two days before the end of the last day. */
function late(random: Moment['random']): number {
  return random('too late') < 0.5 ? 0.4 + random('late when') : 2.3 + 1.7 * random('late when');
}

/** A few people in a hundred ask for something instead of answering; whoever has the habit asks for more time. */
export function requestOf({
  habit,
  isFixed,
  random,
}: {
  readonly habit: Habit;
  /** One of the first, whose habits are put to the test. */
  readonly isFixed: boolean;
  readonly random: (what: string) => number;
}): AsksFor | null {
  if (habit === 'more_time') return 'more_time';
  if (isFixed || habit === 'silent' || habit === 'late') return null;
  const at = random('asks for something');
  if (at < 0.02) return 'not_me';
  if (at < 0.04) return 'answered_elsewhere';
  if (at < 0.055) return 'withdrawal';
  return at < 0.08 ? 'new_link' : null;
}
