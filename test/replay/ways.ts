import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { StepResult } from '../../domain/step-result.js';
import { table } from '../../domain/table.js';
import type { CaseInput } from '../../workflows/contract.js';
import { stepsOf, type ToldStep } from '../support/history.js';
import { valueOf } from './commands.js';

/** The states that a case can be in: those that a row of the table leads to, and none. */
export function states(): ReadonlySet<string> {
  return new Set(['none', ...table.flatMap(({ next }) => (next === 'same' ? [] : [next]))]);
}

/** Every way from one state into another that the table has, by what happened: "owner answers l1". */
export function waysOfTable(): readonly string[] {
  const reached = states();
  const ways = table.flatMap(({ from, on, next }) =>
    next === 'same' ? [] : from.filter((state) => reached.has(state)).map((state) => `${state} ${on} ${next}`),
  );
  return [...new Set(ways)];
}

/** The ways that a case took in its history. */
export function waysOf({ events }: History): readonly string[] {
  const all = events ?? [];
  const begun = all[0]?.workflowExecutionStartedEventAttributes;
  if (!['certification', 'nomination'].includes(begun?.workflowType?.name ?? '')) return [];
  // What our own client starts a case with.
  let before = (valueOf(begun?.input?.payloads?.[0]) as CaseInput).state;
  return stepsOf(all).flatMap((step) => {
    const after = step.result;
    const on = wordOf(step);
    const way = `${stateOf(before)} ${on} ${stateOf(after)}`;
    const same = stateOf(before) === stateOf(after) && before.reference === after.reference;
    before = after;
    // Answers may take the place of the machine's: the state stays, and all begins anew.
    return same && on !== 'answers' ? [] : [way];
  });
}

function stateOf({ state, outcome }: StepResult): string {
  return state === 'asleep' || state === 'expired' ? (outcome ?? 'none') : state;
}

/** What a step was about, as the table has it. */
function wordOf({ summary, isDue }: ToldStep): string {
  return `${isDue ? 'due:' : ''}${summary.replace(/ \d+ of \d+$/u, '').replaceAll(' ', '_')}`;
}
