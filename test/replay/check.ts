// Whether today's workflows go on with all that runs on a server, before they are deployed there:
//   npx tsx test/replay/check.ts HOST:PORT
// Reads histories and changes nothing. Ends with 1 if a workflow would take another way.
import { bundleCopy } from './bundles.js';
import { replayAll } from './replaying.js';
import { historiesOf, runningOn } from './server.js';

const [address] = process.argv.slice(2);
if (address === undefined) throw new Error('Say where Temporal is: npx tsx test/replay/check.ts 127.0.0.1:7233');
const histories = await historiesOf(address, await runningOn(address));
const named = [...histories].map(([name, history]) => ({ name, history }));
const replayed = await replayAll(named, await bundleCopy({ recorded: true }));
const broken = [...replayed].filter(([, { problem }]) => problem !== null);
for (const [name, { problem }] of broken) console.error(`${name}: ${problem}`);
console.log(`${replayed.size} running workflows were gone through; ${broken.length} would take another way.`);
process.exitCode = broken.length === 0 ? 0 : 1;
