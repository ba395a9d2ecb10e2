import type { Database } from '../../prisma/database.js';
import type { Check } from './checks/check.js';

/** So many cases are told, each with so many of its last lines: enough to see what went wrong, not a whole year. */
const CASES = 3;
const LINES = 60;

const NAMED = /\b(?:dpg|nomination|campaign)\/[a-z0-9-]+|\b20\d\d-[0-9A-Z]{5}\b/gu;

/**
 * What the ledger has of the cases that failing checks name, oldest line first: words, dates and ids, nobody's name.
 * Empty when every check holds.
 */
export async function storiesOf(database: Database, checks: readonly Check[]): Promise<readonly string[]> {
  const named = checks.flatMap(({ ok, detail }) => (ok ? [] : (detail.match(NAMED) ?? [])));
  const references = await database.application.findMany({
    where: { id: { in: named } },
    select: { id: true, caseId: true },
  });
  const caseOf = new Map(references.map(({ id, caseId }) => [id, caseId]));
  const cases = [...new Set(named.map((name) => caseOf.get(name) ?? name))].slice(0, CASES);
  return Promise.all(cases.map((caseId) => storyOf(database, caseId)));
}

async function storyOf(database: Database, caseId: string): Promise<string> {
  const last = await database.ledgerEntry.findMany({ where: { caseId }, orderBy: { seq: 'desc' }, take: LINES });
  const lines = last
    .reverse()
    .map(
      ({ at, what, why, role, detail }) => `  ${at.toISOString()}  ${what} (${why}, ${role}) ${JSON.stringify(detail)}`,
    );
  return [`What the ledger has of ${caseId}:`, ...lines].join('\n');
}
