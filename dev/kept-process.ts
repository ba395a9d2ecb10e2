import { setTimeout as pause } from 'node:timers/promises';
import type { OwnedProcess } from './processes.js';

/** A program that is started again after it was struck down. */
export interface KeptProcess {
  readonly name: string;
  /** The process id that it has now. */
  readonly pid: () => number;
  /**
   * Ends it as a crash (SIGKILL) or a deploy (SIGTERM) does, leaves it down for `downMs`, and starts it again.
   * Resolves when it serves again. Of two at once the second waits for the first.
   */
  strike(how: { readonly signal: 'SIGKILL' | 'SIGTERM'; readonly downMs: number }): Promise<void>;
  /** Resolves with a sentence when it ends though nobody struck or stopped it, or does not come back. */
  readonly broken: Promise<string>;
  /** Ends it for good: see {@link OwnedProcess.stop}. */
  stop(limitMs?: number): Promise<void>;
}

/**
 * Starts a program and keeps it.
 * @param start - starts it and resolves when it serves; called again after each strike.
 * @throws what the first start throws.
 */
export async function keepProcess(start: () => Promise<OwnedProcess>): Promise<KeptProcess> {
  let current = await start();
  let expected = false;
  let work = Promise.resolve();
  let report: (sentence: string) => void = () => undefined;
  const broken = new Promise<string>((resolve) => (report = resolve));
  const watch = (watched: OwnedProcess) =>
    void watched.ended.then(() => {
      if (!expected) report(`${watched.name} ended by itself. Its last words:\n${watched.lastWords()}`);
    });
  watch(current);
  const again = async (signal: NodeJS.Signals, downMs: number): Promise<void> => {
    expected = true;
    process.kill(current.pid, signal);
    await current.ended;
    await pause(downMs);
    current = await start();
    expected = false;
    watch(current);
  };
  return {
    name: current.name,
    pid: () => current.pid,
    broken,
    strike: ({ signal, downMs }) => {
      work = work.then(() => again(signal, downMs));
      work.catch((error: unknown) => report(`${current.name} did not come back: ${String(error)}`));
      return work;
    },
    stop: async (limitMs) => {
      await work.catch(() => undefined);
      expected = true;
      await current.stop(limitMs);
    },
  };
}
