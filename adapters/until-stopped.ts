import { ConfigError } from './config.js';

/** Why something that runs ended without being asked to. */
export interface Ended {
  readonly code: number;
  /** Said on standard error; null: everything was said. */
  readonly sentence: string | null;
}

interface Running {
  readonly stop: () => Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A second wish to end, or an end that takes longer, ends the process at once: its servers end with it. */
const LIMIT_MS = 4_500;

/**
 * Starts something that runs until Ctrl-C (or the end of its terminal, or a polite kill), and then stops it and the
 * process with code 0. What ends by itself is stopped with its own code; what cannot start says why, with code 1, or 2 if the
 * environment is wrong.
 */
export async function untilStopped(start: () => Promise<Running>): Promise<void> {
  let running: Running | undefined;
  let ending = false;
  const end = (code: number) => {
    if (ending) process.exit(code);
    ending = true;
    setTimeout(() => process.exit(code), LIMIT_MS).unref();
    void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError ? 2 : 1);
  }
  const { code, sentence } = await running.ended;
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  end(code);
}

/** The end of what rejects when it breaks: its message, and code 1. */
export async function endedBy(broken: Promise<unknown>): Promise<Ended> {
  return brokenBy(
    broken.then(
      () => 'It ended by itself.',
      (error: unknown) => String(error),
    ),
  );
}

/** The end of something that broke: its sentence, and code 1. */
export async function brokenBy(sentence: Promise<string>): Promise<Ended> {
  return { code: 1, sentence: await sentence };
}
