import { dueEntry } from '../domain/agenda.js';
import { campaignOf } from '../domain/campaign.js';
import type { CaseEvent } from '../domain/event.js';
import type { RowOutcome } from '../domain/effect.js';
import { apply } from '../domain/review.js';
import type { Standards } from '../domain/standards.js';
import { resultOfCase, type StepResult } from '../domain/step-result.js';
import { campaignStep, lookAtCampaign } from './campaign-step.js';
import { inTransaction, lockCase, type Database, type Transaction } from './database.js';
import { eventOfRow, type StoredRow } from './event-of-row.js';
import type { Execution } from './ledger.js';
import { loadCase, type Loaded } from './load-case.js';
import { oldestRow } from './oldest-row.js';
import { saveCase } from './save-case.js';

/** What a step is asked: of which case, and which entry of its agenda the timer was armed for (null: whichever). */
export interface StepInput {
  readonly caseId: string;
  readonly armedFor: string | null;
  /** The run that takes the step, for the ledger; none by default. */
  readonly ranBy?: Execution | null;
  /** So many milliseconds it may take, whatever holds it up; null, the default: as long as any transaction. */
  readonly withinMs?: number | null;
  /** The versions of the Standard that there are; all that this software knows by default. */
  readonly standards?: Standards;
}

/** One step of a case, be it a product's or a campaign's. Safe to run twice. Throws if there is no such case. */
export async function step(database: Database, input: StepInput): Promise<StepResult> {
  return campaignOf(input.caseId) === null ? productStep(database, input) : campaignStep(database, input);
}

/** The state of a case as it now is; nothing is written. Null if there is no such case. */
export async function look(database: Database, caseId: string): Promise<StepResult | null> {
  return campaignOf(caseId) === null ? lookAtProduct(database, caseId) : lookAtCampaign(database, caseId);
}

/**
 * One step of a product's case in one transaction: takes its oldest row without outcome, or else what is due by the
 * database's clock (of the agenda, the entry it was armed for if that still stands), or nothing. Safe to run twice:
 * a row has its outcome, an entry is gone. Returns the state as it now is.
 */
async function productStep(database: Database, input: StepInput): Promise<StepResult> {
  const { caseId, armedFor, ranBy = null, withinMs = null, standards } = input;
  return inTransaction(database, withinMs, async (transaction) => {
    if (!(await lockCase(transaction, caseId))) throw new Error('There is no record of this case.');
    const row = await oldestRow(transaction, caseId);
    const loaded = await loadFor(transaction, { caseId, row, standards });
    const event = row === null ? dueEvent(loaded, armedFor) : eventOfRow(row, loaded);
    if (event === null) return resultOf(transaction, { loaded, caseId, wrote: false });
    await take(transaction, { loaded, event, row, ranBy });
    return resultOf(transaction, { loaded, caseId, wrote: true });
  });
}

/** Reads a locked case for the row that a step takes; null: it takes none. */
export async function loadFor(
  transaction: Transaction,
  { caseId, row, standards }: { caseId: string; row: StoredRow | null; standards?: Standards | undefined },
): Promise<Loaded> {
  if (row?.kind === 'resend') await countAllAsWritable(transaction, caseId);
  return loadCase(transaction, { caseId, row, standards });
}

/** Takes one event of a locked case, and writes all that follows from it. */
export async function take(
  transaction: Transaction,
  { loaded, event, row, ranBy }: { loaded: Loaded; event: CaseEvent; row: StoredRow | null; ranBy: Execution | null },
): Promise<RowOutcome | null> {
  const { record, effects, outcome, reachable } = apply({ record: loaded.record, event, facts: loaded.facts });
  const before = { ...loaded, facts: { ...loaded.facts, reachable } };
  await saveCase({ transaction, before, after: record, event, effects, row, outcome, ranBy });
  if (row !== null && outcome !== null) {
    const at = new Date(loaded.facts.now);
    await transaction.outcome.create({ data: { submissionId: row.id, ...outcome, at } });
  }
  return outcome;
}

/** Staff say that the addresses are right: an address that refused an email before is tried again. */
async function countAllAsWritable(transaction: Transaction, caseId: string): Promise<void> {
  const where = { application: { caseId }, revokedAt: null, refusedAt: { not: null } };
  await transaction.recipient.updateMany({ where, data: { refusedAt: null } });
}

async function lookAtProduct(database: Database, caseId: string): Promise<StepResult | null> {
  return database.$transaction(async (transaction) => {
    if (!(await lockCase(transaction, caseId))) return null;
    return resultOf(transaction, { loaded: await loadCase(transaction, { caseId }), caseId, wrote: false });
  });
}

function dueEvent({ record, facts }: Loaded, armedFor: string | null): CaseEvent | null {
  const entry = dueEntry({ agenda: record.agenda, armedFor, now: facts.now });
  return entry === null ? null : { is: 'due', entry };
}

async function resultOf(
  transaction: Transaction,
  { loaded, caseId, wrote }: { loaded: Loaded; caseId: string; wrote: boolean },
): Promise<StepResult> {
  const { record, facts } = wrote ? await loadCase(transaction, { caseId, standards: loaded.standards }) : loaded;
  const more = (await oldestRow(transaction, caseId)) !== null;
  return resultOfCase({ record, before: loaded.record.review, facts, more, wrote });
}
