import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import pg from 'pg';
import { freePort, isFree } from './ports.js';
import { runProgram, startProcess, waitForPort } from './processes.js';
import type { TemporalPrograms } from './temporal-go.js';
import { untilHealthy, type TemporalServer } from './temporal-server.js';

/** What Temporal's server needs to know. */
export interface TemporalOnPostgresPlan {
  readonly programs: TemporalPrograms;
  readonly port: number;
  /** Somebody who may create databases, with the password. */
  readonly ownerUrl: string;
  /** Where its configuration is written; with that password, so readable by us only. */
  readonly folder: string;
  readonly logFile?: string;
  /** How it encrypts and whom it lets in, as its `global.tls`; whoever sets it makes the namespace. Default: everybody. */
  readonly tls?: Readonly<Record<string, unknown>>;
}

/** Its databases, with the schema that each has inside the tool. */
export const TEMPORAL_DATABASES = { temporal: 'temporal', temporal_visibility: 'visibility' } as const;

const SHARDS = 4;
const PLUGIN = 'postgres12';
const PATIENCE_MS = 60_000;
const LOWEST_PORT = 20_000;
const SMALLINT_END = 32_768;
/** Of gRPC. */
const ALREADY_EXISTS = 6;

/**
 * Starts Temporal's server, as operators run it, on loopback: its tables in two databases of a PostgreSQL, no user
 * interface. Brings the tables up to date and makes the namespace `default` first. Takes about 15 s.
 * @throws with the last words of whatever does not start.
 */
export async function startTemporalOnPostgres(plan: TemporalOnPostgresPlan): Promise<TemporalServer> {
  for (const [database, schema] of Object.entries(TEMPORAL_DATABASES)) await prepareSchema(plan, { database, schema });
  mkdirSync(plan.folder, { recursive: true, mode: 0o700 });
  const file = join(plan.folder, 'temporal.yaml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(await configuration(plan), null, 2), { mode: 0o600 });
  const owner = await startProcess({
    name: "Temporal's server",
    command: plan.programs.server,
    args: ['--config-file', file, '--allow-no-auth', 'start'],
    cwd: plan.folder,
    stopSignal: 'SIGTERM',
    ...(plan.logFile === undefined ? {} : { logFile: plan.logFile }),
  });
  const address = `127.0.0.1:${plan.port}`;
  try {
    await waitForPort({ owner, port: plan.port, limitMs: PATIENCE_MS });
    if (plan.tls === undefined) {
      await untilHealthy(address);
      await makeNamespace(address);
    }
  } catch (error) {
    await owner.stop();
    throw error;
  }
  return { address, uiUrl: undefined, process: owner };
}

async function prepareSchema(
  { programs, ownerUrl }: TemporalOnPostgresPlan,
  { database, schema }: { database: string; schema: string },
): Promise<void> {
  const { hostname, port, username, password } = new URL(ownerUrl);
  const sql = async (...args: readonly string[]) => {
    const { code, words } = await runProgram({
      command: programs.sql,
      args: ['--plugin', PLUGIN, '--ep', hostname, '-p', port, '-u', username, '--db', database, ...args],
      env: { ...process.env, SQL_PASSWORD: decodeURIComponent(password) },
    });
    if (code !== 0)
      throw new Error(`Temporal's tables could not be made (${args.join(' ')}). Its tool said:\n${words}`);
  };
  if (!(await isThere(ownerUrl, database))) {
    await sql('create');
    await sql('setup-schema', '-v', '0.0');
  }
  await sql('update-schema', '--schema-name', `postgresql/v12/${schema}`);
}

async function isThere(ownerUrl: string, database: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}

async function configuration({ port, ownerUrl, folder, tls }: TemporalOnPostgresPlan): Promise<object> {
  const service = async (grpcPort: number) => ({
    rpc: { grpcPort, membershipPort: await lowPort(), bindOnIP: '127.0.0.1' },
  });
  const dynamic = join(folder, 'dynamic.yaml');
  // As on the dev server: by default timers of less than a second fire up to a second late.
  writeFileSync(dynamic, JSON.stringify({ 'history.timerProcessorMaxTimeShift': [{ value: '50ms' }] }));
  const address = `127.0.0.1:${port}`;
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: SHARDS,
      datastores: { default: store(ownerUrl, 'temporal'), visibility: store(ownerUrl, 'temporal_visibility') },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      ...(tls === undefined ? {} : { tls }),
    },
    services: {
      frontend: await service(port),
      history: await service(await freePort()),
      matching: await service(await freePort()),
      worker: await service(await freePort()),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: address },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: address },
    dynamicConfigClient: { filepath: dynamic, pollInterval: '60s' },
  };
}

function store(ownerUrl: string, databaseName: string): object {
  const { host, username, password } = new URL(ownerUrl);
  return {
    sql: {
      pluginName: PLUGIN,
      databaseName,
      connectAddr: host,
      connectProtocol: 'tcp',
      user: username,
      password: decodeURIComponent(password),
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: '1h',
    },
  };
}

/** A free port that fits into 15 bits: Temporal keeps those of its members in a smallint. */
async function lowPort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST_PORT, SMALLINT_END);
    if (await isFree(port)) return port;
  }
}

/** What `temporal operator namespace create` does; what was made is known to all of the server some seconds later. */
async function makeNamespace(address: string): Promise<void> {
  const namespace = 'default';
  const connection = await Connection.connect({ address });
  const { workflowService } = connection;
  const end = performance.now() + PATIENCE_MS;
  try {
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('400 days') })
      .catch((error: unknown) => {
        if (!isGrpcServiceError(error) || Number(error.code) !== ALREADY_EXISTS) throw error;
      });
    for (;;) {
      const known = await workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }).catch((error: unknown) => {
        if (performance.now() > end) throw error;
        return null;
      });
      if (known !== null) return;
      await pause(200);
    }
  } finally {
    await connection.close();
  }
}
