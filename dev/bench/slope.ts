import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, instant } from '../../domain/calendar.js';
import { installRuntime } from '../../worker/runtime.js';
import { benchSettings } from '../settings.js';
import { fallAsleep } from './asleep.js';
import { freshFolder } from './folder.js';
import { startPlace, type Place } from './place.js';
import { cpuSecondsOf, memoryOf } from './process-usage.js';
import { loadNow } from './report.js';
import { shown } from './statistics.js';

// What sleeping certifications cost, at sizes that grow: npx tsx dev/bench/slope.ts 1000 3000 10000
const SETTLING_MS = 15_000;
const IDLE_MS = 30_000;
const KB = 1024;

const say = (sentence: string) => console.log(sentence);

async function grow(place: Place, { from, to, worker }: { from: number; to: number; worker: number }): Promise<void> {
  const validUntil = addDays(instant(Date.now()).slice(0, 10), 300);
  const cpu = place.serverCpu();
  const workerCpu = cpuSecondsOf([worker]);
  const start = performance.now();
  for (let part = from; part < to; part += 1_000) {
    await fallAsleep(place, { prefix: `asleep-${part}`, count: Math.min(1_000, to - part), validUntil });
  }
  const seconds = (performance.now() - start) / 1_000;
  await pause(SETTLING_MS);
  const { temporal: temporalCpu, postgres: postgresCpu } = place.serverCpu();
  const each = (used: number) => `${shown((1_000 * used) / (to - from))} ms`;
  say(
    `${to} asleep: ${shown((to - from) / seconds)} started a second; CPU a start: ` +
      `Temporal ${each(temporalCpu - cpu.temporal)}, worker ${each(cpuSecondsOf([worker]) - workerCpu)}, ` +
      `PostgreSQL ${each(postgresCpu - cpu.postgres)} (load ${loadNow()})`,
  );
  await sayHowItRests(place, worker);
}

/** Disk, memory, and the CPU of doing nothing. */
async function sayHowItRests(place: Place, worker: number): Promise<void> {
  const [size] = await place.database.$queryRaw<
    { bytes: bigint }[]
  >`select pg_database_size(current_database()) as bytes`;
  const { home, servers } = place.stack;
  const before = { worker: cpuSecondsOf([worker]), ...place.serverCpu() };
  await pause(IDLE_MS);
  const after = { worker: cpuSecondsOf([worker]), ...place.serverCpu() };
  const idle = (key: keyof typeof after) => `${shown((100_000 * (after[key] - before[key])) / IDLE_MS)} %`;
  say(
    `  disk: records ${shown(Number(size?.bytes ?? 0) / KB / KB)} MB, Temporal ${shown(sizeOf(home.path('temporal.db')) / KB / KB)} MB; ` +
      `memory: worker ${shown(memoryOf(worker), 0)} MB, Temporal ${shown(memoryOf(servers.temporal.pid()), 0)} MB; ` +
      `of a core while nothing happens: worker ${idle('worker')}, Temporal ${idle('temporal')}, PostgreSQL ${idle('postgres')}`,
  );
}

/** Bytes of a database file with what lies beside it. */
function sizeOf(file: string): number {
  const folder = join(file, '..');
  const name = file.slice(folder.length + 1);
  return readdirSync(folder)
    .filter((one) => one.startsWith(name))
    .reduce((sum, one) => sum + statSync(join(folder, one)).size, 0);
}

installRuntime(() => undefined);
const settings = benchSettings();
const removeFolder = freshFolder(settings.home);
const place = await startPlace({ settings: { ...settings, home: join(settings.home, 'slope') }, say });
try {
  const worker = await place.start('worker/main.ts');
  let from = 0;
  for (const to of process.argv.slice(2).map(Number)) {
    await grow(place, { from, to, worker: worker.pid });
    from = to;
  }
} finally {
  await place.stop();
  removeFolder();
}
process.exit(0);
