import type { Fetch } from './form-client.js';
import type { AsksFor } from './habits.js';
import type { Plot } from './quirks.js';
import type { Pace, Person, Reserved, Told } from './types.js';

/** What all invented owners share. */
export interface Stage {
  readonly pace: Pace;
  /** No slash at its end. */
  readonly publicUrl: string;
  readonly send: Fetch;
  readonly told: Told[];
  readonly problems: string[];
  /** Texts that were written for reviewers and staff only, and addresses that are never published. */
  readonly planted: string[];
  /** The grounds of appeals: an email repeats them to their author. */
  readonly reserved: Reserved[];
  readonly tried: Record<string, number>;
  /** Waits until few enough act at this instant, then does the work. */
  readonly acting: <Done>(work: () => Promise<Done>) => Promise<Done>;
}

/** A review as its owner remembers it. */
export interface Matter {
  readonly reference: string;
  readonly person: Person;
  readonly plot: Plot;
  /** What the person asks for before answering; null: nothing. */
  readonly request: AsksFor | null;
  /** A number from 0 up to 1 for this review and what it is for. */
  readonly random: (what: string) => number;
  /** The link of the newest email. */
  link: string;
  /** Visits so far: each makes other choices. */
  visits: number;
  /** Nothing more is asked, as far as the person knows. */
  done: boolean;
  /** A last reminder came. */
  reminded: boolean;
  /** The present turn asks again about answers that were sent. */
  asksAgain: boolean;
  /** The person was unclear on purpose once, or two colleagues met once: each of it happens once in a review. */
  played: boolean;
  /** What was typed and saved since the last answers that were taken. */
  typed: Record<string, string | readonly string[]>;
}

/** Counts that something was tried. */
export function count({ tried }: Stage, what: string, times = 1): void {
  tried[what] = (tried[what] ?? 0) + times;
}

/** Notes something that should not have happened. The sentence names the review and no person. */
export function complain({ problems, pace }: Stage, { reference }: Pick<Matter, 'reference'>, sentence: string): void {
  // What stops in the middle of everything's end is no one's fault.
  if (!pace.stopping.aborted) problems.push(`${reference}: ${sentence}`);
}

/** Lets at most so many do their work at a time; the others wait in their order. */
export function createPool(most: number): Stage['acting'] {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
