// Records histories of test/histories/ and their golden lists (see its README.md):
//   npx tsx test/replay/record.ts                          plays every state and way; adds those that are missing
//   npx tsx test/replay/record.ts --again WORD NAME...     plays them too; adds these under NAME-WORD, as they go today
//   npx tsx test/replay/record.ts --lists                  plays nothing; makes all lists anew by today's workflows
//   npx tsx test/replay/record.ts --from HOST:PORT ID...   adds the newest runs of these workflows of a server
import { parseArgs } from 'node:util';
import { findTemporal } from '../../dev/temporal-server.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { RUN } from '../support/run.js';
import { bundleCopy } from './bundles.js';
import { readKept, writeLists, writeNew } from './kept.js';
import { replayAll } from './replaying.js';
import { playEveryState } from './scenarios.js';
import { historiesOf } from './server.js';

const { values, positionals } = parseArgs({
  options: { lists: { type: 'boolean', default: false }, again: { type: 'string' }, from: { type: 'string' } },
  allowPositionals: true,
});

async function record(): Promise<Awaited<ReturnType<typeof playEveryState>>> {
  if (values.lists) return new Map();
  if (values.from !== undefined) return historiesOf(values.from, positionals);
  Object.assign(process.env, {
    [RUN.temporal]: await findTemporal((sentence) => console.error(sentence)),
    [RUN.bundle]: await bundleWorkflows(),
  });
  const played = await playEveryState();
  if (values.again === undefined) return played;
  return new Map(positionals.map((name) => [`${name}-${values.again}`, named(played, name)]));
}

function named<Found>(played: ReadonlyMap<string, Found>, name: string): Found {
  const found = played.get(name);
  if (found === undefined) throw new Error(`Nothing is played under the name ${name}.`);
  return found;
}

const added = writeNew(await record());
// Lists that are there are the measure of today's workflows; only --lists gives another.
const unlisted = readKept().filter(({ commands }) => values.lists || commands === null);
writeLists(await replayAll(unlisted, await bundleCopy({ recorded: true })));
console.log(`Histories added: ${added.join(', ') || 'none'}. Lists written: ${unlisted.length}.`);
