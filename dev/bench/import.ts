import { z } from 'zod';
import { writeHistory } from './history-files.js';
import type { Measure } from './measurement.js';
import { startPlace } from './place.js';
import { mean, shown } from './statistics.js';

const FEW = 2_000;
const MANY = 10_000;

/** A small heap, in MB: what nobody needs any more is not counted, and who needs more and more does not get to the end. */
const HEAP = 96;

const Run = z.object({ taken: z.number(), seconds: z.number(), megabytes: z.number() });

/**
 * The most memory that an import of the registry's history has at 10,000 records, of every form alike, against one of
 * 2,000; each in a process of its own and, in turn, into databases that have it already from the second round on.
 */
export const measureImport: Measure = async (asked) => {
  const place = await startPlace(asked);
  const sizes = [asked.sized(FEW, 80), asked.sized(MANY, 400)] as const;
  const variables = { NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
  const runs = new Map<number, z.infer<typeof Run>[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < asked.rounds; round += 1) {
    for (const size of sizes) {
      const folder = place.stack.home.path(`history-${size}`);
      const count = await writeHistory(folder, size);
      const run = Run.parse(await place.run('dev/bench/programs/import.ts', { args: [folder], variables }));
      if (round === 0 && size === sizes[0] && run.taken !== count)
        throw new Error(`Only ${run.taken} of ${count} came in.`);
      runs.get(size)?.push(run);
    }
  }
  const [few, many] = sizes.map((size) => mean((runs.get(size) ?? []).map(({ megabytes }) => megabytes)));
  const first = runs.get(sizes[1])?.[0];
  return [
    {
      name: 'import_memory',
      value: (many ?? Number.NaN) / (few ?? Number.NaN),
      how:
        `${shown(many ?? 0, 0)} MB at most with ${sizes[1]} records against ${shown(few ?? 0, 0)} MB with ${sizes[0]}; ` +
        `${shown((first?.taken ?? 0) / (first?.seconds ?? 1), 0)} new records a second`,
    },
  ];
};
