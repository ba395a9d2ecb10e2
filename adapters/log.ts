/** A line of the log: a fixed word, and ids, counts and words of closed lists. Never names, addresses or texts. */
export interface LogLine {
  readonly what: string;
  readonly [detail: string]: string | number | boolean | null;
}

export type Log = (line: LogLine) => void;

/** Writes lines of JSON to standard error, with the real time. */
export const logToStandardError: Log = (line) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
};

/**
 * What may be told of an error: its class and code, and where in our own code it was thrown. Its message stays out,
 * for it may quote what people typed.
 */
export function describeError(error: unknown): { error: string; code: string | null; where: string | null } {
  if (!(error instanceof Error)) return { error: typeof error, code: null, where: null };
  const code: unknown = 'code' in error ? error.code : null;
  const frames = withoutMessage(error)
    .split('\n')
    .flatMap((line) => /^\s+at (\S+) /u.exec(line)?.[1] ?? []);
  return {
    error: error.name,
    code: typeof code === 'string' ? code : null,
    where: frames.length === 0 ? null : frames.slice(0, 4).join(' < '),
  };
}

/** The lines of the stack below the message, which may look like some of them. */
function withoutMessage({ stack = '', message }: Error): string {
  const start = message === '' ? 0 : stack.indexOf(message);
  return start < 0 ? '' : stack.slice(start + message.length);
}
