import { CommanderError } from 'commander';
import { ConfigError } from '../../adapters/config.js';
import { createProgram } from './program.js';
import { UsageError } from '../usage.js';

/** Exit codes: 0 done, 1 failed or refused, 2 wrong use or a wrong environment. */
try {
  await createProgram({ print: (text) => process.stdout.write(`${text}\n`) }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}
