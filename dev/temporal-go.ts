import { join } from 'node:path';
import { alone, cacheFolder, isProgram, onPath, programName, type Say, withProgress } from './cache.js';
import { runProgram } from './processes.js';

/** The version of Temporal's server that is built, and that deploy/compose.yaml runs. */
export const TEMPORAL_SERVER = '1.30.8';

/** Temporal's server and the tool that makes its tables. */
export interface TemporalPrograms {
  readonly server: string;
  readonly sql: string;
}

/**
 * Finds Temporal's server in our cache folder, or builds it there with Go from its module: some minutes, once, 190 MB.
 * @throws with the sentence that says what to install when there is no Go.
 */
export async function findTemporalServer(say: Say): Promise<TemporalPrograms> {
  const folder = join(cacheFolder(), `temporal-server-${TEMPORAL_SERVER}`);
  const programs = { server: join(folder, programName('server')), sql: join(folder, programName('sql')) };
  const ready = () => isProgram(programs.server) && isProgram(programs.sql);
  if (!ready()) await alone({ name: 'temporal-server', say, ready, work: () => build(folder, say) });
  return programs;
}

async function build(folder: string, say: Say): Promise<void> {
  const go = onPath('go');
  if (go === undefined) {
    throw new Error(`Temporal's server is built with Go, which is not on PATH: https://go.dev/dl, then try again.`);
  }
  const module = (path: string) => `go.temporal.io/server/cmd/${path}@v${TEMPORAL_SERVER}`;
  const { code, words } = await withProgress(say, "Building Temporal's server with Go (once, about ten minutes)", () =>
    runProgram({
      command: go,
      args: ['install', module('server'), module('tools/sql')],
      env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
    }),
  );
  if (code !== 0) throw new Error(`Temporal's server could not be built. Go said:\n${words}`);
}
