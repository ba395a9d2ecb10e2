import { setTimeout as pause } from 'node:timers/promises';
import { createRelay, type Cases } from '../../../activities/relay.js';
import { readConfig } from '../../../adapters/config.js';
import { connectTemporal } from '../../../adapters/temporal.js';
import { createCases } from '../../../client/cases.js';
import { openDatabase } from '../../../prisma/database.js';
import { look, step } from '../../../prisma/step.js';
import { waitingRows } from '../../../prisma/waiting.js';

// Runs the relay alone. When it is quiet, a row comes for each case of a prefix at once; prints how many seconds it took
// until Temporal had accepted a nudge for each.
const prefix = process.argv[2] ?? '';
const config = readConfig();
const database = openDatabase(config.databaseUrl);
const { client, close } = await connectTemporal(config);
const cases = createCases(client);
let accepted = 0;
const counting: Cases = {
  ...cases,
  nudge: async (caseId, call) => {
    const taken = await cases.nudge(caseId, call);
    accepted += 1;
    return taken;
  },
};
const relay = createRelay({
  records: {
    ...waitingRows(database, config.databaseUrl),
    look: (caseId) => look(database, caseId),
    step: (call) => step(database, call),
  },
  cases: counting,
  now: Date.now,
  wordOf: String,
  failed: (_caseId, error) => process.stderr.write(`${String(error)}\n`),
});
let beats = 0;
const ending = new AbortController();
const running = relay({ signal: ending.signal, heartbeat: () => (beats += 1) });
while (beats === 0) await pause(50);
const found = await database.case.findMany({ where: { slug: { startsWith: `${prefix}-` } }, select: { id: true } });
const about = { applicationId: null, round: null, kind: 'resend', role: 'secretariat', actor: 'bench', body: {} };
await database.submission.createMany({
  data: found.map(({ id }) => ({ key: `bench:${id}`, caseId: id, at: new Date(), ...about })),
});
const cpu = process.cpuUsage();
const start = performance.now();
await database.$executeRaw`select pg_notify('rows', '')`;
while (accepted < found.length) await pause(5);
const seconds = (performance.now() - start) / 1_000;
const { user, system } = process.cpuUsage(cpu);
ending.abort();
await running;
await database.submission.deleteMany();
await database.$disconnect();
await close();
process.stdout.write(`\n${JSON.stringify({ seconds, cpu: (user + system) / 1_000_000 })}`);
