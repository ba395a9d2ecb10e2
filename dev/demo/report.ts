import { CHECKS, type CheckName, type Checks } from './checks.js';
import { beside } from './columns.js';
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

/** What the ends of reviews mean. */
const ENDS: Readonly<Record<string, string>> = {
  approved: 'reviewers found that it meets the Standard',
  ineligible: 'reviewers found what does not meet: off the list',
  unanswered: 'silent to the end: staff took it off the list (questions about privacy alone end by themselves)',
  withdrawn: 'the owner asked to leave, and staff agreed',
  closed_elsewhere: 'closed by staff; it stays on the list',
  superseded: 'questions about privacy that went on as annual review',
};

/** What the states of emails mean. */
const EMAILS: Readonly<Record<string, string>> = {
  sent: 'taken by the mail server',
  skipped: 'no longer true when due, as a reminder after an answer',
  queued: 'due on a later day',
  handing_over: 'on the way to the mail server',
  deferred: 'the mail server will be asked again',
  refused: 'the mail server never takes them',
  unknown: 'nobody knows whether the mail server took them',
};

/** So many lost rows are told one by one. */
const SHOWN = 4;

/** Whether everything holds: each check, nothing lost, nothing sent twice, no review of the campaign left open. */
export function holds({ figures, checks }: Pick<Result, 'figures' | 'checks'>): boolean {
  const { started, outcomes, open, lost, sentTwice } = figures;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const fine = open === 0 && lost === 0 && sentTwice === 0 && started > 0 && ended === started;
  return fine && CHECKS.every((name) => checks[name].ok);
}

/** The result as a table for a terminal of 80 columns, without a line end. */
export function reportTable(result: Result): string {
  const lines = [...figureLines(result.figures), '', ...checkLines(result.checks)];
  return [...lines, '', holds(result) ? 'Everything holds.' : 'NOT everything holds.'].join('\n');
}

/** The result as one line of JSON, its keys in the documented order. */
export function reportJson({ seed, figures, checks }: Result): string {
  const { products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown } = figures;
  const { eventsPerCase, bytesPerCase, dayMs, wallSeconds } = figures;
  return JSON.stringify({
    ...{ seed, products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown },
    ...{ eventsPerCase, bytesPerCase, checks, dayMs, wallSeconds },
  });
}

function figureLines(figures: Figures): readonly string[] {
  const { products, started, answered, notAnswered, onFile, outcomes, open, otherOpen, emails, lost, sentTwice } =
    figures;
  const { eventsPerCase, bytesPerCase, dayMs, wallSeconds, lostBecause } = figures;
  return [
    ...row('Products imported', products),
    ...row('Reviews of the campaign', started, 'opened by it, or open already'),
    ...row('  answered', answered, 'by the owner'),
    ...row('  not answered', notAnswered, `reviewers decided ${onFile} of them on last year's answers`),
    ...row('  still open', open, 'must be none'),
    'How these reviews ended',
    ...counts(outcomes, ENDS),
    ...row('Other open reviews', otherOpen, 'of products outside the campaign, opened on their own date or by staff'),
    'Emails',
    ...counts(emails, EMAILS),
    ...row('  caught twice', sentTwice, 'must be none'),
    ...row('Lost answers', lost, 'told as received, and not there as typed; must be none'),
    ...lostBecause.slice(0, SHOWN).flatMap((why) => beside('    lost: ', why)),
    ...row('History of a review', eventsPerCase, `events in Temporal on average, ${kib(bytesPerCase)} KiB`),
    ...row('Time', Math.round(wallSeconds), `seconds in all; a day of it took ${(dayMs / 1000).toFixed(1)} s`),
  ];
}

function row(name: string, count: number, meaning = ''): readonly string[] {
  return beside(`${name.padEnd(24)}${String(count).padStart(6)}  `, meaning).map((line) => line.trimEnd());
}

function counts(by: Readonly<Record<string, number>>, meanings: Readonly<Record<string, string>>): readonly string[] {
  const rows = Object.entries(by).flatMap(([word, count]) => {
    return row(`  ${word.replaceAll('_', ' ')}`, count, meanings[word]);
  });
  return rows.length === 0 ? ['  none'] : rows;
}

/** Each check with its result, how often it was put to the test, and all that was found. */
function checkLines(checks: Checks): readonly string[] {
  const lines = CHECKS.flatMap((name) => {
    const { ok, tried, detail } = checks[name];
    const line = `${WORDS[name].padEnd(46)}${(ok ? 'ok' : 'FAILED').padEnd(8)}${String(tried).padStart(6)} times`;
    return [line, ...beside('    ', detail)];
  });
  return [`${'Check'.padEnd(46)}${'result'.padEnd(8)}put to the test`, ...lines];
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
