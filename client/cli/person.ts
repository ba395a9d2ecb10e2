import type { Command } from 'commander';
import { erasePerson, type Erased } from '../../prisma/erase-person.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted, handful, tallied } from './words.js';

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
      print(json === true ? JSON.stringify({ done, ...erased }) : inWords(erased, { address, done }));
    });
}

function addressGiven(given: string): string {
  const address = given.trim();
  if (/^[^\s@]+@[^\s@]+$/u.test(address)) return address;
  throw new UsageError('Give one email address, such as amina@product.example.');
}

function inWords(erased: Erased, { address, done }: { address: string; done: boolean }): string {
  const { contacts, recipients, sessions, drafts, emails, rows, notes, staff, withoutAnybody } = erased;
  const counts = tallied([
    [contacts, contacts === 1 ? 'contact' : 'contacts'],
    [recipients, recipients === 1 ? 'link' : 'links'],
    [sessions, sessions === 1 ? 'session' : 'sessions'],
    [drafts, drafts === 1 ? 'draft' : 'drafts'],
    [emails, emails === 1 ? 'stored email' : 'stored emails'],
    [rows, rows === 1 ? 'submission' : 'submissions'],
    [notes, notes === 1 ? 'private note' : 'private notes'],
    [staff, staff === 1 ? 'member of staff' : 'members of staff'],
  ]);
  if (counts === 'none') return ['Nothing of this address is here.', ...keptWords(erased)].join('\n');
  return [
    `${done ? 'Erased' : 'Would erase'}: ${counts}.`,
    ...(withoutAnybody.length === 0
      ? []
      : [
          `${counted(withoutAnybody.length, 'product has', 'products have')} nobody to ask then: ${handful(withoutAnybody)}`,
          'Their open reviews wait for staff: perennial contacts import FILE',
        ]),
    ...keptWords(erased),
    ...(staff === 0 ? [] : ['The word by which they acted stays. In the ledger: perennial ledger erase-actor NAME']),
    ...(done
      ? ['Backups made before still hold the person; so does a file of contacts that is imported again.']
      : [`Nothing was erased. To do it: perennial person erase ${address} --confirm ${address}`]),
  ].join('\n');
}

function keptWords({ kept: { answers, decisions }, left }: Erased): readonly string[] {
  const found = tallied([
    [answers, answers === 1 ? 'version of answers' : 'versions of answers'],
    [decisions, decisions === 1 ? 'decision or verdict' : 'decisions or verdicts'],
  ]);
  const stays =
    left === 1
      ? '1 more email, submission, draft or note has'
      : `${left} more emails, submissions, drafts and notes have`;
  return [
    ...(found === 'none' ? [] : [`Named in what stays, as it is public or was decided on: ${found}.`]),
    ...(left === 0
      ? []
      : [`${stays} a name of this person still: of one word, of somebody else too, or in a review of others.`]),
  ];
}
