import { Option, type Command } from 'commander';
import { cleanLine, lengthOf } from '../../domain/answer-text.js';
import { isStaffId, isStaffRole, STAFF_ROLES, type StaffRole } from '../../domain/staff.js';
import {
  addStaff,
  readStaff,
  setStaffRoles,
  switchStaffOff,
  type StaffChanged,
  type StaffMember,
  type StaffProblem,
} from '../../prisma/staff.js';
import { byOption } from './answered.js';
import { addPeopleAway } from './people-away.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { tableOf } from '../words/words.js';

type Print = (text: string) => void;

const ID_WORDS = 'a short word for the person, such as ada: it stands in the ledger for good';
const ROLES = STAFF_ROLES.join(', ');
const LONGEST = 200;

/** Adds `people add|role|off|list`: who of the staff may sign in, and as what. */
export function addPeople(program: Command, print: Print): void {
  const people = program.command('people').summary('who of the staff may sign in, and as what');
  addAdd(people, print);
  addPeopleAway(people, print);
  people
    .command('role')
    .summary('give somebody these roles, and take away all others; counts at once, also where they are signed in')
    .argument('<id>', ID_WORDS)
    .argument('<roles...>', `one or more of ${ROLES}`)
    .addOption(byOption())
    .action(async (id: string, roles: readonly string[], { by }: { by: string }) => {
      const given = { id: idGiven(id), roles: rolesGiven(roles), by: personOf(by) };
      const changed = await withDatabase((database) => setStaffRoles(database, given));
      print(inWords(changed, { id, done: `${id} is ${given.roles.join(', ')} from now on.` }));
    });
  people
    .command('off')
    .summary('somebody leaves: every role goes and every session ends, at once; what they did stays')
    .argument('<id>', ID_WORDS)
    .addOption(byOption())
    .action(async (id: string, { by }: { by: string }) => {
      const changed = await withDatabase((database) => switchStaffOff(database, { id: idGiven(id), by: personOf(by) }));
      print(inWords(changed, { id, done: `${id} cannot sign in any more, and is signed out everywhere.` }));
    });
  people
    .command('list')
    .summary('who may sign in, and as what')
    .option('--all', 'also who left')
    .option('--json', 'print one JSON object')
    .action(async ({ all, json }: { all?: true; json?: true }) => {
      const staff = await withDatabase(readStaff);
      const shown = staff.filter(({ offAt }) => all === true || offAt === null);
      print(json === true ? JSON.stringify({ people: shown }) : listInWords(shown));
    });
}

function addAdd(people: Command, print: Print): void {
  people
    .command('add')
    .summary('let somebody sign in; or bring back who left, by the same word and address')
    .argument('<id>', ID_WORDS)
    .requiredOption('--name <name>', 'their name; only staff see it')
    .requiredOption('--address <address>', 'the email address by which your identity provider knows them')
    .addOption(new Option('--role <roles...>', `one or more of ${ROLES}`).makeOptionMandatory())
    .addOption(byOption())
    .action(async (id: string, options: { name: string; address: string; role: readonly string[]; by: string }) => {
      const roles = rolesGiven(options.role);
      const about = { name: nameGiven(options.name), address: addressGiven(options.address), roles };
      const given = { id: idGiven(id), ...about, by: personOf(options.by) };
      const changed = await withDatabase((database) => addStaff(database, given));
      print(inWords(changed, { id, done: `${id} may sign in, as ${roles.join(', ')}.` }));
    });
}

const PROBLEMS: Readonly<Record<StaffProblem, (id: string) => string>> = {
  unknown: (id) => `Nobody is called "${id.slice(0, 80)}" here: "perennial people list --all" shows everybody.`,
  id_taken: (id) =>
    `"${id}" is somebody already. To change roles: perennial people role ${id} ROLES. For another person choose another word.`,
  address_taken: () => 'Somebody else has that address already: "perennial people list --all" shows whom.',
  off: (id) => `${id} left. To bring them back: perennial people add ${id}, with the same address.`,
};

function inWords(changed: StaffChanged, { id, done }: { id: string; done: string }): string {
  if (changed === 'done') return done;
  if (changed === 'as_it_was') return `Nothing to change: that is how it is with ${id}.`;
  throw new Error(PROBLEMS[changed](id));
}

function listInWords(staff: readonly StaffMember[]): string {
  if (staff.length === 0) return 'Nobody may sign in. To let somebody: perennial people add';
  const rows = staff.map(({ id, name, address, roles, offAt }) => [
    id,
    offAt === null ? roles.join(', ') : `left on ${offAt.toISOString().slice(0, 10)}`,
    name,
    address,
  ]);
  return tableOf(['id', 'roles', 'name', 'address'], rows);
}

function idGiven(given: string): string {
  if (isStaffId(given)) return given;
  throw new UsageError(
    `"${given.slice(0, 80)}" will not do. Give a word of small letters, digits and single hyphens, such as ada.`,
  );
}

function rolesGiven(given: readonly string[]): readonly StaffRole[] {
  const words = given.flatMap((text) => text.split(',')).filter((word) => word !== '');
  const wrong = words.filter((word) => !isStaffRole(word));
  if (wrong.length === 0 && words.length > 0) return words.filter(isStaffRole);
  throw new UsageError(`Give roles out of ${ROLES}.`);
}

function nameGiven(given: string): string {
  const name = cleanLine(given);
  if (name !== '' && lengthOf(name) <= LONGEST) return name;
  throw new UsageError(`Give --name, at most ${LONGEST} characters.`);
}

function addressGiven(given: string): string {
  const address = given.trim();
  if (/^[^\s@,;<>]+@[^\s@,;<>]+$/u.test(address) && address.length <= LONGEST) return address;
  throw new UsageError('Give --address as one email address, such as ada@registry.example.');
}
