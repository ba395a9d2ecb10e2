import { appendSubmission } from '../../prisma/append.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import type { Measure } from './measurement.js';
import { startPlace } from './place.js';
import { fallAsleep } from './asleep.js';
import { OVERDUE } from './records.js';
import { median, shown } from './statistics.js';

const TIMES = 10;
const LIMIT_MS = 60_000;

/**
 * The worker is killed while cases sleep, and started again at once, as a supervisor does. A row comes at that moment:
 * seconds from the kill to its outcome.
 */
export const measureRestart: Measure = async (asked) => {
  const place = await startPlace(asked);
  const { database } = place;
  const times = asked.sized(TIMES, 2);
  let worker = await place.start('worker/main.ts');
  const slugs = await fallAsleep(place, { prefix: 'restart', count: times, validUntil: OVERDUE });
  const seconds: number[] = [];
  for (const [index, slug] of slugs.entries()) {
    const killed = performance.now();
    process.kill(worker.pid, 'SIGKILL');
    await worker.ended;
    const body = { campaign: 'bench', handPicked: false, cause: 'bench' };
    const about = { applicationId: null, round: null, kind: 'wake', role: 'campaign', actor: 'bench' } as const;
    const key = `restart:${index}`;
    const appended = await appendSubmission(database, { key, caseId: `dpg/${slug}`, ...about, body });
    if (!('id' in appended)) throw new Error(`A row was not appended: ${appended.problem}.`);
    worker = await place.start('worker/main.ts');
    const outcome = await awaitOutcome(database, { submissionId: appended.id, milliseconds: LIMIT_MS });
    if (outcome === null) throw new Error(`No step in ${LIMIT_MS / 1_000} s after the worker was started again.`);
    seconds.push((performance.now() - killed) / 1_000);
  }
  const all = [...seconds].sort((one, other) => one - other).map((one) => shown(one));
  return [{ name: 'restart_seconds', value: median(seconds), how: `${seconds.length} times: ${all.join(', ')} s` }];
};
