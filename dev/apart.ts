import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keepProcess, type KeptProcess } from './kept-process.js';
import { type OwnedProcess, startProcess } from './processes.js';

/** Worker and pages, each in a process of its own. */
export interface Apart {
  readonly worker: KeptProcess;
  readonly web: KeptProcess;
}

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** A part whose servers are away ends at once: it is started again for so long, as a supervisor would. */
const LIMIT_MS = 90_000;
const AGAIN_AFTER_MS = 300;

/**
 * Starts worker and pages as servers run them, by their configuration alone.
 * @throws with the last words of the one that does not start.
 */
export async function startApart(plan: {
  readonly variables: Readonly<Record<string, string>>;
  readonly logFolder: string;
}): Promise<Apart> {
  const keep = (name: string, file: string, started: string) =>
    keepProcess(() =>
      startUntilReady({
        name,
        file,
        started,
        variables: plan.variables,
        logFile: join(plan.logFolder, `${started}.log`),
      }),
    );
  const worker = keep('The worker', 'worker/main.ts', 'worker_started');
  const web = keep('The pages', 'web/main.ts', 'web_started');
  const results = await Promise.allSettled([worker, web]);
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    for (const one of results) if (one.status === 'fulfilled') await one.value.stop();
    throw result.reason;
  }
  return { worker: await worker, web: await web };
}

async function startUntilReady(plan: {
  readonly name: string;
  readonly file: string;
  /** What it logs when it serves. */
  readonly started: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly logFile: string;
}): Promise<OwnedProcess> {
  const { name, file, started, variables, logFile } = plan;
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const program = await startProcess({
      name,
      command: process.execPath,
      args: ['--disable-warning=DeprecationWarning', '--import', 'tsx', join(ROOT, file)],
      cwd: ROOT,
      env: { ...process.env, ...variables },
      stopSignal: 'SIGTERM',
      logFile,
    });
    while (program.running() && !program.lastWords().includes(started)) await pause(50);
    if (program.running()) return program;
    if (performance.now() > end) throw new Error(`${name} did not start. Its last words:\n${program.lastWords()}`);
    await pause(AGAIN_AFTER_MS);
  }
}
