// Records the histories of test/histories/ anew: `npx tsx test/replay/record.ts` (see test/histories/README.md).
import { findTemporal } from '../../dev/temporal-server.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { RUN } from '../support/run.js';
import { writeKept } from './kept.js';
import { playEveryState } from './scenarios.js';

Object.assign(process.env, {
  [RUN.temporal]: await findTemporal((sentence) => console.error(sentence)),
  [RUN.bundle]: await bundleWorkflows(),
});
const histories = await playEveryState();
writeKept(histories);
console.log(`Recorded: ${[...histories.keys()].join(', ')}.`);
