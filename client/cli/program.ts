import { Command } from 'commander';
import { addContacts } from './contacts.js';
import { addImport } from './import.js';

/** The command `perennial`; `print` takes what goes to standard output. */
export function createProgram({ print }: { print: (text: string) => void }): Command {
  const program = new Command('perennial')
    .description('The reviews of digital public goods: for the secretariat and operators.')
    .exitOverride();
  addImport(program, print);
  addContacts(program, print);
  return program;
}
