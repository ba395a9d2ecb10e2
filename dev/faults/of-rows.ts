import { giveVerdict, type VerdictGiven } from '../../client/cli/staff-acts.js';
import { sectionsOf } from '../../client/cli/verdict-sections.js';
import type { SectionVerdict } from '../../domain/case.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { patiently } from './patience.js';
import type { Fault } from './storm.js';

/** What rows did that came again, late or together: for the check of them. */
export interface RowTrials {
  /** Keys that were appended a second time with the same content. */
  readonly again: string[];
  /** Keys of rows that came with a round that is over. */
  readonly late: string[];
  /** Pairs of keys of two reviewers who decided the same at the same moment. */
  readonly together: (readonly [string, string])[];
}

/** Rows that come twice, late, or from two people at once. */
export function faultsOfRows({ database, trials }: { database: Database; trials: RowTrials }): readonly Fault[] {
  return [
    { kind: 'rowAgain', strike: (random) => patiently(() => again(database, trials, random)) },
    { kind: 'rowLate', strike: (random) => patiently(() => late(database, trials, random)) },
    { kind: 'twoAtOnce', strike: (random) => patiently(() => together(database, trials, random)) },
  ];
}

type Random = (what: string) => number;

async function again(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const row = await anyRow(database, random, {});
  if (row === null) return false;
  await appendSubmission(database, row);
  trials.again.push(row.key);
  return true;
}

/** A verdict or an answer to a clarification whose round has passed comes once more, as from a page left open. */
async function late(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const row = await anyRow(database, random, { kind: 'verdict', outcome: { result: 'accepted' } });
  if (row === null || row.applicationId === null) return false;
  const { round, open } = await database.application.findUniqueOrThrow({ where: { id: row.applicationId } });
  if (open && round === row.round) return false;
  const key = `late:${row.key}:${Math.floor(random('key') * 1e9)}`;
  await appendSubmission(database, { ...row, key });
  trials.late.push(key);
  return true;
}

async function together(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const waiting = await database.application.findMany({ where: { open: true, state: 'l1' }, orderBy: { id: 'asc' } });
  const found = waiting[Math.floor(random('which') * waiting.length)];
  if (found === undefined) return false;
  const kind = found.kind === 'privacy' ? 'privacy' : 'annual_review';
  const sections = sectionsOf(kind).map(
    (section): SectionVerdict => ({ section, verdict: 'meets', publicReason: '', internalReason: '' }),
  );
  const keys = ['igor', 'jana'].map((by) => `together:${found.id}:${found.round}:${by}`);
  const verdict = (by: string, key: string): VerdictGiven => ({
    ...{ database, reference: found.id, by, key, sections, waitMs: 0 },
    level: 'l1',
    round: found.round,
  });
  const [one = '', other = ''] = keys;
  await Promise.all([giveVerdict(verdict('igor', one)), giveVerdict(verdict('jana', other))]);
  trials.together.push([one, other]);
  return true;
}

/** One of the rows of people that there are, as it was appended. */
async function anyRow(
  database: Database,
  random: Random,
  where: { readonly kind?: string; readonly outcome?: { readonly result: string } },
): Promise<NewSubmission | null> {
  const of = { role: { notIn: ['campaign', 'import', 'mail'] }, ...where };
  const count = await database.submission.count({ where: of });
  const skip = Math.floor(random('row') * count);
  const row = await database.submission.findFirst({ where: of, orderBy: { id: 'asc' }, skip });
  if (row === null) return null;
  const { key, caseId, applicationId, round, kind, role, actor, body } = row;
  // Both were written by append.ts.
  return { key, caseId, applicationId, round, kind, role: role as NewSubmission['role'], actor, body: body as object };
}
