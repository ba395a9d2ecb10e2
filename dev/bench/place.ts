import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '../../adapters/config.js';
import { connectTemporal, type TemporalClient } from '../../adapters/temporal.js';
import { openDatabase, type Database } from '../../prisma/database.js';
import { variablesOf } from '../installation.js';
import { type OwnedProcess, runProgram, startProcess, stopInReverse } from '../processes.js';
import { startStack, type Stack } from '../stack.js';
import type { Asked } from './measurement.js';
import { cpuSecondsOf } from './process-usage.js';
import { setMorning } from './records.js';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const START_LIMIT_MS = 90_000;

/** Servers of one measurement's own, and programs beside them. */
export interface Place {
  readonly stack: Stack;
  readonly config: Config;
  readonly database: Database;
  readonly temporal: TemporalClient;
  /** Starts one of our programs in a process of its own; resolves when it says that it started. */
  readonly start: (file: string, plan?: ProgramPlan) => Promise<OwnedProcess>;
  /** Runs one of the bench's programs to its end; what it printed last. */
  readonly run: (file: string, plan?: ProgramPlan) => Promise<unknown>;
  /** CPU seconds that both servers have used. */
  readonly serverCpu: () => { readonly temporal: number; readonly postgres: number };
  /** What else must be ended with it, before its servers. */
  readonly alsoStop: (stop: () => Promise<unknown>) => void;
  /** Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** How a program is run. */
export interface ProgramPlan {
  readonly args?: readonly (string | number)[];
  readonly variables?: Readonly<Record<string, string>>;
}

const open = new Set<Place>();

/** Ends every place that is still there: at the end of a measurement, and of the bench. */
export async function stopPlaces(): Promise<void> {
  for (const place of open) await place.stop();
}

/** Starts servers as an installation has them, durable, with an empty database in which it is 08:00 today. */
export async function startPlace({ settings, say }: Pick<Asked, 'settings' | 'say'>): Promise<Place> {
  const stack = await startStack({ home: settings.home, ports: settings.ports, say });
  const stops: (() => Promise<unknown>)[] = [stack.stop];
  const variables = variablesOf(settings, stack);
  const config = readConfig(variables);
  const database = openDatabase(config.databaseUrl);
  stops.push(() => database.$disconnect());
  await setMorning(database);
  const temporal = await connectTemporal(config);
  stops.push(temporal.close);
  const programs = programsOn(variables, stack);
  let stopping: Promise<void> | undefined;
  const place: Place = {
    stack,
    config,
    database,
    temporal,
    run: programs.run,
    alsoStop: (stop) => stops.push(stop),
    start: async (file, plan) => {
      const program = await programs.start(file, plan);
      stops.push(() => program.stop());
      return program;
    },
    serverCpu: () => ({
      temporal: cpuSecondsOf([stack.servers.temporal.pid()]),
      postgres: cpuSecondsOf([stack.servers.postgres.pid()]),
    }),
    stop: () => {
      open.delete(place);
      return (stopping ??= stopInReverse(stops.map((stop) => () => stop().then(() => undefined))));
    },
  };
  open.add(place);
  return place;
}

function programsOn(variables: Readonly<Record<string, string>>, stack: Stack) {
  const commandOf = (file: string, plan: ProgramPlan = {}) => ({
    command: process.execPath,
    args: [
      ...['--disable-warning=DeprecationWarning', '--import', 'tsx', join(ROOT, file)],
      ...(plan.args ?? []).map(String),
    ],
    cwd: ROOT,
    env: { ...process.env, ...variables, ...plan.variables },
  });
  return {
    start: async (file: string, plan?: ProgramPlan): Promise<OwnedProcess> => {
      const name = file.replaceAll('/', '-');
      const logFile = join(stack.logFolder, `${name}.log`);
      const program = await startProcess({ ...commandOf(file, plan), name, stopSignal: 'SIGTERM', logFile });
      const end = performance.now() + START_LIMIT_MS;
      while (!program.lastWords().includes('_started')) {
        if (!program.running() || performance.now() > end) {
          await program.stop();
          throw new Error(`${file} did not start. Its last words:\n${program.lastWords()}`);
        }
        await pause(50);
      }
      return program;
    },
    run: async (file: string, plan?: ProgramPlan): Promise<unknown> => {
      const { code, words } = await runProgram(commandOf(file, plan));
      if (code !== 0) throw new Error(`${file} failed. Its last words:\n${words}`);
      return JSON.parse(words.split('\n').at(-1) ?? '');
    },
  };
}
