import type { Command } from 'commander';
import {
  hasWorkers,
  nothingInCommon,
  planReconciliation,
  reconcile,
  type Done,
  type Remedy,
  type Task,
} from '../reconcile.js';
import { lineOf, withTemporal } from './agreement.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { cut } from '../words/words.js';

/** Adds `reconcile`. */
export function addReconcile(program: Command, print: (text: string) => void): void {
  program
    .command('reconcile')
    .summary('bring workflows to their records, after a restore: without --confirm it only shows how')
    .option('--confirm', 'do it; the records stay as they are')
    .option('--json', 'print one JSON object')
    .action(async ({ confirm, json }: { confirm?: true; json?: true }) => {
      const tasks = await withBoth((database) => withTemporal(database, work(confirm === true)));
      const done = confirm === true;
      print(json === true ? JSON.stringify({ done, cases: tasks }) : done ? doneInWords(tasks) : planInWords(tasks));
      const left = tasks.filter((task) => 'agrees' in task && !task.agrees && task.remedy !== 'none').length;
      if (left > 0) throw new Error(`${left} of ${tasks.length} still disagree: "perennial status" says what of them.`);
    });
}

type Shown = Task | Done;

function work(confirm: boolean) {
  return async (compared: Parameters<typeof planReconciliation>[0]): Promise<readonly Shown[]> => {
    const tasks = await planReconciliation(compared);
    if (!confirm || tasks.length === 0) return tasks;
    if (await nothingInCommon(compared, tasks)) {
      throw new UsageError(
        'No workflow that runs there belongs to these records: TEMPORAL_ADDRESS and DATABASE_URL seem to be of two ' +
          'installations. Nothing was done.',
      );
    }
    if (!(await hasWorkers(compared.client))) {
      throw new UsageError(
        'No worker is there to hear of it: start the worker, then run this again. Nothing was done.',
      );
    }
    return reconcile(compared, tasks);
  };
}

async function withBoth(act: Parameters<typeof withDatabase<readonly Shown[] | null>>[0]): Promise<readonly Shown[]> {
  const tasks = await withDatabase(act);
  if (tasks !== null) return tasks;
  throw new UsageError('TEMPORAL_ADDRESS is missing: it says where the workflows are.');
}

const would: Readonly<Record<Remedy, string>> = {
  start: 'would be started from its record',
  nudge: 'would be told to look at its record; if that does not help, ended and started anew',
  restart: 'would be ended, and started anew from its record',
  terminate: 'would be ended',
  none: 'nothing would be done: see "perennial status"',
};

const did: Readonly<Record<Remedy, string>> = {
  start: 'started from its record',
  nudge: 'has looked at its record',
  restart: 'ended, and started anew from its record',
  terminate: 'ended',
  none: 'nothing was done: see "perennial status"',
};

const AGREE = 'Records and Temporal agree: there is nothing to do.';

function planInWords(tasks: readonly Task[]): string {
  if (tasks.length === 0) return AGREE;
  return [
    `Records and Temporal disagree: ${tasks.length}. The records are the truth and stay as they are.`,
    ...cut(tasks.map((task) => `${lineOf(task)} -> ${would[task.remedy]}`)),
    'Nothing was done. To do it: perennial reconcile --confirm',
  ].join('\n');
}

function doneInWords(tasks: readonly Shown[]): string {
  if (tasks.length === 0) return AGREE;
  const failed = (task: Shown) => 'agrees' in task && !task.agrees && task.remedy !== 'none';
  return [
    `Brought to their records: ${tasks.filter((task) => !failed(task) && task.remedy !== 'none').length} of ${tasks.length}.`,
    ...cut(tasks.map((task) => `  ${task.caseId}: ${did[task.remedy]}${failed(task) ? ', and still differs' : ''}`)),
  ].join('\n');
}
