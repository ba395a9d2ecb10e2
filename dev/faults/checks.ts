import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../prisma/database.js';
import { checkLedger } from '../../prisma/check-ledger.js';
import { waitingRows } from '../../prisma/waiting.js';
import type { Looked } from '../demo/checks/check.js';
import type { RowTrials } from './of-rows.js';

/**
 * Time in which nothing is due and nobody acts, a few times over. A timer set while time was fast may fire once in it
 * and be set anew; a history that grows again and again grows for nothing.
 */
const QUIET_MS = 2_500;
const QUIET_TIMES = 4;

/**
 * What came twice was one row, what came late had no effect, of two at once one was heard, and reviews have as many
 * verdicts as were accepted.
 */
export async function lookAtRows({ database, trials }: { database: Database; trials: RowTrials }): Promise<Looked> {
  const keys = [...trials.again, ...trials.late, ...trials.together.flat()];
  const rows = await database.submission.findMany({ where: { key: { in: keys } }, include: { outcome: true } });
  const resultOf = new Map(rows.map(({ key, outcome }) => [key, outcome?.result ?? 'without an outcome']));
  const late = trials.late.filter((key) => !['refused', 'late'].includes(resultOf.get(key) ?? ''));
  const both = trials.together.filter((pair) => pair.every((key) => resultOf.get(key) === 'accepted'));
  const counted = await database.$queryRaw<{ id: string; accepted: number; kept: number }[]>`
    select * from (
      select a.id,
        (select count(*)::int from "Submission" s join "Outcome" o on o."submissionId" = s.id
          where s."applicationId" = a.id and s.kind = 'verdict' and o.result = 'accepted') as accepted,
        (select count(*)::int from "Verdict" v where v."applicationId" = a.id) as kept
      from "Application" a) counts
    where accepted <> kept`;
  const never = [...new Set(keys)].filter(
    (key) => (resultOf.get(key) ?? 'without an outcome') === 'without an outcome',
  );
  return {
    tried: trials.again.length + trials.late.length + trials.together.length,
    problems: [
      ...late.map((key) => `${key} came late and was ${resultOf.get(key) ?? 'lost'}`),
      ...both.map(([one]) => `${one} and the one beside it were both heard`),
      ...counted.map(({ id, accepted, kept }) => `${id}: ${accepted} verdicts were accepted, and it has ${kept}`),
      ...never.map((key) => `${key} has no outcome`),
    ],
    found: `${trials.again.length} came twice, ${trials.late.length} late, ${trials.together.length} pairs at once`,
  };
}

/** A case that nothing will move, in one sentence each. To be asked when time stands still and nobody acts. */
export async function stuckCases(parts: {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly client: Pick<Client, 'workflow'>;
}): Promise<{ readonly cases: number; readonly stuck: readonly string[] }> {
  const { database, databaseUrl } = parts;
  const looks = [await histories(parts)];
  for (let time = 0; time < QUIET_TIMES; time += 1) {
    await pause(QUIET_MS);
    looks.push(await histories(parts));
  }
  const after = looks.at(-1) ?? new Map<string, number>();
  const records = waitingRows(database, databaseUrl);
  const [waiting, overdue, cases] = await Promise.all([
    records.waiting(),
    records.overdue(),
    database.case.findMany({ where: { ended: false }, include: { applications: { where: { open: true } } } }),
  ]);
  const asleepForGood = cases.filter(
    ({ nextDueAt, attention, applications }) =>
      nextDueAt === null &&
      attention.length === 0 &&
      applications.some(({ waitingOn }) => waitingOn === 'nobody' || waitingOn === 'mail'),
  );
  const gone = cases.filter(({ id }) => !after.has(id));
  return {
    cases: cases.length,
    stuck: [
      ...waiting.map(({ caseId, oldest }) => `${caseId}: its row ${oldest} has no outcome`),
      ...overdue.map((id) => `${id}: something was due and nothing acted`),
      ...asleepForGood.map(({ id }) => `${id}: it waits for nothing and nobody`),
      ...gone.map(({ id }) => `${id}: no workflow of it runs`),
      ...[...after.keys()]
        .filter((id) => timesGrown(looks.map((look) => look.get(id))) > QUIET_TIMES / 2)
        .map((id) => `${id}: its history grows while nothing happens`),
    ],
  };
}

function timesGrown(lengths: readonly (number | undefined)[]): number {
  return lengths.filter((length, at) => at > 0 && length !== lengths[at - 1]).length;
}

/** How many events the present run of each running workflow has. */
async function histories({
  client,
}: {
  readonly client: Pick<Client, 'workflow'>;
}): Promise<ReadonlyMap<string, number>> {
  const lengths = new Map<string, number>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
    lengths.set(workflowId, (await client.workflow.getHandle(workflowId).describe()).historyLength);
  }
  return lengths;
}

/** Whatever row has an outcome stands in the ledger of its case, and every chain of the ledger holds. */
export async function lookAtLedger({
  database,
  databaseUrl,
}: {
  readonly database: Database;
  readonly databaseUrl: string;
}): Promise<Looked> {
  const missing = await database.$queryRaw<{ caseId: string; id: number; kind: string }[]>`
    select s."caseId", s.id, s.kind from "Submission" s join "Outcome" o on o."submissionId" = s.id
    where not exists (select 1 from "LedgerEntry" l where l."caseId" = s."caseId" and l.why = 'row:' || s.id)`;
  const { cases, lines, problems } = await checkLedger(databaseUrl);
  return {
    tried: lines,
    problems: [
      ...missing.map(({ caseId, id, kind }) => `${caseId}: row ${id} (${kind}) is not in the ledger`),
      ...problems.map(({ caseId, seq, is }) => `${caseId}: line ${seq} of the ledger is ${is}`),
    ],
    found: `${lines} lines in ${cases} chains that hold, and a line for each row`,
  };
}
