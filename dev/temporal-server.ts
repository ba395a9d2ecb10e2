import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { join } from 'node:path';
import { alone, cacheFolder, isProgram, onPath, programName, type Say, withProgress } from './cache.js';
import { type OwnedProcess, runProgram, startProcess, waitForPort } from './processes.js';
import { downloadWithSdk } from './sdk-download.js';

/** The version of Temporal's command line that is built when none is found. Newer tags cannot be built by one command. */
export const TEMPORAL_CLI = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

const NOT_FOUND =
  'No Temporal server was found, and none could be downloaded or built. Install the Temporal CLI ' +
  '(https://docs.temporal.io/cli) so that `temporal` is on PATH, or set TEMPORAL_CLI to its file, or install Go.';

/**
 * Finds Temporal's command line, whose dev server we run: TEMPORAL_CLI, `temporal` on PATH, our cache folder, the
 * SDK's download, a build by Go (about five minutes, once). Nothing is asked.
 * @throws with the sentence that says what to set when there is none.
 */
export async function findTemporal(say: Say): Promise<string> {
  const named = process.env['TEMPORAL_CLI'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`TEMPORAL_CLI names ${named}, which is not a program that can be run.`);
  }
  const cached = join(cacheFolder(), programName('temporal'));
  const found = onPath('temporal') ?? (isProgram(cached) ? cached : undefined);
  if (found !== undefined) return found;
  await alone({ name: 'temporal', say, ready: () => isProgram(cached), work: () => obtain(cached, say) });
  if (!isProgram(cached)) throw new Error(NOT_FOUND);
  return cached;
}

async function obtain(cached: string, say: Say): Promise<void> {
  const fetched = await withProgress(say, 'Downloading the Temporal server (once)', () =>
    downloadWithSdk({ kind: 'createLocal', target: cached }),
  );
  const go = onPath('go');
  if (fetched || go === undefined) return;
  await withProgress(say, 'Building the Temporal server with Go (once, about five minutes)', () => build(go));
}

async function build(go: string): Promise<void> {
  const env = { ...process.env, GOBIN: cacheFolder(), GOFLAGS: '' };
  const { code, words } = await runProgram({ command: go, args: ['install', TEMPORAL_CLI], env });
  if (code !== 0) throw new Error(`${NOT_FOUND}\nGo said:\n${words}`);
}

/** Where a Temporal dev server listens. */
export interface TemporalServer {
  /** Host and port for clients and workers. */
  readonly address: string;
  /** The address of its user interface; undefined when it runs without. */
  readonly uiUrl: string | undefined;
  readonly process: OwnedProcess;
}

/** What a dev server needs to know. */
export interface TemporalPlan {
  readonly program: string;
  readonly port: number;
  /** Undefined: no user interface. */
  readonly uiPort?: number;
  /** The SQLite file that keeps everything; in memory by default. */
  readonly databaseFile?: string;
  readonly logFile?: string;
  /** After so many events of a history it suggests that the workflow continue as new. Default: Temporal's own, 4096. */
  readonly suggestsAnewAfter?: number;
  /** Attributes to have from the first moment, as in `{ DpgState: 'Keyword' }`. */
  readonly attributes?: Readonly<Record<string, 'Keyword' | 'KeywordList' | 'Datetime' | 'Int' | 'Bool' | 'Text'>>;
}

/** Starts the dev server on loopback and waits until it answers. */
export async function startTemporal(plan: TemporalPlan): Promise<TemporalServer> {
  const host = '127.0.0.1';
  const attributes = Object.entries(plan.attributes ?? {}).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  const owner = await startProcess({
    name: 'The Temporal server',
    command: plan.program,
    args: [
      ...['server', 'start-dev', '--ip', host, '--port', String(plan.port), '--log-level', 'warn'],
      ...(plan.uiPort === undefined ? ['--headless'] : ['--ui-port', String(plan.uiPort)]),
      ...(plan.databaseFile === undefined ? [] : ['--db-filename', plan.databaseFile]),
      // By default timers of less than a second fire up to a second late: too coarse for a clock in fast motion.
      ...['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="50ms"'],
      ...(plan.suggestsAnewAfter === undefined
        ? []
        : ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${plan.suggestsAnewAfter}`]),
      ...attributes,
    ],
    stopSignal: 'SIGINT',
    ...(plan.logFile === undefined ? {} : { logFile: plan.logFile }),
  });
  await waitForPort({ owner, port: plan.port, limitMs: 60_000 });
  await untilHealthy(`${host}:${plan.port}`);
  if (plan.uiPort !== undefined) await waitForPort({ owner, port: plan.uiPort, limitMs: 60_000 });
  return {
    address: `${host}:${plan.port}`,
    uiUrl: plan.uiPort === undefined ? undefined : `http://${host}:${plan.uiPort}`,
    process: owner,
  };
}

/** Waits until a server can do something: its port opens before. Throws the last error after a minute of it. */
export async function untilHealthy(address: string): Promise<void> {
  const limit = Date.now() + 60_000;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '5s' });
      return await connection.close();
    } catch (error) {
      if (Date.now() > limit) throw error;
      await sleep(100);
    }
  }
}
