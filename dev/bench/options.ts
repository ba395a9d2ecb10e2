import { Command, InvalidArgumentError } from 'commander';
import { FIGURES, type FigureName } from './measurement.js';

/** What a bench is asked for. */
export interface BenchOptions {
  readonly json: boolean;
  /** Empty: all figures. */
  readonly only: readonly FigureName[];
  readonly rounds: number;
  /** The part of the full sizes; 1 is all. */
  readonly size: number;
}

const AFTER_HELP = `
Figures: ${FIGURES.join(', ')}.

Each is measured on servers of its own in PERENNIAL_HOME/bench (.perennial/bench),
which is emptied before and removed after. Ports are chosen as by npm run demo.
It needs Linux: CPU and memory of processes are read from /proc.

Exit code: 0 if every bound holds, 1 if not, 2 for wrong options or a wrong
environment.`;

/** Reads the arguments of `npm run bench`. Ends the process with code 2 and a sentence if they cannot be meant. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const command = new Command('bench')
    .description('What the engine costs against the least that its parts would cost, on this machine, within one run.')
    .option('--json', 'print the result as one line of JSON, the last one')
    .option('--only <figure>', 'this figure, and those measured with it; may be given again', figure, [])
    .option('--rounds <number>', 'how often both sides take their turn', whole, 2)
    .option('--size <part>', 'a part of the full sizes, such as 0.1, to see that it runs', part, 1)
    .addHelpText('after', AFTER_HELP)
    .exitOverride((ended) => process.exit(ended.exitCode === 0 ? 0 : 2))
    .parse([...argv], { from: 'user' });
  const given = command.opts<{ json?: true; only: readonly FigureName[]; rounds: number; size: number }>();
  return { ...given, json: given.json === true };
}

function figure(text: string, before: readonly FigureName[]): readonly FigureName[] {
  const found = FIGURES.find((name) => name === text);
  if (found === undefined)
    throw new InvalidArgumentError(`There is no such figure. Give one of ${FIGURES.join(', ')}.`);
  return [...before, found];
}

function whole(text: string): number {
  if (/^[1-9]\d?$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1 to 99.');
}

function part(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a number above 0 and at most 1.');
}
