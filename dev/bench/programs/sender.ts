import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.js';
import { logToStandardError } from '../../../adapters/log.js';
import { openDatabase } from '../../../prisma/database.js';
import { senderOf } from '../../../worker/engine.js';

// Runs the sender of an installation, and nothing else, until no prompt waits; prints seconds and its own CPU seconds.
const config = readConfig();
const database = openDatabase(config.databaseUrl);
const waits = () => database.email.count({ where: { kind: 'prompt', state: { in: ['queued', 'handing_over'] } } });
await waits();
const ending = new AbortController();
const send = senderOf({ config, database, invented: true, log: logToStandardError });
const cpu = process.cpuUsage();
const start = performance.now();
const sending = send({ signal: ending.signal, heartbeat: () => undefined });
while ((await waits()) > 0) await pause(100);
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(cpu);
ending.abort();
await sending;
await database.$disconnect();
process.stdout.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1_000_000 })}`);
