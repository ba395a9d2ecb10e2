import type { Command } from 'commander';
import * as z from 'zod';
import type { Kind, Policy, PolicyChoices } from '../../domain/policy.js';
import { readChoices, readPolicies, writeChoices } from '../../prisma/policies.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';

const days = z.int().min(1).max(365);

/** What an installation may choose, with its bounds; periods in whole days unless their name says minutes. */
const shape = z.strictObject({
  ownerDays: z.int().min(30).max(365),
  clarificationDays: z.int().min(15).max(90),
  noticeDays: z.int().min(0).max(90),
  remindBefore: z.int().min(0).max(30),
  giveBackAfter: days,
  callAfter: z.int().min(0).max(30),
  appealDays: z.int().min(0).max(90),
  reopenedDays: days,
  levelDays: days,
  consultationAcceptDays: z.int().min(1).max(30),
  consultationDays: z.int().min(1).max(90),
  consultationReminderAfter: z.int().min(1).max(90),
  holdMinutes: z.int().min(0).max(1_440),
  rule: z.enum(['l1_only', 'l2_decides', 'both_agree']),
  levels: z.union([z.tuple([z.literal('l1')]), z.tuple([z.literal('l1'), z.literal('l2')])]),
});

type Chosen = keyof z.infer<typeof shape>;

const NAMES = Object.keys(shape.shape) as readonly Chosen[];
const KINDS: readonly Kind[] = ['annual_review', 'privacy', 'nomination', 'concern'];

/** Adds `policy show` and `policy set`. */
export function addPolicy(program: Command, print: (text: string) => void): void {
  const policy = program.command('policy').summary('periods and rules that reviews start with here');
  policy
    .command('show')
    .summary('the periods and rules of each kind of review')
    .option('--json', 'print one JSON object')
    .action(async (options: { readonly json?: true }) => {
      const policies = await withDatabase(readPolicies);
      print(
        options.json === true
          ? JSON.stringify(policies)
          : KINDS.map((kind) => inWords(kind, policies[kind])).join('\n\n'),
      );
    });
  policy
    .command('set')
    .summary('choose some for reviews that open from now on; a review keeps those that it started with')
    .argument('<kind>', KINDS.join(', '))
    .argument('<choices...>', `NAME=VALUE; the names: ${NAMES.join(', ')}`)
    .addHelpText('after', EXAMPLES)
    .action(async (given: string, pairs: readonly string[]) => {
      const kind = kindGiven(given);
      const chosen = Object.fromEntries(pairs.map(choiceGiven)) as Partial<Policy>;
      const policies = await withDatabase(async (database) => {
        const choices: PolicyChoices = await readChoices(database);
        await writeChoices(database, { ...choices, [kind]: { ...choices[kind], ...chosen } });
        return readPolicies(database);
      });
      print(`${inWords(kind, policies[kind])}\n\nThis holds for reviews that open from now on.`);
    });
}

const EXAMPLES = `
Examples:
  perennial policy set annual_review rule=both_agree holdMinutes=30
  perennial policy set privacy levels=l1 rule=l1_only`;

function kindGiven(given: string): Kind {
  const kind = KINDS.find((one) => one === given);
  if (kind !== undefined) return kind;
  throw new UsageError(`"${given.slice(0, 40)}" is no kind of review. There are ${KINDS.join(', ')}.`);
}

function choiceGiven(pair: string): readonly [Chosen, unknown] {
  const [left = '', ...rest] = pair.split('=');
  const name = NAMES.find((one) => one === left.trim());
  const text = rest.join('=').trim();
  if (name === undefined || text === '') {
    throw new UsageError(`"${pair.slice(0, 60)}" will not do. Give NAME=VALUE with one of ${NAMES.join(', ')}.`);
  }
  const value = name === 'levels' ? text.split(',') : /^\d+$/u.test(text) ? Number(text) : text;
  const read = shape.shape[name].safeParse(value);
  if (read.success) return [name, read.data];
  throw new UsageError(
    `${name}=${text.slice(0, 40)} will not do: ${read.error.issues[0]?.message ?? 'it is out of bounds'}.`,
  );
}

function inWords(kind: Kind, policy: Policy): string {
  const lines = NAMES.map((name) => `  ${name.padEnd(26)} ${String(policy[name])}`);
  return [kind, ...lines].join('\n');
}
