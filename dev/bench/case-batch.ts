import type { Client } from '@temporalio/client';
import { addDays, sendingTime, later, startOfDay, HOUR, type Day } from '../../domain/calendar.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { writeChoices } from '../../prisma/policies.js';
import { cpuSecondsOf } from './process-usage.js';
import type { Place } from './place.js';
import { inventProducts, OVERDUE, setClock } from './records.js';
import { each, untilCount } from './statistics.js';

/** One of both ways to run a case, with its own database. */
export interface Side {
  readonly name: string;
  readonly database: Database;
  /** Of its worker. */
  readonly pid: number;
  /** The workflow of a case. */
  readonly workflowId: (caseId: string) => string;
  /** Starts the workflows of new cases, unless they start by themselves. */
  readonly begin: (caseIds: readonly string[]) => Promise<void>;
  /** Tells a case's workflow that a row was appended, unless it hears so by itself. */
  readonly tell: (caseId: string) => Promise<void>;
}

/** CPU seconds of a batch. */
export interface Used {
  readonly worker: number;
  readonly temporal: number;
  readonly postgres: number;
}

/** A batch of reviews that are played at the same time. */
export interface Batch {
  readonly place: Place;
  readonly side: Side;
  readonly prefix: string;
  readonly cases: number;
  /** Of case time; the next batch has a later one. */
  readonly day: Day;
  /** How long a verdict can be undone, in real time too. Default: not at all. */
  readonly holdMinutes?: number;
}

/** Before a reminder is due by so much, every case of the batch must have armed its timer. */
const LEAD_MS = 15_000;
const PATIENCE_S = 120;

/** Plays reviews from wake to decision: five rows and one reminder each. What they used. */
export async function playBatch(batch: Batch): Promise<Used> {
  const caseIds = await beginCases(batch);
  const start = usedBy(batch);
  await awaitReminders(batch, caseIds);
  await untilReminded(batch, caseIds);
  await decideAtFirst(batch, caseIds);
  await sayToAll(batch, caseIds, verdictRow('l2', 'ben'));
  const end = usedBy(batch);
  return {
    worker: end.worker - start.worker,
    temporal: end.temporal - start.temporal,
    postgres: end.postgres - start.postgres,
  };
}

/** Owners answer, and the first level decides. */
export async function decideAtFirst(batch: Batch, caseIds: readonly string[]): Promise<void> {
  await sayToAll(batch, caseIds, answersRow);
  await sayToAll(batch, caseIds, verdictRow('l1', 'ada'));
}

/** Invents the cases of a batch, and waits until each has a workflow that sleeps. Their ids. */
export async function beginCases({
  place,
  side,
  prefix,
  cases,
  day,
  holdMinutes = 0,
}: Batch): Promise<readonly string[]> {
  await setClock(side.database, later(startOfDay(day), 8 * HOUR));
  await writeChoices(side.database, { annual_review: { holdMinutes } });
  const slugs = await inventProducts(side.database, { prefix, count: cases, validUntil: OVERDUE });
  const caseIds = slugs.map((slug) => `dpg/${slug}`);
  await side.begin(caseIds);
  await untilAsleep(place.temporal.client, caseIds.map(side.workflowId));
  return caseIds;
}

/** Opens the reviews and lets their turns begin, a month before: each then has a timer for a reminder in seconds. */
export async function awaitReminders(batch: Batch, caseIds: readonly string[]): Promise<void> {
  const { database } = batch.side;
  await sayToAll(batch, caseIds, wakeRow);
  await database.email.updateMany({ where: { caseId: { in: [...caseIds] } }, data: { state: 'sent' } });
  await setClock(database, later(sendingTime(addDays(batch.day, 30)), -LEAD_MS));
  const body = { turn: 1, takenAt: sendingTime(batch.day) };
  await sayToAll(batch, caseIds, { kind: 'email_taken', role: 'mail', body });
}

/** Waits until each case has sent its reminder. */
export function untilReminded({ side }: Pick<Batch, 'side'>, caseIds: readonly string[]): Promise<void> {
  const where = { caseId: { in: [...caseIds] }, kind: 'reminder' };
  return untilCount({
    what: `reminders of ${side.name}`,
    wanted: caseIds.length,
    seconds: PATIENCE_S,
    count: () => side.database.email.count({ where }),
  });
}

/** Waits until the hold of each first verdict is over, and the case with the second level. */
export function untilPassedOn({ side }: Pick<Batch, 'side'>, caseIds: readonly string[]): Promise<void> {
  const where = { caseId: { in: [...caseIds] }, state: 'l2' };
  return untilCount({
    what: `cases of ${side.name} at the second level`,
    wanted: caseIds.length,
    seconds: PATIENCE_S,
    count: () => side.database.application.count({ where }),
  });
}

/** What the worker of a side and both servers have used so far. */
export function usedBy({ place, side }: Pick<Batch, 'place' | 'side'>): Used {
  return { worker: cpuSecondsOf([side.pid]), ...place.serverCpu() };
}

async function untilAsleep(client: Client, workflowIds: readonly string[]): Promise<void> {
  const begun = async (id: string): Promise<number> => {
    const described = await client.workflow
      .getHandle(id)
      .describe()
      .catch(() => null);
    // Started, and its first task is over.
    return described !== null && described.historyLength >= 4 ? 1 : 0;
  };
  await untilCount({
    what: 'workflows begun',
    wanted: workflowIds.length,
    seconds: PATIENCE_S,
    count: async () => (await Promise.all(workflowIds.map(begun))).reduce((sum, one) => sum + one, 0),
  });
}

type Row = Pick<NewSubmission, 'kind' | 'role' | 'body'> & { readonly actor?: string };

const wakeRow: Row = {
  kind: 'wake',
  role: 'campaign',
  body: { campaign: 'bench', handPicked: false, cause: 'bench' },
};
const answersRow: Row = {
  kind: 'answers',
  role: 'owner',
  body: {
    answers: { pii_level: 'none' },
    forReviewers: {},
    confirmed: [],
    declaration: { name: 'Amina Abara', role: 'lead', maySpeak: true },
  },
};
const verdictRow = (level: 'l1' | 'l2', by: string): Row => ({
  kind: 'verdict',
  role: level,
  actor: by,
  body: {
    ...{ level, by, answersVersion: 1, days: null, secondRoundReason: null },
    sections: [{ section: '1', verdict: 'meets', publicReason: '', internalReason: '' }],
  },
});

/** Appends a row for each case, a few at a time, and waits until all were accepted. */
async function sayToAll({ side }: Batch, caseIds: readonly string[], row: Row): Promise<void> {
  const { database } = side;
  const ids: number[] = [];
  await each(caseIds, 8, async (caseId) => {
    const open = await database.application.findFirst({ where: { caseId, open: true } });
    const appended = await appendSubmission(database, {
      ...{ key: `${row.kind}:${row.role}:${caseId}`, caseId, actor: 'somebody' },
      ...{ applicationId: open?.id ?? null, round: open?.round ?? null, ...row },
    });
    if (!('id' in appended)) throw new Error(`A row was not appended: ${appended.problem}.`);
    ids.push(appended.id);
    await side.tell(caseId);
  });
  const count = (result: object) => database.outcome.count({ where: { submissionId: { in: ids }, ...result } });
  const { kind } = row;
  await untilCount({ what: `${kind} taken`, wanted: ids.length, seconds: PATIENCE_S, count: () => count({}) });
  const accepted = await count({ result: 'accepted' });
  if (accepted < ids.length) throw new Error(`${kind} of ${side.name}: ${accepted} of ${ids.length} accepted`);
}
