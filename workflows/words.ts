import type { Entry } from '../domain/case.js';
import type { StepResult } from '../domain/step-result.js';

/** What is waited for or done, as operators read it: "reminder 2 of 4". */
export function wordsOf({ what, nth, of }: Entry): string {
  const name = what.replaceAll('_', ' ');
  return nth === undefined || of === undefined ? name : `${name} ${nth} of ${of}`;
}

/** The state of a case in Markdown, for the Temporal UI. No names and no texts of people. */
export function detailsOf({ state, reference, waitingOn, next, attention, outcome, campaign }: StepResult): string {
  const lines = [
    `**${state}**${reference === null ? '' : ` · review ${reference}`}${campaign === null ? '' : ` · campaign ${campaign}`}`,
    attention.length === 0 ? null : `**Needs a human:** ${attention.join(', ')} (docs/operations.md)`,
    `Waits on **${waitingOn}**`,
    next === null
      ? 'Nothing is due by itself'
      : `Next: ${wordsOf(next)}, ${next.due.slice(0, 16).replace('T', ' ')} UTC`,
    outcome === null ? null : `Last outcome: ${outcome}`,
  ];
  return lines.filter((line) => line !== null).join('\n\n');
}
