import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  findPostgres,
  type PostgresCommand,
  type PostgresPackage,
  type PostgresUser,
  postgresUser,
} from './postgres-package.js';
import { type OwnedProcess, runProgram, startProcess, waitForPort } from './processes.js';

/** A PostgreSQL that we run. */
export interface EmbeddedPostgres {
  /** The address of its database, password included: for configuration only, never for logs. */
  readonly url: string;
  readonly process: OwnedProcess;
  readonly stop: () => Promise<void>;
}

/** What to run, and where its data is. */
export interface PostgresPlan {
  /** Folder of the data, made when missing. `postgres-password` is written beside it, readable by us only. */
  readonly folder: string;
  readonly port: number;
  /** Created when missing; `perennial` by default. */
  readonly database?: string;
  /** Data that nobody will miss: everything is faster, and lost when the machine stops. */
  readonly throwAway?: boolean;
  readonly logFile?: string;
}

// The log says what went wrong, and no statement or value with it: those would be people's.
const SETTINGS = { max_connections: '200', log_min_error_statement: 'panic', log_error_verbosity: 'terse' };
// What was committed outlives a killed server even so, but not a power cut.
const THROW_AWAY = { ...SETTINGS, fsync: 'off', full_page_writes: 'off' };
const OWNER = 'perennial';
const LIMIT_MS = 30_000;
/** PostgreSQL must be able to name the folder that it starts in; its user may not enter ours. */
const ANYWHERE = '/';

/**
 * Starts the PostgreSQL that came with `npm ci`, on loopback, with a random password. Data that is there is used
 * again, whatever ended the last run.
 * @throws with a sentence, and PostgreSQL's last words, when it does not start.
 */
export async function startPostgres(plan: PostgresPlan): Promise<EmbeddedPostgres> {
  const folder = resolve(plan.folder);
  const database = plan.database ?? 'perennial';
  mkdirSync(dirname(folder), { recursive: true });
  const programs = findPostgres();
  const user = postgresUser([dirname(folder), dirname(programs.postgres)]);
  const password = passwordBeside(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    await createCluster({ folder, password, programs, user, sync: plan.throwAway !== true });
  }
  const owner = await startServer({ ...plan, folder }, programs, user);
  const urlOf = (name: string) => `postgresql://${OWNER}:${password}@127.0.0.1:${plan.port}/${name}`;
  try {
    await createDatabase(urlOf('postgres'), database);
  } catch (error) {
    await owner.stop();
    throw error;
  }
  return { url: urlOf(database), process: owner, stop: () => owner.stop() };
}

function passwordBeside(folder: string): string {
  const file = join(dirname(folder), 'postgres-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('hex');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function createCluster(options: {
  readonly folder: string;
  readonly password: string;
  readonly programs: PostgresPackage;
  readonly user: PostgresUser;
  readonly sync: boolean;
}): Promise<void> {
  const { folder, password, programs, user, sync } = options;
  // What an interrupted first start left behind: without PG_VERSION it holds no data.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const passwordFile = `${folder}.initial-password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.owner !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, user.owner.uid, user.owner.gid);
  }
  const wanted = [
    '-U',
    OWNER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    ...(sync ? [] : ['--no-sync']),
  ];
  try {
    await runToEnd(user.command(programs.initdb, ['-D', folder, ...wanted]));
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function runToEnd(run: PostgresCommand): Promise<void> {
  const { code, words } = await runProgram({ ...run, cwd: ANYWHERE });
  if (code !== 0) throw new Error(`PostgreSQL could not set up its data. Its last words:\n${words}`);
}

/** Starts the server. After a kill -9 of the last run its watchdog is still ending the old one: that is waited for. */
async function startServer(plan: PostgresPlan, programs: PostgresPackage, user: PostgresUser): Promise<OwnedProcess> {
  const network = ['-p', String(plan.port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  const settings = Object.entries(plan.throwAway === true ? THROW_AWAY : SETTINGS).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const run = user.command(programs.postgres, ['-D', plan.folder, ...network, ...settings]);
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const owner = await startProcess({
      name: 'PostgreSQL',
      command: run.command,
      args: run.args,
      runAs: run.runAs,
      cwd: ANYWHERE,
      stopSignal: 'SIGINT',
      ...(plan.logFile === undefined ? {} : { logFile: plan.logFile }),
    });
    try {
      await waitForPort({ owner, port: plan.port, limitMs: LIMIT_MS });
      return owner;
    } catch (error) {
      const old = !owner.running() && /postmaster\.pid|shared memory block/u.test(owner.lastWords());
      await owner.stop();
      if (!old || performance.now() > end) throw error;
      await pause(500);
    }
  }
}

/** Creates the database when it is missing, and so waits until the server takes queries (after a crash: seconds). */
async function createDatabase(serverUrl: string, database: string): Promise<void> {
  const client = await connectPatiently(serverUrl);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function connectPatiently(url: string): Promise<pg.Client> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      // 57P03: the database system is starting up.
      const starting =
        error instanceof Error &&
        'code' in error &&
        ['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(String(error.code));
      if (!starting || performance.now() > end) throw error;
      await pause(50);
    }
  }
}
