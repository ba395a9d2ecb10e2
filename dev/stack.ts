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
import { dumpTemporal } from './temporal-dump.js';
import { findTemporalServer, type TemporalPrograms } from './temporal-go.js';
import { startTemporalOnPostgres } from './temporal-on-postgres.js';
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
  /** Null: it has no user interface. */
  readonly temporalUiUrl: string | null;
  readonly smtpUrl: string;
  readonly mailbox: Mailbox;
  /** The file with everything that Temporal keeps, as it is now. */
  readonly temporalDatabaseFile: () => Promise<string>;
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
  /** Temporal's server on our PostgreSQL, as operators run it, instead of its dev server. */
  readonly server?: boolean;
}

const STOP_LIMIT_MS = 3_000;

/**
 * Starts PostgreSQL with all migrations, the Temporal dev server and the mail catcher. The ports (those of the web
 * pages and of sign-in too, which the caller opens) are checked before anything is started. Ctrl-C is the caller's: it calls `stop`.
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
    const programs = plan.server === true ? await findTemporalServer(plan.say) : await findTemporal(plan.say);
    const { temporal, postgres, ownerUrl } = await startServers({ plan, home, programs, stops });
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
      temporalAddress: `127.0.0.1:${plan.ports.temporal}`,
      temporalUiUrl: plan.server === true ? null : `http://127.0.0.1:${plan.ports.temporalUi}`,
      smtpUrl: mailbox.smtpUrl,
      mailbox,
      temporalDatabaseFile: () => temporalFile({ plan, home, ownerUrl }),
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

async function temporalFile({
  plan,
  home,
  ownerUrl,
}: {
  plan: StackPlan;
  home: Home;
  ownerUrl: string;
}): Promise<string> {
  if (plan.server !== true) return home.path('temporal.db');
  const file = home.path('temporal-dump');
  await dumpTemporal(ownerUrl, file);
  return file;
}

/** The two programs, and how the database is reached. */
interface Servers {
  readonly temporal: KeptProcess;
  readonly postgres: KeptProcess;
  /** Of the owner of the database, who migrates it. */
  readonly ownerUrl: string;
}

/** PostgreSQL and Temporal at the same time, unless one needs the other; whichever runs is stopped when one fails. */
async function startServers(options: {
  readonly plan: StackPlan;
  readonly home: Home;
  readonly programs: string | TemporalPrograms;
  readonly stops: (() => Promise<void>)[];
}): Promise<Servers> {
  const { plan, home, programs, stops } = options;
  let ownerUrl = '';
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
  const common = { port: plan.ports.temporal, logFile: home.path('logs/temporal.log') };
  const temporal = keepProcess(async () => {
    if (typeof programs !== 'string') {
      await postgres;
      const server = await startTemporalOnPostgres({ ...common, programs, ownerUrl, folder: home.path('temporal') });
      return server.process;
    }
    const file = { databaseFile: home.path('temporal.db') };
    return (await startTemporal({ ...common, ...file, program: programs, uiPort: plan.ports.temporalUi })).process;
  });
  const results = await Promise.allSettled([
    withProgress(plan.say, 'Starting the Temporal server', () => temporal),
    withProgress(plan.say, 'Starting PostgreSQL', () => postgres),
  ]);
  const running = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  stops.push(async () => {
    if (plan.server !== true) await Promise.all(running.map((server) => server.stop(STOP_LIMIT_MS)));
    // Temporal first: it keeps what it knows in that PostgreSQL.
    else for (const server of running) await server.stop(STOP_LIMIT_MS);
  });
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return { temporal: await temporal, postgres: await postgres, ownerUrl };
}
