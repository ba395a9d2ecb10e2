import { setTimeout as pause } from 'node:timers/promises';
import { createLinkChecker } from '../../../activities/links.js';
import { readConfig } from '../../../adapters/config.js';
import { createLinkLook } from '../../../adapters/link-look.js';
import { logToStandardError } from '../../../adapters/log.js';
import { openDatabase } from '../../../prisma/database.js';
import { linkRecords } from '../../../prisma/link-checks.js';
import { senderOf } from '../../../worker/engine.js';

// Runs the sender of an installation, and nothing else, until no prompt waits; prints seconds and its own CPU seconds.
// With a port and a number it looks at as many links there meanwhile, and prints how many it looked at.
const [port = 0, links = 0] = process.argv.slice(2).map(Number);
const config = readConfig();
const database = openDatabase(config.databaseUrl);
const waits = () => database.email.count({ where: { kind: 'prompt', state: { in: ['queued', 'handing_over'] } } });
await waits();
const ending = new AbortController();
let looked = 0;
const addresses = Array.from({ length: links }, (_, index) => `http://host-${index % 100}.localhost:${port}/${index}`);
const look = createLinkChecker({
  records: { ...linkRecords(database), due: () => Promise.resolve(addresses) },
  look: createLinkLook({ userAgent: 'bench', reach: 'loopback' }),
  now: Date.now,
});
const send = senderOf({ config, database, invented: true, log: logToStandardError });
const cpu = process.cpuUsage();
const start = performance.now();
const run = { signal: ending.signal, heartbeat: () => undefined };
const looking = look({ ...run, heartbeat: (details) => void ({ looked } = details as { looked: number }) });
const sending = send(run);
while ((await waits()) > 0) await pause(100);
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const seen = looked;
ending.abort();
// What was under way at a link ends with it.
await Promise.allSettled([sending, looking]);
await database.$disconnect();
process.stdout.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1_000_000, links: seen })}`);
