import { z } from 'zod';
import { fallAsleep } from './asleep.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { OVERDUE, setMorning, startWave } from './records.js';
import { mean, shown, untilCount } from './statistics.js';

const SMALL = 1_000;
const LARGE = 3_000;
const PATIENCE_S = 1_200;

const Timed = z.object({ seconds: z.number() });

/**
 * How long it takes from the start of a campaign until every case of its one wave is open with its first email queued,
 * at 1,000 and 3,000 sleeping certifications; between them, bare workflows that start and complete.
 */
export const measureCampaign: Measure = async (asked) => {
  const place = await startPlace(asked);
  await place.start('worker/main.ts');
  const small = asked.sized(SMALL, 20);
  const large = asked.sized(LARGE, 60);
  const asleep = await fallAsleep(place, { prefix: 'small', count: small, validUntil: OVERDUE });
  const bare = [await bareSeconds(place, { count: small, name: 'before' })];
  const smallSeconds = await wake(place, { name: 'small', count: small, without: [] });
  bare.push(await bareSeconds(place, { count: small, name: 'after' }));
  asked.say(`${small}: ${shown(smallSeconds)} s; bare ${bare.map((one) => shown(one)).join(' and ')} s`);
  await fallAsleep(place, { prefix: 'large', count: large, validUntil: OVERDUE });
  const largeSeconds = await wake(place, { name: 'large', count: large, without: asleep });
  const [ours, theirs] = [small / smallSeconds, small / mean(bare)];
  return [
    {
      name: 'campaign_rate',
      value: ours / theirs,
      how: `${shown(ours)} a second against ${shown(theirs)} (${small} in ${shown(smallSeconds)} s)`,
    },
    {
      name: 'campaign_growth',
      value: largeSeconds / smallSeconds,
      how: `${large} in ${shown(largeSeconds)} s against ${small} in ${shown(smallSeconds)} s`,
    },
  ];
};

async function bareSeconds(place: Place, { count, name }: { count: number; name: string }): Promise<number> {
  return Timed.parse(await place.run('dev/bench/programs/bare-completions.ts', { args: [count, name] })).seconds;
}

/** Starts a campaign; seconds until every case that it asks has its first email queued. */
async function wake(
  { database }: Place,
  { name, count, without }: { name: string; count: number; without: readonly string[] },
): Promise<number> {
  await setMorning(database);
  const start = performance.now();
  await startWave(database, { name, perDay: count, without });
  const queued = () => database.email.count({ where: { kind: 'prompt', application: { campaign: name } } });
  await untilCount({ what: 'first emails queued', wanted: count, seconds: PATIENCE_S, count: queued });
  return (performance.now() - start) / 1_000;
}
