import { mkdirSync } from 'node:fs';
import { deploy } from '../prisma/migrate.js';
import { makeApplicationUser } from './application-user.js';
import { type Say, withProgress } from './cache.js';
import { openHome, type Home } from './home.js';
import { keepProcess, type KeptProcess } from './kept-process.js';
import { type Mailbox, startMailbox } from './mailbox.js';
import { checkPorts } from './ports.js';
import { startPostgres } from './postgres.js';
import { stopInReverse } from './processes.js';
import { type StackPorts, wantedPorts } from './stack-ports.js';
import { findTemporal, startTemporal } from './temporal-server.js';

/** Everything outside our own code that an installation on one machine needs, running. */
export interface Stack {
  readonly home: Home;
  readonly ports: StackPorts;
  /** Of the user that worker and pages act as, with its password: for configuration only. */
  readonly databaseUrl: string;
  /** Of the owner of the database, with its password: for migrations and for measuring only. */
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  readonly smtpUrl: string;
  readonly mailbox: Mailbox;
  /** Temporal's SQLite file: everything that Temporal keeps. */
  readonly temporalDatabaseFile: string;
  /** The folder with what the servers wrote about themselves. */
  readonly logFolder: string;
  /** The programs behind it, for whoever strikes them. */
  readonly servers: { readonly temporal: KeptProcess; readonly postgres: KeptProcess };
  /** Resolves with a sentence when a server ends that nobody struck or stopped. */
  readonly broken: Promise<string>;
  /** Ends everything, the last started first. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** What to start, and where. */
export interface StackPlan {
  /** The folder of all data; see perennialHome(). */
  readonly home: string;
  readonly ports: StackPorts;
  /** Hears what is waited for when something takes longer than two seconds. */
  readonly say: Say;
  /** True where the data is thrown away anyway (demo, tests): PostgreSQL is faster and survives no power cut. */
  readonly throwAway?: boolean;
}

const STOP_LIMIT_MS = 3_000;

/**
 * Starts PostgreSQL with all migrations, the Temporal dev server and the mail catcher. The ports (that of the web
 * pages too, which the caller opens) are checked before anything is started. Ctrl-C is the caller's: it calls `stop`.
 * @throws with a sentence when a port is taken, the folder is in use, or a part cannot be found or started; then
 * nothing is left running.
 */
export async function startStack(plan: StackPlan): Promise<Stack> {
  // Before the ports: if they are taken by a run on the same data, that is what must be said.
  const home = openHome(plan.home);
  const stops: (() => Promise<void>)[] = [() => Promise.resolve(home.close())];
  const logFolder = home.path('logs');
  mkdirSync(logFolder, { recursive: true });
  try {
    await checkPorts(wantedPorts(plan.ports));
    const program = await findTemporal(plan.say);
    const { temporal, postgres, temporalAddress, ownerUrl } = await startServers({ plan, home, program, stops });
    await withProgress(plan.say, 'Bringing the database up to date', () => deploy(ownerUrl));
    const databaseUrl = await makeApplicationUser(ownerUrl);
    const mailbox = await startMailbox({ folder: home.path('emails'), port: plan.ports.smtp });
    stops.push(mailbox.stop);
    let stopping: Promise<void> | undefined;
    return {
      home,
      ports: plan.ports,
      databaseUrl,
      ownerUrl,
      temporalAddress,
      temporalUiUrl: `http://127.0.0.1:${plan.ports.temporalUi}`,
      smtpUrl: mailbox.smtpUrl,
      mailbox,
      temporalDatabaseFile: home.path('temporal.db'),
      logFolder,
      servers: { temporal, postgres },
      broken: Promise.race([temporal.broken, postgres.broken]),
      stop: () => {
        stopping ??= stopInReverse(stops);
        return stopping;
      },
    };
  } catch (error) {
    await stopInReverse(stops);
    throw error;
  }
}

/** What commands and workers reach, and the two programs behind it. */
interface Servers {
  readonly temporal: KeptProcess;
  readonly postgres: KeptProcess;
  readonly temporalAddress: string;
  /** Of the owner of the database, who migrates it. */
  readonly ownerUrl: string;
}

/** PostgreSQL and Temporal at the same time; whichever runs is stopped when the other fails. */
async function startServers(options: {
  readonly plan: StackPlan;
  readonly home: Home;
  readonly program: string;
  readonly stops: (() => Promise<void>)[];
}): Promise<Servers> {
  const { plan, home, program, stops } = options;
  let temporalAddress = '';
  let ownerUrl = '';
  const temporal = keepProcess(async () => {
    const server = await startTemporal({
      program,
      port: plan.ports.temporal,
      uiPort: plan.ports.temporalUi,
      databaseFile: home.path('temporal.db'),
      logFile: home.path('logs/temporal.log'),
    });
    temporalAddress = server.address;
    return server.process;
  });
  const postgres = keepProcess(async () => {
    const server = await startPostgres({
      folder: home.path('postgres'),
      port: plan.ports.postgres,
      logFile: home.path('logs/postgres.log'),
      throwAway: plan.throwAway === true,
    });
    ownerUrl = server.url;
    return server.process;
  });
  const results = await Promise.allSettled([
    withProgress(plan.say, 'Starting the Temporal server', () => temporal),
    withProgress(plan.say, 'Starting PostgreSQL', () => postgres),
  ]);
  const running = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  stops.push(async () => {
    await Promise.all(running.map((server) => server.stop(STOP_LIMIT_MS)));
  });
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return { temporal: await temporal, postgres: await postgres, temporalAddress, ownerUrl };
}
