import { setTimeout as pause } from 'node:timers/promises';
import { addDays, instant } from '../../domain/calendar.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { memoryOf } from './process-usage.js';
import { inventProducts } from './records.js';
import { median, shown, untilCount } from './statistics.js';

const FEW = 300;
const MANY = 3_000;
const SETTLING_MS = 10_000;
const LOOKS = 5;

/** Memory of one worker process that has started few, and then many certifications, all asleep until their timers. */
export const measureMemory: Measure = async (asked) => {
  const place = await startPlace(asked);
  const worker = await place.start('worker/main.ts');
  const few = asked.sized(FEW, 10);
  const many = asked.sized(MANY, 100);
  const atFew = await memoryWith(place, { pid: worker.pid, prefix: 'few', add: few, all: few });
  const atMany = await memoryWith(place, { pid: worker.pid, prefix: 'many', add: many - few, all: many });
  return [
    {
      name: 'worker_memory',
      value: atMany / atFew,
      how: `${shown(atMany, 0)} MB with ${many} asleep against ${shown(atFew, 0)} MB with ${few}`,
    },
  ];
};

async function memoryWith(
  { database, temporal }: Place,
  { pid, prefix, add, all }: { pid: number; prefix: string; add: number; all: number },
): Promise<number> {
  const validUntil = addDays(instant(Date.now()).slice(0, 10), 300);
  await inventProducts(database, { prefix, count: add, validUntil });
  await database.$executeRaw`select pg_notify('rows', '')`;
  const query = 'WorkflowType="certification" AND ExecutionStatus="Running"';
  await untilCount({
    what: 'asleep',
    wanted: all,
    seconds: 600,
    count: async () => (await temporal.client.workflow.count(query)).count,
  });
  await pause(SETTLING_MS);
  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    looks.push(memoryOf(pid));
    await pause(1_000);
  }
  return median(looks);
}
