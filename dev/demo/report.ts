import { FAULT_CHECKS, type BadDaysResult, type FaultCheckName } from '../faults/bad-days.js';
import type { Check } from './checks/check.js';
import { CHECKS, type CheckName, type Checks } from './checks.js';
import { beside } from './columns.js';
import type { Figures } from './figures.js';

/** What faults came to. */
export interface Faults extends BadDaysResult {
  /** How long they struck; null: until the campaign ended. */
  readonly minutes: number | null;
  /** Rows that people were told were taken: by the pages. */
  readonly rows: number;
}

/** What a demonstration came to. */
export interface Result {
  readonly seed: number;
  readonly figures: Figures;
  /** What reviewers and staff did on their pages, and how often; not part of the result as data. */
  readonly desk: Readonly<Record<string, number>>;
  readonly checks: Checks;
  /** What faults came to; null: none were played. */
  readonly faults: Faults | null;
}

const WORDS: Readonly<Record<CheckName, string>> = {
  statusFollowsDecisions: 'The shown status follows from the decisions',
  emailsExistOnce: 'Every email that was due exists once',
  noReminderAfterAnswer: 'No reminder went after an answer came',
  noRemovalWithoutPerson: 'No product left the list without a person',
  scannersChangedNothing: 'Link scanners changed nothing',
  temporalAgrees: "Temporal's counts agree with the records",
  nothingPersonalLeaks: 'Nothing personal in Temporal, logs, pages',
  nobodyBeyondRights: 'Nobody acted beyond their rights',
  ownersClockStoodStill: "No owner's clock ran while the move was ours",
  undoneLeftNothing: 'An undone decision told nobody',
  blindStayedBlind: 'Blind parts stayed blind',
  nomineesStayedPrivate: 'Nominees stayed private, removed ones nowhere',
  approvedAreListed: 'What was approved is listed and looked after',
  concernsWereReviewed: 'Concerns led to reviews only if accepted',
};

const FAULT_WORDS: Readonly<Record<FaultCheckName, string>> = {
  rowsHaveOneEffect: 'Rows that came twice or late had one effect',
  nobodyStuck: 'Every case is looked after',
  ledgerComplete: 'Every row is in the ledger; its chains hold',
};

