import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { INSTALLATION_FILE, readConfig, type Config } from '../adapters/config.js';
import type { Log } from '../adapters/log.js';
import { isInvented } from '../prisma/clock.js';
import { openDatabase, type Database } from '../prisma/database.js';
import { webContext } from '../web/context.js';
import { startWeb } from '../web/server.js';
import { startEngine } from '../worker/engine.js';
import { startApart } from './apart.js';
import type { Say } from './cache.js';
import { withProgress } from './cache.js';
import type { Programs } from './faults/of-parts.js';
import type { Home } from './home.js';
import { mailboxPages } from './mailbox-pages.js';
import { stopInReverse } from './processes.js';
import type { Settings } from './settings.js';
import type { StackPorts } from './stack-ports.js';
import { startStack, type Stack } from './stack.js';
import { addTrialStaff, startTrialSignIn } from './trial-sign-in.js';

/** What runs on this machine, where, and what it calls itself. */
export interface InstallationPlan {
  readonly settings: Settings;
  readonly say: Say;
  readonly log: Log;
  readonly throwAway?: boolean;
  /** Worker and pages in processes of their own; in this one by default. */
  readonly apart?: boolean;
  /** Temporal's server on PostgreSQL instead of its dev server; see StackPlan. */
  readonly server?: boolean;
  /** What to do with the database before anything works on it: its clock, its data. */
  readonly prepare: (parts: { database: Database; stack: Stack }) => Promise<void>;
}

const INVENTED =
  'All people, answers and outcomes are invented. The days that emails speak of are those of the demonstration, ' +
  "which ran ahead; when they were caught is told by this machine's own clock.";

/** An installation on this machine that runs. */
export interface Installation {
  readonly stack: Stack;
  readonly config: Config;
  readonly database: Database;
  /** The programs that can be struck; null: worker and pages run in this process. */
  readonly programs: Programs | null;
  /** Resolves with a sentence when a part ends that nobody stopped. */
  readonly broken: Promise<string>;
  /** Ends everything, the last started first. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the one-machine installation: servers, sign-in with its invented staff, workers, pages. It says in PERENNIAL_HOME how commands reach it.
 * @throws with a sentence when a part cannot start; then nothing is left running.
 */
export async function startInstallation(plan: InstallationPlan): Promise<Installation> {
  const { home, ports } = plan.settings;
  const stack = await startStack({ ...plan, home, ports });
  const stops: (() => Promise<void>)[] = [stack.stop];
  try {
    const database = openDatabase(stack.databaseUrl);
    stops.push(() => database.$disconnect());
    const signIn = await startTrialSignIn({ database, port: ports.issuer, publicUrl: pagesAt(ports) });
    stops.push(signIn.stop);
    const variables = { ...variablesOf(plan.settings, stack), ...signIn.variables };
    const config = readConfig(variables);
    await plan.prepare({ database, stack });
    await addTrialStaff(database);
    const invented = await isInvented(database);
    const parts: Parts = { plan, stack, config, database, variables, invented, stops };
    const { programs, broken } = await (plan.apart === true ? startPrograms(parts) : startHere(parts));
    stops.push(tell(stack.home, variables));
    let stopping: Promise<void> | undefined;
    return {
      stack,
      config,
      database,
      programs,
      broken: Promise.race([stack.broken, broken]),
      stop: () => (stopping ??= stopInReverse(stops)),
    };
  } catch (error) {
    await stopInReverse(stops);
    throw error;
  }
}

interface Parts {
  readonly plan: InstallationPlan;
  readonly stack: Stack;
  readonly config: Config;
  readonly database: Database;
  readonly variables: Readonly<Record<string, string>>;
  readonly invented: boolean;
  readonly stops: (() => Promise<void>)[];
}

type Serving = Pick<Installation, 'programs' | 'broken'>;

/** Worker, pages and mailbox in this process: one program to start and to stop. */
async function startHere({ plan, stack, config, database, invented, stops }: Parts): Promise<Serving> {
  const engine = await withProgress(plan.say, 'Starting the workers', () =>
    startEngine({ config, database, invented, log: plan.log }),
  );
  stops.push(engine.stop);
  const web = await startWeb({
    context: webContext({ config, database, invented, log: plan.log }),
    port: config.webPort,
    extra: mailboxPages(stack.mailbox, invented ? { note: INVENTED } : {}),
  });
  stops.push(web.stop);
  return { programs: null, broken: engine.broken.catch((error: unknown) => String(error)) };
}

/** Worker and pages as processes of their own, which can be struck. The mailbox has no pages then. */
async function startPrograms({ plan, stack, variables, stops }: Parts): Promise<Serving> {
  const apart = await withProgress(plan.say, 'Starting the workers', () =>
    startApart({ variables, logFolder: stack.logFolder }),
  );
  for (const program of [apart.web, apart.worker]) stops.push(() => program.stop());
  return {
    programs: { ...apart, ...stack.servers },
    broken: Promise.race([apart.worker.broken, apart.web.broken]),
  };
}

/** The configuration of worker, pages and commands on a stack; secrets that it has not yet are made. */
export function variablesOf({ ports, variables }: Settings, stack: Stack): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: stack.databaseUrl,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    ...(stack.temporalUiUrl === null ? {} : { TEMPORAL_UI_URL: stack.temporalUiUrl }),
    SMTP_URL: stack.smtpUrl,
    PERENNIAL_BASE_URL: pagesAt(ports),
    PERENNIAL_WEB_PORT: String(ports.web),
    PERENNIAL_LINK_KEY: variables['PERENNIAL_LINK_KEY'] ?? keyIn(stack.home, 'link-key'),
    PERENNIAL_LEDGER_KEY: variables['PERENNIAL_LEDGER_KEY'] ?? keyIn(stack.home, 'ledger-key'),
    PERENNIAL_LEDGER_FOLDER: stack.home.path('ledger-heads'),
    PERENNIAL_HANDOVER_JOURNAL: stack.home.path('handover-journal'),
    ...variables,
  };
}

/** Where the pages are. */
function pagesAt({ web }: StackPorts): string {
  return `http://127.0.0.1:${web}`;
}

/** A secret behind all links or exported heads: made once, outside the database, readable by us only. */
function keyIn(home: Home, name: 'link-key' | 'ledger-key'): string {
  const file = home.path(name);
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Tells commands how to reach this installation, as long as it runs. */
function tell(home: Home, variables: Readonly<Record<string, string>>): () => Promise<void> {
  const file = home.path(INSTALLATION_FILE);
  writeFileSync(file, JSON.stringify(variables, null, 2), { mode: 0o600 });
  return () => Promise.resolve(rmSync(file, { force: true }));
}
