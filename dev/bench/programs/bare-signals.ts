import { readConfig } from '../../../adapters/config.js';
import { connectTemporal } from '../../../adapters/temporal.js';
import { nudge } from '../../../workflows/contract.js';
import { each } from '../statistics.js';

// Signals workflows `dpg/<prefix>-<number>` from 1 on, as many at a time as the relay; prints seconds and CPU seconds.
const [prefix = '', count = 0, atOnce = 0] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { client, close } = await connectTemporal(readConfig());
const ids = Array.from({ length: count }, (_, index) => `dpg/${prefix}-${index + 1}`);
const cpu = process.cpuUsage();
const start = performance.now();
await each(ids, atOnce, (id) => client.workflow.getHandle(id).signal(nudge, { id: 0, kind: 'row' }));
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(cpu);
await close();
process.stdout.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1_000_000 })}`);
