import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { readConfig } from '../../../adapters/config.js';
import { logToStandardError } from '../../../adapters/log.js';
import { connectTemporal } from '../../../adapters/temporal.js';
import { installRuntime } from '../../../worker/runtime.js';
import { each } from '../statistics.js';

// Starts so many bare workflows and waits until all have completed; prints how many seconds that took.
const AT_ONCE = 50;
const WARMING = 50;

installRuntime(logToStandardError);
const [count = 0, name = ''] = [Number(process.argv[2]), process.argv[3]];
const config = readConfig();
const native = await NativeConnection.connect({ address: config.temporalAddress });
const { client, close } = await connectTemporal(config);
const worker = await Worker.create({
  connection: native,
  taskQueue: 'bare',
  workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
});
const complete = async (ids: readonly string[]) => {
  const start = performance.now();
  await each(ids, AT_ONCE, (workflowId) => client.workflow.execute('bare', { workflowId, taskQueue: 'bare' }));
  return (performance.now() - start) / 1_000;
};
const ids = (what: string, many: number) => Array.from({ length: many }, (_, index) => `bare/${name}/${what}/${index}`);
await worker.runUntil(async () => {
  await complete(ids('warming', WARMING));
  const seconds = await complete(ids('counted', count));
  process.stdout.write(`\n${JSON.stringify({ seconds })}`);
});
await native.close();
await close();
