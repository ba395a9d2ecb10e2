import { z } from 'zod';
import { createCases } from '../../client/cases.js';
import { look } from '../../prisma/step.js';
import { prepareTemporal } from '../../worker/prepare.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { inventProducts, OVERDUE } from './records.js';
import { each, mean, shown, untilCount } from './statistics.js';

const CASES = 400;
/** As the relay has it. */
const AT_ONCE = 8;

const Said = z.object({ seconds: z.number(), cpu: z.number() });

/**
 * The relay alone, with a row for each of many cases that come at once, against a bare loop of signals to as many other
 * workflows, as many at a time. No worker takes tasks meanwhile: it is the saying that is measured.
 */
export const measureRelay: Measure = async (asked) => {
  const place = await startPlace(asked);
  await prepareTemporal(place.temporal.connection, place.config.temporalNamespace);
  const count = asked.sized(CASES, 20);
  const ours: z.infer<typeof Said>[] = [];
  const theirs: z.infer<typeof Said>[] = [];
  for (let round = 0; round < asked.rounds; round += 1) {
    const [relayed, signalled] = [`relayed-${round}`, `signalled-${round}`];
    for (const prefix of [relayed, signalled]) await startCases(place, { prefix, count });
    ours.push(Said.parse(await place.run('dev/bench/programs/relay.ts', { args: [relayed] })));
    const args = [signalled, count, AT_ONCE];
    theirs.push(Said.parse(await place.run('dev/bench/programs/bare-signals.ts', { args })));
  }
  const rate = (all: readonly z.infer<typeof Said>[]) => mean(all.map(({ seconds }) => count / seconds));
  const cpu = (all: readonly z.infer<typeof Said>[]) => shown((1_000 * mean(all.map((one) => one.cpu))) / count);
  return [
    {
      name: 'relay_rate',
      value: rate(ours) / rate(theirs),
      how:
        `${shown(rate(ours), 0)} a second against ${shown(rate(theirs), 0)}; ${cpu(ours)} against ${cpu(theirs)} ms of ` +
        `CPU a row in the process itself; ${asked.rounds} rounds of ${count}`,
    },
  ];
};

/** Invents products and starts their workflows, as the relay would. */
async function startCases({ database, temporal }: Place, plan: { prefix: string; count: number }): Promise<void> {
  const cases = createCases(temporal.client);
  const query = 'WorkflowType="certification" AND ExecutionStatus="Running"';
  const running = async () => (await temporal.client.workflow.count(query)).count;
  const before = await running();
  const slugs = await inventProducts(database, { ...plan, validUntil: OVERDUE });
  await each(slugs, AT_ONCE, async (slug) => {
    const state = await look(database, `dpg/${slug}`);
    if (state !== null) await cases.start(`dpg/${slug}`, state);
  });
  await untilCount({ what: 'started', wanted: before + plan.count, seconds: 300, count: running });
}
