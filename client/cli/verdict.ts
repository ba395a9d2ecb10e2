import type { Command } from 'commander';
import { scopeOfReview } from '../../domain/answers.js';
import { sectionsAsked } from '../../domain/appealing.js';
import { standardOf, STANDARDS } from '../../domain/standards.js';
import type { Seat } from '../../domain/policy.js';
import type { SectionId } from '../../domain/standard.js';
import type { Database } from '../../prisma/database.js';
import { findCase } from '../../prisma/find-case.js';
import { byOption, tell, type AnsweredWish } from './answered.js';
import { numberGiven, reasonGiven } from '../given.js';
import { giveVerdict } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { readVerdicts, type FileVerdict } from './verdict-file.js';
import { sectionsGiven, type SectionFlags } from './verdict-sections.js';
import { withDatabase } from './with-database.js';

interface VerdictOptions extends SectionFlags {
  readonly by: string;
  readonly level?: string;
  readonly file?: string;
  readonly answers?: string;
  readonly round?: string;
  readonly days?: string;
  readonly secondRoundReason?: string;
  readonly json?: true;
}

/** A verdict to send: of flags, or one of a file. */
interface Wish extends SectionFlags {
  readonly reference: string;
  readonly by: string;
  readonly level: Seat;
  readonly answersVersion?: number;
  readonly round?: number;
  readonly days: number | null;
  readonly secondRoundReason: string | null;
}

/** Verdicts of a file wait for their outcomes side by side, so many at once. */
const AT_ONCE = 6;

/** Adds `verdict REF`. */
export function addVerdict(program: Command, print: (text: string) => void): void {
  program
    .command('verdict')
    .summary('give the verdict of a reviewer, section by section')
    .argument('[reference]', 'the review, such as 2026-7Q2MK; not with --file')
    .addOption(byOption())
    .option('--level <level>', 'l1, l2, or appeal for whoever hears one')
    .option('--section <id=word...>', 'a section and meets, clarify or does_not_meet, such as 9a=clarify')
    .option('--rest <word>', 'the verdict on every section that is not named')
    .option(
      '--reason <text...>',
      'what owner and public read: ID=TEXT for one section, or TEXT for all that do not meet',
    )
    .option('--internal-reason <text...>', 'what only reviewers and staff read, in the same way')
    .option('--answers <version>', 'the version of the answers that you read (default: the newest)')
    .option('--round <number>', 'the round that you saw (default: the present one)')
    .option('--days <number>', 'how long the owner has for a clarification, 15 to 90 (default: 30)')
    .option('--second-round-reason <text>', 'why the owner is asked for a clarification again')
    .option('--file <file>', 'a JSON file with many verdicts; flags hold where one says nothing')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (reference: string | undefined, options: VerdictOptions) => {
      const wishes = await wishesOf(reference, options);
      const all = await withDatabase((database) => giveAll(database, wishes));
      tell({ all, json: options.json === true, print });
    });
}

const EXAMPLES = `
Examples:
  perennial case show 2026-7Q2MK --answers
  perennial verdict 2026-7Q2MK --by ada --level l1 --rest meets
  perennial verdict 2026-7Q2MK --by ben --level l2 --section 9a=clarify --rest meets --reason "9a=Which law applies?"
  perennial verdict 2026-7Q2MK --by cleo --level appeal --rest meets
  perennial verdict --by ada --level l1 --file verdicts.json`;

async function wishesOf(reference: string | undefined, options: VerdictOptions): Promise<readonly Wish[]> {
  if ((reference === undefined) === (options.file === undefined)) {
    throw new UsageError('Give either the reference of one review, or --file with many verdicts.');
  }
  const flags = flagsOf(options);
  if (reference !== undefined) return [{ ...flags, reference, level: levelOf(options.level) }];
  const verdicts = await readVerdicts(options.file ?? '');
  return verdicts.map((verdict) => ofFile(verdict, flags, options.level));
}

type Flags = Omit<Wish, 'reference' | 'level'>;

function flagsOf(options: VerdictOptions): Flags {
  const { by, section, rest, reason, internalReason, secondRoundReason } = options;
  const most = 1_000_000;
  const whole = (option: string, given: string) => numberGiven({ option, given, least: 1, most });
  return {
    by,
    ...(section === undefined ? {} : { section }),
    ...(rest === undefined ? {} : { rest }),
    ...(reason === undefined ? {} : { reason }),
    ...(internalReason === undefined ? {} : { internalReason }),
    ...(options.answers === undefined ? {} : { answersVersion: whole('--answers', options.answers) }),
    ...(options.round === undefined ? {} : { round: whole('--round', options.round) }),
    days:
      options.days === undefined ? null : numberGiven({ option: '--days', given: options.days, least: 15, most: 90 }),
    secondRoundReason: secondRoundReason === undefined ? null : reasonGiven('--second-round-reason', secondRoundReason),
  };
}

function ofFile(verdict: FileVerdict, flags: Flags, level: string | undefined): Wish {
  const pairs = (given: Readonly<Record<string, string>>) => Object.entries(given).map(([id, text]) => `${id}=${text}`);
  return {
    reference: verdict.reference,
    by: verdict.by ?? flags.by,
    level: verdict.level ?? levelOf(level),
    section: pairs(verdict.sections),
    ...(verdict.rest === undefined ? (flags.rest === undefined ? {} : { rest: flags.rest }) : { rest: verdict.rest }),
    reason: [...pairs(verdict.reasons), ...verdict.reason],
    internalReason: [...pairs(verdict.internalReasons), ...verdict.internalReason],
    days: verdict.days ?? flags.days,
    secondRoundReason: verdict.secondRoundReason ?? flags.secondRoundReason,
    ...(verdict.answers === undefined ? {} : { answersVersion: verdict.answers }),
    ...(verdict.round === undefined ? {} : { round: verdict.round }),
  };
}

function levelOf(given: string | undefined): Seat {
  if (given === 'l1' || given === 'l2' || given === 'appeal') return given;
  throw new UsageError('Give --level l1, --level l2 or, on an appeal, --level appeal.');
}

/** All are understood before the first is sent, so that wrong use sends none. */
async function giveAll(database: Database, wishes: readonly Wish[]): Promise<readonly AnsweredWish[]> {
  const understood = await Promise.all(
    wishes.map(async (wish) => ({ wish, sections: sectionsGiven(await askedOf(database, wish.reference), wish) })),
  );
  const all: AnsweredWish[] = [];
  for (let first = 0; first < understood.length; first += AT_ONCE) {
    const some = understood.slice(first, first + AT_ONCE).map(async ({ wish, sections }) => {
      const { section: _s, rest: _r, reason: _p, internalReason: _i, ...given } = wish;
      return { reference: wish.reference, answer: await giveVerdict({ database, ...given, sections }) };
    });
    all.push(...(await Promise.all(some)));
  }
  return all;
}

/** The sections on which a review asks a verdict now. */
async function askedOf(database: Database, reference: string): Promise<readonly SectionId[]> {
  const found = await findCase(database, reference);
  if (found === null || found.review === null || found.version === null) {
    throw new UsageError(`There is no review called "${reference.slice(0, 80)}": "perennial case list" shows them.`);
  }
  const { review, version } = found;
  return sectionsAsked({ review, asking: { standard: standardOf(STANDARDS, version), scope: scopeOfReview(review) } });
}
