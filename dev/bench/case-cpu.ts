import { addDays, instant } from '../../domain/calendar.js';
import { deploy } from '../../prisma/migrate.js';
import { nudge } from '../../workflows/contract.js';
import { playBatch, type Side, type Used } from './case-batch.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { createDatabaseBeside } from './second-database.js';
import { each, mean, shown } from './statistics.js';

const BY_HAND = 'by-hand';
const CASES = 40;
const WARMING = 4;

/**
 * CPU of worker, Temporal and PostgreSQL for a review: wake, first email taken, a reminder by its timer, answers, two
 * verdicts. Both sides take the very same steps, with one worker process and a database each; batches alternate, after
 * a small one that is not counted.
 */
export const measureCaseCpu: Measure = async (asked) => {
  const place = await startPlace(asked);
  const count = asked.sized(CASES, WARMING);
  const sides = [await productSide(place), await sideByHand(place)];
  const played = sides.map((side) => ({ side, all: [] as Used[] }));
  let batches = 0;
  const play = (side: Side, cases: number) => {
    batches += 1;
    const day = addDays(instant(Date.now()).slice(0, 10), batches * 100);
    return playBatch({ place, side, prefix: `batch-${batches}`, cases, day });
  };
  for (const { side } of played) await play(side, WARMING);
  for (let round = 0; round < asked.rounds; round += 1) {
    for (const { side, all } of played) all.push(await play(side, count));
  }
  const [ours = 0, theirs = 0] = played.map(({ all }) => mean(all.map((used) => perCase(total(used), count))));
  const [ourParts = '', theirParts = ''] = played.map(({ all }) => partsInWords(all, count));
  return [
    {
      name: 'case_cpu',
      value: ours / theirs,
      how:
        `${shown(ours, 0)} against ${shown(theirs, 0)} ms of CPU a case (worker + Temporal + PostgreSQL: ` +
        `${ourParts} against ${theirParts}), ${asked.rounds} batches of ${count} each`,
    },
  ];
};

const perCase = (seconds: number, count: number): number => (1_000 * seconds) / count;
const total = ({ worker, temporal, postgres }: Used): number => worker + temporal + postgres;

function partsInWords(all: readonly Used[], count: number): string {
  const part = (key: keyof Used) => shown(mean(all.map((used) => perCase(used[key], count))), 0);
  return `${part('worker')} + ${part('temporal')} + ${part('postgres')}`;
}

/** The product's own way, with a worker that sends no emails. */
export async function productSide(place: Place): Promise<Side> {
  const worker = await place.start('dev/bench/programs/steps-worker.ts');
  return {
    name: 'the product',
    database: place.database,
    pid: worker.pid,
    workflowId: (caseId) => caseId,
    begin: () => Promise.resolve(),
    tell: () => Promise.resolve(),
  };
}

async function sideByHand({ stack, start, temporal, alsoStop }: Place): Promise<Side> {
  const { url, database } = await createDatabaseBeside(stack.ownerUrl, 'by_hand');
  alsoStop(() => database.$disconnect());
  await deploy(url);
  const worker = await start('dev/bench/programs/by-hand-worker.ts', {
    args: [BY_HAND],
    variables: { DATABASE_URL: url },
  });
  const { workflow } = temporal.client;
  const workflowId = (caseId: string) => `${BY_HAND}/${caseId}`;
  return {
    name: 'the workflow by hand',
    database,
    pid: worker.pid,
    workflowId,
    begin: (caseIds) =>
      each(caseIds, 8, (caseId) =>
        workflow.start('reviewByHand', { workflowId: workflowId(caseId), taskQueue: BY_HAND, args: [caseId] }),
      ),
    tell: (caseId) => workflow.getHandle(workflowId(caseId)).signal(nudge, { id: 0, kind: 'row' }),
  };
}
