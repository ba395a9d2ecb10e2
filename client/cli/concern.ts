import type { Command } from 'commander';
import type { ConcernStage } from '../../domain/concern.js';
import { readConcern, readConcernsIn } from '../../prisma/concerns.js';
import { reasonGiven, sectionsGiven } from '../given.js';
import { staffAct, type StaffAct } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { byOption, tell } from './answered.js';

interface ActOptions {
  readonly by: string;
  readonly reason?: string;
  readonly internalReason?: string;
  readonly section?: readonly string[];
  readonly json?: true;
}

const ANSWERED: readonly ConcernStage[] = ['asked', 'rejected', 'accepted', 'ended'];

/** Adds `concern list|accept|reject|ask`: what people raise about listed products. */
export function addConcern(program: Command, print: (text: string) => void): void {
  const concern = program.command('concern').summary('concerns that people raised about listed products');
  addList(concern, print);
  const act = (name: 'accept' | 'reject' | 'ask', summary: string): Command =>
    concern
      .command(name)
      .summary(summary)
      .argument('<concern>', 'as "perennial concern list" names it')
      .addOption(byOption())
      .option('--reason <text>', 'what is asked of the owner, why it is rejected, or what you want to know')
      .option('--internal-reason <text>', 'for reviewers and staff only')
      .option('--json', 'print one JSON object')
      .action(async (id: string, options: ActOptions) => {
        const { by, reason, internalReason, section, json } = options;
        await withDatabase(async (database) => {
          const found = await readConcern(database, id);
          if (found === null || found.stage === 'unconfirmed') {
            throw new UsageError(`There is no concern "${id.slice(0, 40)}": "perennial concern list" shows them.`);
          }
          const answer = await staffAct({
            ...{ database, reference: found.slug, by },
            publicReason: reasonGiven('--reason', reason),
            internalReason: reasonGiven('--internal-reason', internalReason),
            act: actOf(name, { concern: id, sections: section ?? found.sections }),
          });
          tell({ all: [{ reference: id, answer }], json: json === true, print });
        });
      });
  act('accept', 'review it: the owner is asked about its sections; needs --reason').option(
    '--section <id...>',
    'ask about these sections (default: those of the concern)',
  );
  act('reject', 'review nothing; whoever raised it gets the reason; needs --reason');
  act('ask', 'ask whoever raised it for details; needs --reason');
}

function addList(concern: Command, print: (text: string) => void): void {
  concern
    .command('list')
    .summary('the concerns that wait for staff, oldest first, with their texts')
    .option('--all', 'those too that were answered')
    .option('--json', 'print one JSON object')
    .action(async ({ all, json }: { all?: true; json?: true }) => {
      const stages: readonly ConcernStage[] = all === true ? ['waiting', ...ANSWERED] : ['waiting'];
      const found = await withDatabase((database) => readConcernsIn(database, stages));
      // Who raised them is for nobody to read.
      const concerns = found.map(({ address: _, ...shown }) => shown);
      if (json === true) return print(JSON.stringify({ concerns }));
      if (concerns.length === 0) return print('No concern waits for staff.');
      return print(
        concerns
          .map(({ id, slug, stage, sections, text, details, unreached }) =>
            [
              `${id}  ${slug}  ${stage}  sections ${sections.join(', ')}`,
              text,
              ...(details === null ? [] : [details]),
              ...(unreached ? ['The mail server refused the last email to its author.'] : []),
            ]
              .join('\n')
              .replaceAll('\n', '\n  '),
          )
          .join('\n\n'),
      );
    });
}

function actOf(
  name: 'accept' | 'reject' | 'ask',
  { concern, sections }: { readonly concern: string; readonly sections: readonly string[] },
): StaffAct {
  if (name === 'accept') return { is: 'accept_concern', concern, sections: sectionsGiven(sections) };
  return { is: name === 'reject' ? 'reject_concern' : 'ask_concern', concern };
}