/** What the kinds of faults mean, as they read in the table. */
const KINDS: Readonly<Record<string, string>> = {
  workerKilled: 'kill -9 of the worker',
  temporalKilled: 'kill -9 of the Temporal server',
  databaseKilled: 'kill -9 of PostgreSQL',
  webKilled: 'kill -9 of the pages',
  workerDeployed: 'the worker ended politely, and another came',
  connectionsCut: 'all connections of the database cut, in a transaction if one was open',
  mailLater: 'refused for now (451)',
  mailRefused: 'refused for good (550)',
  mailRefusedAfterData: 'refused for good after the whole email (554)',
  mailDroppedBeforeData: 'line cut before the email',
  mailDroppedAfterData: 'line cut after the email, before a word of thanks',
  mailSilent: 'no word any more',
  rowAgain: 'a row that was there came once more',
  rowLate: 'a verdict on a round that is over',
  twoAtOnce: 'two reviewers decided at the same moment',
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

/** The same of nominations. */
const NOMINATIONS_ENDS: Readonly<Record<string, string>> = {
  approved: 'reviewers found that it meets the Standard: on the list now',
  ineligible: 'the second level found what does not meet, after a notice',
  unanswered: 'asked again and silent to the end: staff closed it',
  withdrawn: 'at once before it was sent, later by a request that staff granted',
  abandoned: 'begun, reminded, and never sent',
  removed: 'an advertisement: the first level removed it unreviewed',
};

/** What reviewers and staff did on their pages, in the order of the table. */
const DESK: Readonly<Record<string, string>> = {
  read: 'cases that reviewers took, or were handed, and read',
  verdicts: 'given, each after a look at the decision',
  asks_at_first: 'of a first level that would ask the owner again',
  undoes: 'decisions undone within their hold',
  sets_aside: 'cases set aside until a day',
  removes: 'nominations removed without a review',
  gives_back: 'cases given back',
  hands_over: 'cases handed to a colleague',
  conflict: 'conflicts of interest declared',
  away: 'times that somebody went away, with a deputy',
  came_back: 'of them back, and offered cases again',
  came_back_early: 'of them back before their days were over',
  pressed_twice: 'times that one button was pressed twice, and took one case',
  asks_experts: 'times that experts were asked',
  calls_off: 'of them called off by the reviewer',
  signed_out: 'verdicts sent again, because the session had ended',
  hand_over: 'late cases that staff gave to another reviewer',
  requests_answered: 'requests of owners that staff granted or refused',
  silent_at_once: 'times that staff closed all that nobody answered',
  extend: 'times that staff gave more time by themselves',
  resend: 'times that staff had emails sent again',
  accept_concern: 'concerns accepted: the owner is asked',
  ask_concern: 'times that staff asked for details of a concern',
  reject_concern: 'concerns rejected, with a reason',
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

/**
 * Whether everything holds: each check, nothing lost, nothing sent twice, and, unless the clock on the wall ended it,
 * no review of the campaign left open.
 */
export function holds({ figures, checks, faults }: Pick<Result, 'figures' | 'checks' | 'faults'>): boolean {
  const { started, outcomes, open, lost, sentTwice, beside } = figures;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const over = (faults?.minutes ?? null) !== null || (open === 0 && ended === started && beside.open === 0);
  const fine = over && lost === 0 && sentTwice === 0 && started > 0;
  return fine && CHECKS.every((name) => checks[name].ok) && (faults === null || faultsHold(faults));
}

/** The result as a table for a terminal of 80 columns, without a line end. */
export function reportTable(result: Result): string {
  const { figures, desk, checks, faults } = result;
  const lines = [
    ...figureLines(figures),
    ...deskLines(desk),
    ...peopleLines(figures),
    ...(faults === null ? [] : faultLines(faults)),
    '',
    ...checkLines(checks),
  ];
  if (faults !== null) lines.push(...faultCheckLines(faults));
  return [...lines, '', holds(result) ? 'Everything holds.' : 'NOT everything holds.'].join('\n');
}

/** The result as one line of JSON, its keys in the documented order. */
export function reportJson({ seed, figures, checks, faults }: Result): string {
  if (faults !== null && faults.minutes !== null) return chaosJson({ seed, figures, checks, faults });
  const { products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown } = figures;
  const { eventsPerCase, bytesPerCase, experts, byDeputies, appeals, concerns, colleagues } = figures;
  const { dayMs, wallSeconds } = figures;
  return JSON.stringify({
    ...{ seed, products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown },
    ...{ eventsPerCase, bytesPerCase, experts, byDeputies, appeals, concerns, colleagues },
    ...{ checks: { ...checks, ...faults?.checks }, dayMs, wallSeconds },
    ...(faults === null ? {} : { faults: faultsIn(faults), faultsByKind: faults.kinds }),
  });
}

function figureLines(figures: Figures): readonly string[] {
  const { products, emails, lost, sentTwice, lostBecause } = figures;
  const { eventsPerCase, bytesPerCase, mostEvents, dayMs, wallSeconds } = figures;
  return [
    ...row('Products imported', products),
    ...(figures.of === 'campaign' ? campaignLines(figures) : nominationLines(figures)),
    'Emails',
    ...counts(emails, EMAILS),
    ...row('  caught twice', sentTwice, 'must be none'),
    ...row('Lost answers', lost, 'told as received, and not there as typed; must be none'),
    ...lostBecause.slice(0, SHOWN).flatMap((why) => beside('    lost: ', why)),
    ...row(
      'History of a review',
      eventsPerCase,
      `events in Temporal on average, ${kib(bytesPerCase)} KiB; at most ${mostEvents}`,
    ),
    ...row('Time', Math.round(wallSeconds), `seconds in all; a day of it took ${(dayMs / 1000).toFixed(1)} s`),
  ];
}

function campaignLines(figures: Figures): readonly string[] {
  const { started, answered, notAnswered, onFile, outcomes, open, otherOpen, beside } = figures;
  return [
    ...row('Reviews of the campaign', started, 'opened by it, or open already'),
    ...row('  answered', answered, 'by the owner'),
    ...row('  not answered', notAnswered, `reviewers decided ${onFile} of them on last year's answers`),
    ...row('  still open', open, 'must be none'),
    'How these reviews ended',
    ...counts(outcomes, ENDS),
    'Nominations beside them',
    ...counts(beside.outcomes, NOMINATIONS_ENDS),
    ...row('  still open', beside.open, 'must be none'),
    ...row('Other open reviews', otherOpen, 'of products outside the campaign, opened on their own date or by staff'),
  ];
}

function nominationLines({ started, answered, notAnswered, outcomes, open, otherOpen }: Figures): readonly string[] {
  return [
    ...row('Nominations', started, 'begun by an address that was confirmed'),
    ...row('  sent', answered, 'with every answer that is needed'),
    ...row('  not sent', notAnswered),
    ...row('  still open', open, 'must be none'),
    'How they ended',
    ...counts(outcomes, NOMINATIONS_ENDS),
    ...row('Open reviews', otherOpen, 'of listed products'),
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

function deskLines(desk: Result['desk']): readonly string[] {
  const done = Object.keys(DESK).flatMap((word) => (desk[word] === undefined ? [] : [[word, desk[word]] as const]));
  return ['At the desk and the console', ...counts(Object.fromEntries(done), DESK)];
}

function peopleLines({ experts, byDeputies, appeals, concerns, colleagues }: Figures): readonly string[] {
  return [
    ...row('Experts asked', experts.asked, `${experts.declined} declined, ${experts.silent} let the time pass`),
    ...row('  answered', experts.answered, `and ${experts.late} too late: kept, and shown as late`),
    ...row('Verdicts by deputies', byDeputies, 'for a reviewer who was away, in both names'),
    ...row('Appeals of owners', appeals.made, `${appeals.won} won, ${appeals.lost} lost`),
    ...row(
      'Concerns raised',
      concerns.raised,
      `${concerns.accepted} accepted, ${concerns.rejected} rejected; reviews of what they named: ${concerns.reviews}`,
    ),
    ...row('Colleagues invited', colleagues.invited, `${colleagues.came} came to draft; none of them can send`),
  ];
}

/** Each check with its result, how often it was put to the test, and all that was found. */
function checkLines(checks: Checks): readonly string[] {
  const lines = CHECKS.flatMap((name) => checkLine(WORDS[name], checks[name]));
  return [`${'Check'.padEnd(46)}${'result'.padEnd(8)}put to the test`, ...lines];
}

function checkLine(words: string, { ok, tried, detail }: Check): readonly string[] {
  const line = `${words.padEnd(46)}${(ok ? 'ok' : 'FAILED').padEnd(8)}${String(tried).padStart(6)} times`;
  return [line, ...beside('    ', detail)];
}

function faultCheckLines({ checks }: Faults): readonly string[] {
  return FAULT_CHECKS.flatMap((name) => checkLine(FAULT_WORDS[name], checks[name]));
}

function faultLines(faults: Faults): readonly string[] {
  return [
    'Faults',
    ...counts(faults.kinds, KINDS),
    ...row('Rows told as taken', faults.rows, 'by pages, to owners, reviewers and staff'),
    ...row('  lost of reviewers', faults.lostActs.length, 'and staff; must be none'),
    ...row('Stuck cases', faults.stuck, 'that nothing would move; must be none'),
  ];
}

/** The result of `npm run chaos` as one line of JSON. */
function chaosJson(result: Omit<Result, 'desk'> & { readonly faults: Faults }): string {
  const { seed, figures, checks, faults } = result;
  const { lost, sentTwice, unknown } = figures;
  const { minutes, rows, lostActs, stuck, kinds } = faults;
  return JSON.stringify({
    ...{ seed, minutes, faults: faultsIn(faults), rows, lost: lost + lostActs.length, sentTwice, unknown, stuck },
    checks: { ...checks, ...faults.checks },
    faultsByKind: kinds,
  });
}

function faultsIn({ kinds }: Faults): number {
  return Object.values(kinds).reduce((sum, count) => sum + count, 0);
}

function faultsHold({ lostActs, stuck, checks }: Faults): boolean {
  return lostActs.length === 0 && stuck === 0 && FAULT_CHECKS.every((name) => checks[name].ok);
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
