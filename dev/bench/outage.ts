import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { addDays, instant } from '../../domain/calendar.js';
import { installRuntime } from '../../worker/runtime.js';
import { benchSettings } from '../settings.js';
import {
  awaitReminders,
  beginCases,
  decideAtFirst,
  untilPassedOn,
  untilReminded,
  usedBy,
  type Batch,
} from './case-batch.js';
import { productSide } from './case-cpu.js';
import { freshFolder } from './folder.js';
import { startPlace } from './place.js';
import { loadNow } from './report.js';
import { shown } from './statistics.js';

// What a database that is away does to cases whose reminder falls due meanwhile, and then to those whose verdict takes
// effect meanwhile: npx tsx dev/bench/outage.ts [cases] [seconds]
const [cases, seconds] = [Number(process.argv[2] ?? 50), Number(process.argv[3] ?? 60)];
const say = (sentence: string) => console.log(sentence);

/** How many events of each kind the cases have, and of how many cases that is the sum. */
async function eventsOf(client: Client, caseIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const caseId of caseIds) {
    const { events } = await client.workflow.getHandle(caseId).fetchHistory();
    for (const { eventType } of events ?? []) {
      counts.set(String(eventType), (counts.get(String(eventType)) ?? 0) + 1);
    }
  }
  return counts;
}

/** What operators read of a case: the activities that wait, with their attempts. */
async function pendingOf(client: Client, caseId: string): Promise<string> {
  const { raw } = await client.workflow.getHandle(caseId).describe();
  const pending = (raw.pendingActivities ?? []).map(
    ({ activityType, attempt, lastFailure }) =>
      `${activityType?.name}, attempt ${attempt}, last failure: ${lastFailure?.message ?? 'none'}`,
  );
  return pending.length === 0 ? 'no pending activity' : pending.join('; ');
}

/** What falls due: how cases come before it, and when it is over. */
interface Due {
  readonly words: string;
  readonly before: (batch: Batch, caseIds: readonly string[]) => Promise<void>;
  readonly over: (batch: Batch, caseIds: readonly string[]) => Promise<void>;
}

/** An ordinary step, and one inside the workflow's task. */
const DUE: readonly Due[] = [
  { words: 'reminded', before: awaitReminders, over: untilReminded },
  {
    words: 'passed on',
    before: async (batch, caseIds) => {
      await awaitReminders(batch, caseIds);
      await untilReminded(batch, caseIds);
      await decideAtFirst(batch, caseIds);
    },
    over: untilPassedOn,
  },
];

/** Long enough that all have decided, and the database is away, before the first verdict takes effect. */
const HOLD_MINUTES = 0.5;

async function play(batch: Batch, { downMs, due }: { readonly downMs: number; readonly due: Due }): Promise<void> {
  const { place } = batch;
  const { client } = place.temporal;
  const caseIds = await beginCases(batch);
  await due.before(batch, caseIds);
  const start = usedBy(batch);
  if (downMs > 0) {
    const strike = place.stack.servers.postgres.strike({ signal: 'SIGKILL', downMs });
    await pause(downMs * 0.6);
    say(`  ${shown((downMs * 0.6) / 1_000, 0)} s into it operators see: ${await pendingOf(client, caseIds[0] ?? '')}`);
    await strike;
  }
  const back = performance.now();
  await due.over(batch, caseIds);
  const after = (performance.now() - back) / 1_000;
  const end = usedBy(batch);
  const counts = [...(await eventsOf(client, caseIds))].sort();
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const cpu = `worker ${shown(end.worker - start.worker)} s, Temporal ${shown(end.temporal - start.temporal)} s`;
  say(
    `  all ${cases} ${due.words} ${shown(after)} s later; ${shown(all / cases)} events a case; CPU ${cpu} (load ${loadNow()})`,
  );
  say(`  ${counts.map(([type, count]) => `${type}: ${count}`).join(', ')}`);
}

installRuntime(() => undefined);
const settings = benchSettings();
const removeFolder = freshFolder(settings.home);
const place = await startPlace({ settings: { ...settings, home: join(settings.home, 'outage') }, say });
try {
  const side = await productSide(place);
  const today = instant(Date.now()).slice(0, 10);
  const plays = DUE.flatMap((due) => [0, seconds * 1_000].map((downMs) => ({ due, downMs })));
  for (const [index, { due, downMs }] of plays.entries()) {
    say(downMs === 0 ? 'The database is there:' : `The database is away for ${seconds} s:`);
    const batch = { place, side, prefix: `outage-${index}`, cases, holdMinutes: HOLD_MINUTES };
    await play({ ...batch, day: addDays(today, 100 * (index + 1)) }, { due, downMs });
  }
} finally {
  await place.stop();
  removeFolder();
}
process.exit(0);
