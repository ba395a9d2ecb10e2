import { setTimeout as pause } from 'node:timers/promises';
import { addDays, instant } from '../../domain/calendar.js';
import { fallAsleep } from './asleep.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { memoryOf } from './process-usage.js';
import { median, shown } from './statistics.js';

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
  const atFew = await memoryWith(place, { pid: worker.pid, prefix: 'few', add: few });
  const atMany = await memoryWith(place, { pid: worker.pid, prefix: 'many', add: many - few });
  return [
    {
      name: 'worker_memory',
      value: atMany / atFew,
      how: `${shown(atMany, 0)} MB with ${many} asleep against ${shown(atFew, 0)} MB with ${few}`,
    },
  ];
};

async function memoryWith(
  place: Place,
  { pid, prefix, add }: { pid: number; prefix: string; add: number },
): Promise<number> {
  const validUntil = addDays(instant(Date.now()).slice(0, 10), 300);
  await fallAsleep(place, { prefix, count: add, validUntil });
  await pause(SETTLING_MS);
  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    looks.push(memoryOf(pid));
    await pause(1_000);
  }
  return median(looks);
}
