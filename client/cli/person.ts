import type { Command } from 'commander';
import { erasePerson, type Erased } from '../../prisma/erase-person.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { erasedInWords } from '../words/erased-words.js';

interface EraseOptions {
  readonly by: string;
  readonly confirm?: string;
  readonly json?: true;
}

/** Adds `person erase ADDRESS`. */
export function addPerson(program: Command, print: (text: string) => void): void {
  const person = program.command('person').summary('what is kept of a person');
  person
    .command('erase')
    .summary('erase a person: contacts, links, drafts, stored emails, and who of the staff may sign in')
    .argument('<address>', 'the email address, in any case of letters')
    .option('--by <person>', 'who does this', 'person erase')
    .option('--confirm <address>', 'the address again; without it everything is counted and nothing is erased')
    .option('--json', 'print one JSON object')
    .action(async (given: string, { by, confirm, json }: EraseOptions) => {
      const address = addressGiven(given);
      if (confirm !== undefined && confirm.trim().toLowerCase() !== address.toLowerCase()) {
        throw new UsageError('The two addresses differ. Nothing was erased.');
      }
      const only = confirm === undefined ? ({ only: 'count' } as const) : {};
      const erased = await withDatabase((database) => erasePerson(database, { address, actor: personOf(by), ...only }));
      const done = confirm !== undefined;
      print(json === true ? JSON.stringify({ done, ...erased }) : erasedAsText(erased, { address, done }));
    });
}

function addressGiven(given: string): string {
  const address = given.trim();
  if (/^[^\s@]+@[^\s@]+$/u.test(address)) return address;
  throw new UsageError('Give one email address, such as amina@product.example.');
}

function erasedAsText(erased: Erased, { address, done }: { address: string; done: boolean }): string {
  const { lines, anything } = erasedInWords(erased, { done });
  const next = `Nothing was erased. To do it: perennial person erase ${address} --confirm ${address}`;
  return [...lines, ...(anything && !done ? [next] : [])].join('\n');
}
