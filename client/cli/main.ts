import { CommanderError } from 'commander';
import { createProgram } from './program.js';
import { UsageError } from './usage.js';

/** Exit codes: 0 done, 1 failed, 2 wrong use. */
try {
  await createProgram({ print: (text) => process.stdout.write(`${text}\n`) }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
