import { CommanderError } from 'commander';
import { ConfigError, howBegun } from '../../adapters/config.js';
import { asBegun } from './as-begun.js';
import { createProgram } from './program.js';
import { UsageError } from '../usage.js';

/** Exit codes: 0 done, 1 failed or refused, 2 wrong use or a wrong environment. */
const program = createProgram({ print: (text) => process.stdout.write(`${toType(text)}\n`) });
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${toType(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

function toType(text: string): string {
  return asBegun(text, { begun: howBegun(), commands: program.commands.map((command) => command.name()) });
}
