import { CHECKS, type CheckName, type Checks } from './checks.js';
import type { Figures } from './figures.js';

/** What a demonstration came to. */
export interface Result {
  readonly seed: number;
  readonly figures: Figures;
  readonly checks: Checks;
}

const WORDS: Readonly<Record<CheckName, string>> = {
  statusFollowsDecisions: 'The shown status follows from the decisions',
  emailsExistOnce: 'Every email that was due exists once',
  noReminderAfterAnswer: 'No reminder went after an answer came',
  noRemovalWithoutPerson: 'No product left the list without a person',
  scannersChangedNothing: 'Link scanners changed nothing',
  temporalAgrees: "Temporal's counts agree with the records",
  nothingPersonalLeaks: 'Nothing personal in Temporal, logs, pages',
};

/** The width of a line of a terminal. */
const WIDTH = 118;
/** So many lost rows are told one by one. */
const SHOWN = 4;

/** Whether everything holds: each check, nothing lost, nothing sent twice, no review of the campaign left open. */
export function holds({ figures, checks }: Pick<Result, 'figures' | 'checks'>): boolean {
  const { started, outcomes, open, lost, sentTwice } = figures;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const fine = open === 0 && lost === 0 && sentTwice === 0 && started > 0 && ended === started;
  return fine && CHECKS.every((name) => checks[name].ok);
}

/** The result as a table for a terminal, without a line end. */
export function reportTable(result: Result): string {
  const lines = [...figureLines(result.figures), '', ...checkLines(result.checks)];
  return [...lines, '', holds(result) ? 'Everything holds.' : 'NOT everything holds.'].join('\n');
}

/** The result as one line of JSON, its keys in the documented order. */
export function reportJson({ seed, figures, checks }: Result): string {
  const { dayMs, wallSeconds, lostBecause: _, ...counted } = figures;
  return JSON.stringify({ seed, ...counted, checks, dayMs, wallSeconds });
}

function figureLines(figures: Figures): readonly string[] {
  const { products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown } = figures;
  const rows: readonly (readonly [string, string])[] = [
    ['Products imported', `${products}`],
    ['Reviews of the campaign', `${started}, answered by their owners ${answered}, still open ${open}`],
    ['How they ended', counts(outcomes)],
    ['Other reviews open', `${otherOpen}`],
    ['Emails', counts(emails)],
    ['Lost, sent twice, unknown', `${lost}, ${sentTwice}, ${unknown}`],
    ['History of a review', `${figures.eventsPerCase} events, ${(figures.bytesPerCase / 1024).toFixed(1)} KiB (mean)`],
    ['Time', `${Math.round(figures.wallSeconds)} s; a day lasted ${(figures.dayMs / 1000).toFixed(1)} s`],
  ];
  return [
    ...rows.map(([name, text]) => `  ${name.padEnd(27)}${text}`),
    ...figures.lostBecause.slice(0, SHOWN).map((why) => cut(`    lost: ${why}`)),
  ];
}

function checkLines(checks: Checks): readonly string[] {
  const head = `  ${'Check'.padEnd(45)}${''.padEnd(8)}${'tried'.padStart(6)}`;
  const lines = CHECKS.flatMap((name) => {
    const { ok, tried, detail } = checks[name];
    const line = `  ${WORDS[name].padEnd(45)}${(ok ? 'ok' : 'FAILED').padEnd(8)}${String(tried).padStart(6)}`;
    // What holds needs no more words than fit; what does not is told whole.
    return ok ? [cut(`${line}  ${detail}`)] : [line, `    ${detail}`];
  });
  return [head, ...lines];
}

function counts(by: Readonly<Record<string, number>>): string {
  const parts = Object.entries(by).map(([word, count]) => `${word.replaceAll('_', ' ')} ${count}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function cut(line: string): string {
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 3)}...`;
}
