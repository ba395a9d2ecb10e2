import { Option, type Command } from 'commander';
import type { Instant } from '../../domain/calendar.js';
import type { RequestWord } from '../../domain/case.js';
import type { Database } from '../../prisma/database.js';
import { findCase } from '../../prisma/find-case.js';
import { readCases, type CaseFilter, type CaseLine } from '../../prisma/read-cases.js';
import { readRunningCampaigns, type RunningCampaign } from '../../prisma/read-running-campaigns.js';
import { byOption, tell } from './answered.js';
import { showCase } from './case-show.js';
import { dayGiven, numberGiven, reasonGiven } from '../given.js';
import { waveInWords } from '../words/campaign-words.js';
import { attentionLines, nextInShort, nextInWords } from '../words/next-words.js';
import { personOf, staffAct, type StaffAct } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted, tableOf } from '../words/words.js';

type Print = (text: string) => void;

interface ActOptions {
  readonly by: string;
  readonly reason?: string;
  readonly internalReason?: string;
  readonly until?: string;
  readonly request?: string;
  readonly days?: string;
  readonly unknown?: true;
  readonly level?: string;
  readonly to?: string;
  readonly json?: true;
  readonly confirm?: string | true;
}

/** What is a command here; concerns have commands of their own. */
type ActWord = Exclude<StaffAct['is'], 'accept_concern' | 'reject_concern' | 'ask_concern'>;

const REQUESTS: readonly RequestWord[] = ['more_time', 'withdrawal', 'not_me', 'answered_elsewhere'];

/** Adds `case show|list` and what staff do to a case, one command each. */
export function addCases(program: Command, print: Print): void {
  const cases = program.command('case').summary('look at cases, and act for the secretariat');
  addList(cases, print);
  addShow(cases, print);
  const act = (is: ActWord, summary: string) =>
    cases
      .command(commandOf(is))
      .summary(summary)
      .argument('<reference>', 'a review such as 2026-7Q2MK, or the slug of a product')
      .addOption(byOption())
      .option('--reason <text>', 'what owner and public read')
      .option('--internal-reason <text>', 'what only reviewers and staff read')
      .option('--json', 'print one JSON object')
      .addOption(new Option('--confirm [name]').hideHelp())
      .action(async (reference: string, options: ActOptions) => {
        if (options.confirm !== undefined) throw new UsageError(asksNothing(is));
        const given = { ...givenOf(options), act: actOf(is, options) };
        await withDatabase(async (database) => {
          const answer = await staffAct({ database, reference, ...given });
          tell({ all: [{ reference, answer }], json: options.json === true, print });
          if (OPENING.includes(is) && options.json !== true) print(await aheadOf(database, reference));
        });
      });
  act('open', 'open a review: an annual one if it is near or past, else the privacy questions');
  act('resend', 'send again what the mail server refused').option(
    '--unknown',
    'also what nobody knows of; it may have arrived, so look at the mail server first',
  );
  act('extend', 'move the deadline of the owner').requiredOption('--until <date>', 'the new last day, YYYY-MM-DD');
  const withRequest = (command: Command) =>
    command.option('--request <word>', `which one: ${REQUESTS.join(', ')} (default: the oldest)`);
  withRequest(act('grant', 'grant what the owner asked for')).option(
    '--days <number>',
    'more time: how much (default: 14)',
  );
  withRequest(act('refuse', 'refuse what the owner asked for; needs --reason'));
  act('expire', 'end a review that nobody answered; an annual one takes the product off the list; needs --reason');
  act('withdraw', 'take the product off the list as its owner wishes; needs --reason');
  act('close', 'end a review that was decided elsewhere; needs --reason');
  act('reopen', 'open the review of a product that left the list within 210 days; needs --reason');
  act(
    'reconsider',
    'look at an approval again: the product stays listed until a new decision; needs --reason',
  ).requiredOption('--level <level>', 'from which level on: l1 or l2');
  act('hand_over', 'give the case of one reviewer to another one').requiredOption(
    '--to <id>',
    'who is to have it: somebody who reviews at the level that is asked, or hears appeals',
  );
  act('release', 'let go on what was set aside as stuck');
}

/** After these, staff want to know when the first email goes. */
const OPENING: readonly ActWord[] = ['open', 'reopen'];

function commandOf(is: ActWord): string {
  return is.replaceAll('_', '-');
}

function asksNothing(is: ActWord): string {
  return `"case ${commandOf(is)}" asks nothing back, so leave --confirm out. Only "campaign start" wants its name again.`;
}

