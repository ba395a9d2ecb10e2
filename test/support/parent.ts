// A process that owns another and never gets to clean up: test/dev/processes.test.ts kills it.
import { startProcess } from '../../dev/processes.js';

const args = ['-e', 'setInterval(() => {}, 1000)'];
const child = await startProcess({ name: 'Child', command: process.execPath, args, stopSignal: 'SIGINT' });
console.log(child.pid);
setInterval(() => undefined, 1000);
