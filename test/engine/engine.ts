import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { createStepActivities } from '../../activities/index.js';
import type { StepCall } from '../../activities/steps.js';
import { createCases } from '../../client/cases.js';
import { nextEntry, openingEntry } from '../../domain/agenda.js';
import type { Answers } from '../../domain/answers.js';
import type { Day, Instant } from '../../domain/calendar.js';
import { caseTime } from '../../domain/clock.js';
import type { StepResult } from '../../domain/step-result.js';
import { isDatabaseAway } from '../../prisma/away.js';
import { json } from '../../prisma/json.js';
import { look, step } from '../../prisma/step.js';
import { attributes, REVIEWS } from '../../workflows/contract.js';
import { listProduct } from '../support/listed-product.js';
import { bundlePath } from '../support/run.js';
import { timeSkipping } from '../support/temporal.js';
import { startClockedDatabase, type ClockedDatabase } from './clocked-database.js';
import { compare } from './compare.js';
import { oldestOf, type KeptCase } from './kept-case.js';

const START: Instant = '2026-07-10T08:00:00.000Z';

/** What a case begins with. */
export interface Beginning {
  readonly slug: string;
  readonly validUntil: Day;
  readonly opensByItself: boolean;
  readonly people: 0 | 1 | 2;
  readonly onFile: Answers;
}

/** The real workflows, steps and database, on a server that skips time; each step is compared with the pure machine. */
export interface Engine {
  readonly home: ClockedDatabase;
  readonly cases: ReturnType<typeof createCases>;
  readonly kept: ReadonlyMap<string, KeptCase>;
  /** Steps so far, and the runs of workflows that took them. */
  readonly counts: () => { readonly steps: number; readonly runs: number };
  /** What differed, or failed; empty while all is well. */
  readonly faults: string[];
  readonly begin: (beginning: Beginning) => Promise<string>;
  readonly now: () => Promise<Instant>;
  /** Time goes on for so many milliseconds; whatever is due until then happens. */
  readonly goOn: (milliseconds: number) => Promise<void>;
  /** Until all rows of these cases have an outcome. */
  readonly settled: (caseIds: readonly string[]) => Promise<void>;
  readonly step: (call: StepCall) => Promise<StepResult>;
  readonly stop: () => Promise<void>;
}

/** Starts one; `crowded`: rows come in at any moment. */
export async function startEngine({ crowded }: { crowded: boolean }): Promise<Engine> {
  const server = await timeSkipping();
  const { env } = server;
  const searchAttributes = Object.fromEntries(
    Object.values(attributes).map(({ name, type }) => [name, Number(typeNumber(type))]),
  );
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  const real = await env.currentTimeMs();
  const home = await startClockedDatabase(real);
  const clock = [{ realAt: new Date(real).toISOString(), caseAt: START, dayMs: 86_400_000 }];
  await home.database.clockSegment.create({ data: { realAt: new Date(real), caseAt: START, dayMs: 86_400_000 } });
  const cases = createCases(env.client);
  const kept = new Map<string, KeptCase>();
  const runs = new Set<string>();
  let steps = 0;
  const faults: string[] = [];
  const watched = watch({ home, kept, faults, crowded, time: () => env.currentTimeMs() });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: REVIEWS,
    workflowBundle: { codePath: bundlePath() },
    activities: createStepActivities((call) => {
      runs.add(activityInfo().workflowExecution?.runId ?? '');
      steps += 1;
      return watched(call);
    }),
    maxConcurrentActivityTaskExecutions: 8,
  });
  const running = worker.run();
  const now = async () => caseTime(clock, await env.currentTimeMs());
  return {
    ...{ home, cases, kept, faults, now, step: watched },
    counts: () => ({ steps, runs: runs.size }),
    begin: async (beginning) => {
      const { caseId, one } = await list(home, { ...beginning, now: await now() });
      kept.set(caseId, one);
      const state = await look(home.database, caseId);
      if (state !== null) await cases.start(caseId, state);
      return caseId;
    },
    goOn: async (milliseconds) => {
      await env.sleep(milliseconds);
      await home.tell(await env.currentTimeMs());
      const until = await now();
      await eventually('what is due', async () => [...kept.values()].every((one) => isQuiet(one, until)), faults);
    },
    settled: (ids) =>
      eventually('outcomes', async () => ids.every((id) => hasOutcomes(kept.get(id))), faults).then(() => undefined),
    stop: async () => {
      worker.shutdown();
      await running.finally(() => server.stop()).finally(() => home.stop());
    },
  };
}

