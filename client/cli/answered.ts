import { Option } from 'commander';
import type { Answered } from '../staff-acts.js';

/** What became of one wish. */
export interface AnsweredWish {
  readonly reference: string;
  readonly answer: Answered;
}

/** Who acts: `--by PERSON`, or the environment variable PERENNIAL_BY. */
export function byOption(): Option {
  return new Option('--by <person>', 'who does this, the same name each time')
    .env('PERENNIAL_BY')
    .makeOptionMandatory();
}

/**
 * Prints what became of wishes. Throws if one was not taken, or has no outcome yet: the command then ends with 1.
 */
export function tell({
  all,
  json,
  print,
}: {
  all: readonly AnsweredWish[];
  json: boolean;
  print: (text: string) => void;
}): void {
  const taken = all.filter(({ answer }) => isTaken(answer));
  const others = all.filter(({ answer }) => !isTaken(answer));
  if (json) print(JSON.stringify({ taken: taken.length, rows: all.map(shown) }));
  else if (taken.length > 0) print(taken.map(inWords).join('\n'));
  if (others.length > 0) throw new Error(others.map(inWords).join('\n'));
}

function isTaken(answer: Answered): boolean {
  return answer !== 'received' && (answer.result === 'accepted' || answer.result === 'joined');
}

function shown({ reference, answer }: AnsweredWish) {
  return answer === 'received' ? { reference, result: 'received' } : { reference, ...answer };
}

function inWords({ reference, answer }: AnsweredWish): string {
  if (answer !== 'received') {
    return `${reference}: ${answer.result === 'accepted' || answer.result === 'joined' ? '' : `${answer.result}: `}${answer.sentence}`;
  }
  return `${reference}: received, but there is no outcome yet. It is not lost; "perennial case show ${reference}" tells what became of it.`;
}
