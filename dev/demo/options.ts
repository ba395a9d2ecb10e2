import { Command, InvalidArgumentError, Option } from 'commander';
import { MOST_NOMINATIONS } from './nominators.js';

/** What a demonstration is about. */
const SCENARIOS = ['campaign', 'nominations'] as const;

/** What a demonstration is asked for. */
export interface DemoOptions {
  readonly scenario: (typeof SCENARIOS)[number];
  /** So many products are nominated. */
  readonly nominations: number;
  /** Listings to import. */
  readonly take: number;
  readonly registry: string;
  readonly seed: number;
  /** Ends when the campaign has ended, instead of going on in real time. */
  readonly once: boolean;
  readonly json: boolean;
  /** Parts are killed, mail and rows go wrong while people act. */
  readonly faults: boolean;
  /** Temporal's server on PostgreSQL, built with Go the first time, instead of its dev server. */
  readonly server: boolean;
  /** A day takes so many times as long. */
  readonly slower: number;
  /** Ends after so many real minutes; null: with the campaign. */
  readonly minutes: number | null;
}

/** By default a slice of the registry: it shows everything within three minutes. */
const SLICE = 40;
/** Nominations alone need little beside them. */
const FEW = 12;
/** So many nominations come beside a campaign. */
const NOMINATED = 3;
const SERVER = "run Temporal's server on PostgreSQL, built with Go once";
const REGISTRY = 'dev/registry-2026-07-10.json';

const AFTER_HELP = `
The seed fixes people and habits, not the order of a race: days of fast time
pass while somebody types, more of them on a busy machine. So one run has a
reminder before an answer, another has the answer first: their emails differ.
Where pages take long to come, days become longer, and the whole with them.

All data is in PERENNIAL_HOME/demo (.perennial/demo), emptied at each start.
Ports are chosen by PERENNIAL_WEB_PORT, PERENNIAL_TEMPORAL_PORT,
PERENNIAL_TEMPORAL_UI_PORT, PERENNIAL_POSTGRES_PORT, PERENNIAL_SMTP_PORT and
PERENNIAL_ISSUER_PORT.

Exit code: 0 if every check holds, 1 if not, 2 for wrong options or a wrong
environment.`;

/** Reads the arguments of `npm run demo`. Ends the process with code 2 and a sentence if they cannot be meant. */
export function demoOptions(argv: readonly string[]): DemoOptions {
  const command = new Command('demo')
    .description(
      'A campaign of reviews, some hundred days of it, in fast motion, on this machine, with invented people.',
    )
    .addOption(
      new Option('--scenario <name>', `a campaign with ${NOMINATED} nominations, or ${MOST_NOMINATIONS} nominations`)
        .choices(SCENARIOS)
        .default('campaign'),
    )
    .option('--take <number>', `import so many listings of the registry (default: ${SLICE}, or ${FEW})`, wholeNumber)
    .option('--all', 'import all of them')
    .option('--registry <file>', 'the registry to import', REGISTRY)
    .option('--seed <number>', 'who the people are, and their habits', wholeNumber, 1)
    .option('--once', 'end when the campaign has ended')
    .option('--json', 'print the result as one line of JSON, the last one (implies --once)')
    .option('--slower <times>', 'days take so many times as long, for a busy machine', wholeNumber, 1)
    .option('--faults', 'kill parts and play bad days of mail meanwhile (implies --once)')
    .option('--server', SERVER)
    .addHelpText('after', AFTER_HELP)
    .exitOverride((ended) => process.exit(ended.exitCode === 0 ? 0 : 2))
    .parse([...argv], { from: 'user' });
  const given = command.opts<{
    scenario: DemoOptions['scenario'];
    take?: number;
    all?: true;
    registry: string;
    seed: number;
    once?: true;
    json?: true;
    faults?: true;
    server?: true;
    slower: number;
  }>();
  const campaign = given.scenario === 'campaign';
  return {
    scenario: given.scenario,
    nominations: campaign ? NOMINATED : MOST_NOMINATIONS,
    take: given.all === true ? Number.MAX_SAFE_INTEGER : (given.take ?? (campaign ? SLICE : FEW)),
    registry: given.registry,
    seed: given.seed,
    // Without a terminal nobody could visit.
    once: given.once === true || given.json === true || given.faults === true || !process.stdout.isTTY,
    json: given.json === true,
    faults: given.faults === true,
    server: given.server === true,
    slower: given.slower,
    minutes: null,
  };
}

/** Reads the arguments of `npm run chaos`, as demoOptions does. */
export function chaosOptions(argv: readonly string[]): DemoOptions {
  const command = new Command('chaos')
    .description('The demonstration under faults, for so many minutes: whether every promise holds all the same.')
    .option('--minutes <number>', 'how long faults strike', wholeNumber, 10)
    .option('--seed <number>', 'people, habits and the order of faults', wholeNumber, 1)
    .option('--take <number>', 'import so many listings of the registry (default: all)', wholeNumber)
    .option('--json', 'print the result as one line of JSON, the last one')
    .option('--server', SERVER)
    .exitOverride((ended) => process.exit(ended.exitCode === 0 ? 0 : 2))
    .parse([...argv], { from: 'user' });
  const given = command.opts<{ minutes: number; seed: number; take?: number; json?: true; server?: true }>();
  const { minutes, seed, take, json, server } = given;
  const scenario = { scenario: 'campaign', nominations: NOMINATED } as const;
  const always = { ...scenario, registry: REGISTRY, once: true, faults: true, slower: 1 } as const;
  return {
    ...always,
    server: server === true,
    minutes,
    seed,
    take: take ?? Number.MAX_SAFE_INTEGER,
    json: json === true,
  };
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/u.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give a whole number above 0.');
}