interface Watching {
  readonly home: ClockedDatabase;
  readonly kept: ReadonlyMap<string, KeptCase>;
  readonly faults: string[];
  readonly crowded: boolean;
  readonly time: () => Promise<number>;
}

/** A step that is compared with the pure machine as soon as the database took it. */
function watch({ home, kept, faults, crowded, time }: Watching): (call: StepCall) => Promise<StepResult> {
  return async (call) => {
    const real = await time();
    await home.tell(real);
    const one = kept.get(call.caseId);
    try {
      const result = await step(home.database, call);
      if (one !== undefined)
        await compare(home.database, one, {
          ...{ caseId: call.caseId, result, crowded },
          began: caseTime(result.clock, real),
        });
      return result;
    } catch (error) {
      // A busy machine is nobody's fault: the step is tried again.
      if (isDatabaseAway(error)) throw error;
      const fault = `${call.caseId}: ${error instanceof Error ? error.message : String(error)}`;
      faults.push(fault);
      // Tried again, it would keep the server busy for all the time that is skipped.
      throw ApplicationFailure.nonRetryable(fault);
    }
  };
}

async function list(home: ClockedDatabase, beginning: Beginning & { now: Instant }) {
  const { slug, validUntil, opensByItself, people, onFile, now } = beginning;
  const caseId = await listProduct(home.database, slug, { contacts: people > 0, validUntil });
  if (people === 1) await home.database.contact.deleteMany({ where: { slug, rank: 'alternate' } });
  await home.database.answerSet.updateMany({ where: { slug }, data: { answers: json(onFile) } });
  await home.database.listing.update({ where: { slug }, data: { opensByItself } });
  const listing = {
    ...{ slug, dpgId: null, validUntil, approvedOn: '2025-09-01', opensByItself },
    ...{ removedOn: null, removedBecause: null, decidedHereAt: null },
  };
  const opening = openingEntry(listing);
  const agenda = opening === null || opening.due <= now ? [] : [opening];
  const nextDueAt = opening === null || agenda.length === 0 ? null : new Date(opening.due);
  await home.database.case.update({ where: { id: caseId }, data: { agenda: json(agenda), nextDueAt } });
  const one: KeptCase = {
    record: { id: caseId, listing, review: null, agenda, causes: [], ended: false, stuck: false },
    contacts: [
      { address: `amina@${slug}.example`, rank: 'primary' },
      { address: `bao@${slug}.example`, rank: 'alternate' },
    ].slice(0, people),
    ...{ rows: [], recipients: [], emails: [], drafts: new Map(), decisions: [], conflicts: new Set() },
    answers: [{ reference: null, version: 0, by: 'import', answers: onFile, confirmed: [], publishedAt: '2025-09-01' }],
  };
  return { caseId, one };
}

function isQuiet({ record }: KeptCase, now: Instant): boolean {
  const next = nextEntry(record.agenda);
  return record.ended || next === null || next.due > now;
}

function hasOutcomes(one: KeptCase | undefined): boolean {
  return one === undefined || oldestOf(one) === undefined;
}

/** Looks until it is so, for half a minute, or until something differed. */
async function eventually(what: string, is: () => Promise<boolean>, faults: string[]): Promise<void> {
  const limit = Date.now() + 30_000;
  while (faults.length === 0 && !(await is())) {
    if (Date.now() > limit) faults.push(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
