import { giveVerdict, type VerdictGiven } from '../../client/staff-acts.js';
import { judgedSections } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import type { SectionVerdict } from '../../domain/case.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { REVIEWERS } from '../demo/demo-staff.js';
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

/** Rows do not come alone: pages left open, and lists that are sent again, bring so many at a time. */
const AT_A_TIME = 24;

async function again(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const rows = await someRows(database, random, {});
  await Promise.all(rows.map((row) => appendSubmission(database, row)));
  trials.again.push(...rows.map(({ key }) => key));
  return rows.length > 0;
}

/** Verdicts whose round has passed come once more, as from pages left open. */
async function late(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const rows = await someRows(database, random, { kind: 'verdict', outcome: { result: 'accepted' } });
  const reviews = await database.application.findMany({
    where: { id: { in: rows.flatMap(({ applicationId }) => applicationId ?? []) } },
  });
  const passed = rows.filter(({ applicationId, round }) =>
    reviews.some((review) => review.id === applicationId && !(review.open && review.round === round)),
  );
  const lateRows = passed.map((row) => ({ ...row, key: `late:${row.key}:${Math.floor(random('key') * 1e9)}` }));
  await Promise.all(lateRows.map((row) => appendSubmission(database, row)));
  trials.late.push(...lateRows.map(({ key }) => key));
  return lateRows.length > 0;
}

async function together(database: Database, trials: RowTrials, random: Random): Promise<boolean> {
  const waiting = await database.application.findMany({
    where: { open: true, state: 'l1', claimedBy: null },
    orderBy: { id: 'asc' },
  });
  const found = waiting[Math.floor(random('which') * waiting.length)];
  if (found === undefined) return false;
  const scope = found.kind === 'privacy' ? 'privacy' : 'all';
  const sections = judgedSections({ standard: NEWEST, scope }).map(
    (section): SectionVerdict => ({ section, verdict: 'meets', publicReason: '', internalReason: '' }),
  );
  const [first = '', second = ''] = REVIEWERS.l1;
  const keys = [first, second].map((by) => `together:${found.id}:${found.round}:${by}`);
  const verdict = (by: string, key: string): VerdictGiven => ({
    ...{ database, reference: found.id, by, key, sections, waitMs: 0 },
    level: 'l1',
    round: found.round,
  });
  const [one = '', other = ''] = keys;
  await Promise.all([giveVerdict(verdict(first, one)), giveVerdict(verdict(second, other))]);
  trials.together.push([one, other]);
  return true;
}

/** Some of the rows of people that there are, one after the other as they came, as they were appended. */
async function someRows(
  database: Database,
  random: Random,
  where: { readonly kind?: string; readonly outcome?: { readonly result: string } },
): Promise<readonly NewSubmission[]> {
  const of = { role: { notIn: ['campaign', 'import', 'mail'] }, ...where };
  const count = await database.submission.count({ where: of });
  const skip = Math.floor(random('row') * count);
  const rows = await database.submission.findMany({ where: of, orderBy: { id: 'asc' }, skip, take: AT_A_TIME });
  return rows.map(({ key, caseId, applicationId, round, kind, role, actor, body }) => ({
    ...{ key, caseId, applicationId, round, kind, actor },
    // Both were written by append.ts.
    role: role as NewSubmission['role'],
    body: body as object,
  }));
}
