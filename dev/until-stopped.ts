interface Running {
  readonly stop: () => Promise<void>;
  /** Resolves with a sentence when it ends by itself. */
  readonly broken: Promise<string>;
}

/** A second wish to end, or an end that takes longer, ends the process at once: its servers end with it. */
const LIMIT_MS = 4_500;

/**
 * Starts something that runs until Ctrl-C (or the end of its terminal, or a polite kill), and then stops it and the
 * process: exit code 0. A part that ends by itself, or cannot start, ends everything with its sentence: exit code 1.
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
    process.exit(1);
  }
  const sentence = await running.broken;
  process.stderr.write(`${sentence}\n`);
  end(1);
}
