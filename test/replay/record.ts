// Records the histories of test/histories/ anew: `npx tsx test/replay/record.ts` (see test/histories/README.md).
import { findTemporal } from '../../dev/temporal-server.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { startCaseWorld } from '../support/case-world.js';
import { RUN } from '../support/run.js';
import { devServer } from '../support/temporal.js';
import { writeKept } from './kept.js';
import { playEveryState } from './scenarios.js';

Object.assign(process.env, {
  [RUN.temporal]: await findTemporal((sentence) => console.error(sentence)),
  [RUN.bundle]: await bundleWorkflows(),
});
const world = await startCaseWorld(devServer);
try {
  const histories = await playEveryState(world);
  writeKept(histories);
  console.log(`Recorded: ${[...histories.keys()].join(', ')}.`);
} finally {
  await world.stop();
}