/** What comes next in the review that was just opened: its first email, or that there is nobody to ask. */
async function aheadOf(database: Database, reference: string): Promise<string> {
  const found = await findCase(database, reference);
  const { lines, now } = await readCases(database, { slug: found?.slug ?? '' });
  return lines
    .flatMap((line) => [`${line.reference ?? line.slug}: next: ${nextInWords(line, now)}.`, ...attentionLines(line)])
    .join('\n');
}

function actOf(is: ActWord, { until, request, days, unknown, level, to }: ActOptions): StaffAct {
  switch (is) {
    case 'extend':
      return { is, until: dayGiven('--until', until ?? '') };
    case 'grant': {
      const more = days === undefined ? null : numberGiven({ option: '--days', given: days, least: 1, most: 180 });
      return { is, request: requestGiven(request), days: more };
    }
    case 'refuse':
      return { is, request: requestGiven(request) };
    case 'resend':
      return { is, unknown: unknown === true };
    case 'reconsider':
      if (level !== 'l1' && level !== 'l2') throw new UsageError('Give --level l1 or --level l2.');
      return { is, level };
    case 'hand_over':
      return { is, to: personOf(to ?? '', '--to') };
    default:
      return { is };
  }
}

function requestGiven(given: string | undefined): RequestWord | null {
  if (given === undefined) return null;
  const request = REQUESTS.find((one) => one === given);
  if (request === undefined) throw new UsageError(`--request is one of ${REQUESTS.join(', ')}.`);
  return request;
}

function givenOf({ by, reason, internalReason }: ActOptions) {
  const publicReason = reasonGiven('--reason', reason);
  return { by, publicReason, internalReason: reasonGiven('--internal-reason', internalReason) };
}

interface ListOptions {
  readonly all?: true;
  readonly state?: string;
  readonly waitingOn?: string;
  readonly attention?: string | true;
  readonly campaign?: string;
  readonly json?: true;
}

function addList(cases: Command, print: Print): void {
  cases
    .command('list')
    .summary('the open reviews, the next due first')
    .option('--all', 'also products whose case sleeps')
    .option('--state <state>', 'only in this state, such as owner, l1, clarification')
    .option('--waiting-on <who>', 'only where it is the turn of owner, l1, l2, secretariat or mail')
    .option('--attention [reason]', 'only where a human must look, for any reason or this one')
    .option('--campaign <name>', 'only those that this campaign opened')
    .option('--json', 'print one JSON object')
    .action(async ({ all, state, waitingOn, attention, campaign, json }: ListOptions) => {
      const filter = {
        ...(all === true || attention !== undefined ? {} : { open: true }),
        ...(state === undefined ? {} : { state }),
        ...(waitingOn === undefined ? {} : { waitingOn }),
        ...(attention === undefined ? {} : { attention: attention === true ? 'any' : attention }),
        ...(campaign === undefined ? {} : { campaign }),
      };
      await withDatabase(async (database) => {
        const { lines, now } = await readCases(database, filter);
        if (json === true) print(JSON.stringify({ cases: lines }));
        else if (lines.length > 0) print(listInWords(lines));
        else print(noneInWords({ filter, campaigns: await readRunningCampaigns(database), now }));
      });
    });
}

function listInWords(lines: readonly CaseLine[]): string {
  const rows = lines.map((line) => [
    line.reference ?? '-',
    line.slug,
    line.kind ?? '-',
    line.state,
    line.waitingOn,
    line.deadline ?? '-',
    nextInShort(line),
    line.attention.join(', '),
  ]);
  const names = ['review', 'product', 'kind', 'state', 'waits on', 'deadline', 'next (UTC)', 'needs a human'];
  return `${tableOf(names, rows)}\n${counted(lines.length, 'case')}`;
}

/** An empty list, with the waves that are still to open reviews. */
function noneInWords({
  filter,
  campaigns,
  now,
}: {
  filter: CaseFilter;
  campaigns: readonly RunningCampaign[];
  now: Instant;
}): string {
  const isPlain = Object.keys(filter).join() === 'open';
  const none = isPlain ? 'No review is open.' : 'No case is like that.';
  const waves = campaigns.flatMap(({ name, nextWave }) =>
    nextWave === null ? [] : [`${name}: ${waveInWords(nextWave, now)}.`],
  );
  return [none, ...waves].join('\n');
}

function addShow(cases: Command, print: Print): void {
  cases
    .command('show')
    .summary('everything about one case')
    .argument('<reference>', 'a review such as 2026-7Q2MK, or the slug of a product')
    .option(
      '--answers',
      'also what the owner wrote: the newest answers, with what is for reviewers only, and an appeal',
    )
    .option('--people', 'also names and addresses of those who are asked')
    .option('--json', 'print one JSON object')
    .action(async (reference: string, options: { answers?: true; people?: true; json?: true }) => {
      print(await withDatabase((database) => showCase(database, { reference, ...options })));
    });
}
