import type { Command } from 'commander';
import { endAbsence, setAbsence, type AbsenceProblem } from '../../prisma/staff-absence.js';
import type { StaffChanged } from '../../prisma/staff.js';
import { byOption } from './answered.js';
import { dayGiven } from '../given.js';
import { personOf } from '../staff-acts.js';
import { withDatabase } from './with-database.js';

const PROBLEMS: Readonly<Record<Exclude<StaffChanged | AbsenceProblem, 'done'>, string>> = {
  unknown: 'Nobody is called that here: "perennial people list" shows everybody.',
  off: 'That person left.',
  as_it_was: 'Nothing to change: that person is not away.',
  no_days: 'The last day is over, or before the first. Nothing was changed.',
  no_deputy: 'The deputy must be somebody else, who reviews at a level of the person who is away. Nothing was changed.',
  id_taken: 'Nothing was changed.',
  address_taken: 'Nothing was changed.',
};

/** Adds `people away` and `people back`: the days of a reviewer's absence, and the deputy. */
export function addPeopleAway(people: Command, print: (text: string) => void): void {
  people
    .command('away')
    .summary('a reviewer is away: no case is offered to them, and a deputy decides on theirs, in both names')
    .argument('<id>', 'who is away')
    .requiredOption('--from <day>', 'the first day, such as 2026-08-03')
    .requiredOption('--until <day>', 'the last day; the day after they are back, with no more to do')
    .requiredOption('--deputy <id>', 'who stands in; where they may not, a case goes back to the pool')
    .addOption(byOption())
    .action(async (id: string, options: { from: string; until: string; deputy: string; by: string }) => {
      const { deputy } = options;
      const absence = { from: dayGiven('--from', options.from), until: dayGiven('--until', options.until), deputy };
      const given = { id, by: personOf(options.by), absence };
      const changed = await withDatabase((database) => setAbsence(database, given));
      if (changed !== 'done') throw new Error(PROBLEMS[changed]);
      print(`${id} is away from ${absence.from} to ${absence.until}; ${deputy} stands in.`);
    });
  people
    .command('back')
    .summary('a reviewer is back before their time')
    .argument('<id>', 'who is back')
    .addOption(byOption())
    .action(async (id: string, { by }: { by: string }) => {
      const changed = await withDatabase((database) => endAbsence(database, { id, by: personOf(by) }));
      print(changed === 'done' ? `${id} is here again.` : PROBLEMS[changed]);
    });
}
