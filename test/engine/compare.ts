import assert from 'node:assert/strict';
import type { Instant } from '../../domain/calendar.js';
import { attentionOf, hasEnded, nextEntry } from '../../domain/agenda.js';
import type { StepResult } from '../../domain/step-result.js';
import type { Database } from '../../prisma/database.js';
import { loadCase } from '../../prisma/load-case.js';
import type { KeptCase, Names } from './kept-case.js';
import { factsOf, pureStep } from './pure-step.js';

/** A step as the database took it. */
export interface RealStep {
  readonly caseId: string;
  readonly result: StepResult;
  /**
   * Case time when it began, which its database showed at least. What is read after it may be later: other cases move
   * the clock on, and what fell due meanwhile is the next step's.
   */
  readonly began: Instant;
  /** Rows may come in at any moment: whether more wait then says nothing. */
  readonly crowded: boolean;
}

/** Plays a step that the database took on the kept case too, and throws where the two differ in anything. */
export async function compare(
  database: Database,
  kept: KeptCase,
  { caseId, result, began, crowded }: RealStep,
): Promise<void> {
  const read = await readAll(database, caseId);
  const { wrote, clock, ...shown } = result;
  const [line] = read.lines;
  const took = wrote ? (line?.why ?? '') : null;
  const known = new Set(kept.rows.map(({ id }) => id));
  for (const row of read.rows) if (!known.has(row.id)) kept.rows.push({ ...row, outcome: null });
  const waited = kept.rows.find(({ outcome }) => outcome === null);
  // A row that came in behind a step's back waits for the next one.
  const behind = crowded && waited !== undefined && took !== `row:${waited.id}` ? kept.rows.splice(0) : [];
  kept.rows.push(...behind.filter(({ outcome }) => outcome !== null));
  const now = wrote ? (line?.at.toISOString() ?? '') : began;
  const pure = pureStep(kept, { now, clock, names: read.names });
  kept.rows.push(...behind.filter(({ outcome }) => outcome === null));
  assert.equal(took, pure.took, 'what the step took');
  const { clock: _clock, wrote: pureWrote, ...pureShown } = pure.result;
  const more = crowded ? { more: false } : {};
  assert.deepEqual({ ...shown, ...more }, { ...pureShown, ...more }, 'what the workflow is told');
  assert.equal(wrote, pureWrote);
  if (took?.startsWith('row:') === true) {
    const outcome = read.outcomes.find(({ submissionId }) => `row:${submissionId}` === took);
    assert.deepEqual({ result: outcome?.result, sentence: outcome?.sentence }, { ...pure.outcome }, 'the outcome');
  }
  if (wrote) compareRecords(kept, read, { clock, now });
}

type Read = Awaited<ReturnType<typeof readAll>>;

function compareRecords(kept: KeptCase, read: Read, { clock, now }: { clock: StepResult['clock']; now: string }): void {
  const { record } = kept;
  assert.deepEqual(plain(read.loaded.record), plain(record), 'the record');
  const facts = factsOf(kept, { now, clock });
  const open = record.review !== null && !hasEnded(record.review);
  const comparable = ({ reachable, ...all }: typeof facts) => ({
    ...{ ...all, now: '', clock: [] },
    reachable: open ? reachable : reachable.length,
  });
  assert.deepEqual(plain(comparable(read.loaded.facts)), plain(comparable(facts)), 'the facts');
  assert.deepEqual(
    read.emails.map(({ key, kind, turn, state, dueAt }) => ({ key, kind, turn, state, dueAt: dueAt.toISOString() })),
    kept.emails.map(({ key, kind, turn, state, dueAt }) => ({ key, kind, turn, state, dueAt })),
    'the emails',
  );
  assert.deepEqual(
    read.decisions.map(({ applicationId, round, result }) => ({ reference: applicationId, round, result })),
    kept.decisions,
    'the decisions',
  );
  const next = nextEntry(record.agenda);
  const attention = attentionOf({ ...record, reachable: facts.reachable.length > 0 });
  assert.deepEqual(
    { attention: read.found.attention, due: read.found.nextDueAt?.toISOString() ?? null, ended: read.found.ended },
    { attention, due: next?.due ?? null, ended: record.ended },
    'what lists show',
  );
}

/** As JSON has it: what is undefined is absent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function readAll(database: Database, caseId: string) {
  return database.$transaction(async (transaction) => {
    const loaded = await loadCase(transaction, { caseId });
    const found = await transaction.case.findUniqueOrThrow({ where: { id: caseId } });
    const lines = await transaction.ledgerEntry.findMany({ where: { caseId }, orderBy: { seq: 'desc' }, take: 1 });
    const stored = await transaction.submission.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
    const ids = stored.map(({ id }) => id);
    const outcomes = await transaction.outcome.findMany({ where: { submissionId: { in: ids } } });
    const emails = await transaction.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
    const where = { application: { caseId } };
    const recipients = await transaction.recipient.findMany({ where, orderBy: { id: 'asc' } });
    const decisions = await transaction.decision.findMany({ where, orderBy: { id: 'asc' } });
    const { review } = loaded.record;
    const names: Names = {
      reference: review?.reference ?? null,
      asks: review?.asks ?? null,
      recipients,
      emailKeys: new Map(emails.map(({ id, key }) => [id, key])),
    };
    const rows = stored.map(({ applicationId, at, ...row }) => ({
      ...row,
      reference: applicationId,
      at: at.toISOString(),
    }));
    return { loaded, found, lines, rows, outcomes, emails, decisions, names };
  });
}
