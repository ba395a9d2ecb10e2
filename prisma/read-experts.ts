import type { Review } from '../domain/case.js';
import { NO_EXPERTS, type ExpertFacts } from '../domain/consultation.js';
import type { CaseEvent } from '../domain/event.js';
import type { Database, Transaction } from './database.js';
import type { StoredRow } from './event-of-row.js';
import { readPartial } from './read-reviewer.js';

const OF_EXPERTS: readonly string[] = ['expert_accept', 'expert_decline', 'advice'] satisfies CaseEvent['is'][];

/** What the rules want to know of experts: of those whom a row or a running question names, and of a row's author. */
export async function readExperts(
  transaction: Transaction,
  { row, review, slug }: { row: StoredRow | null; review: Review | null; slug: string },
): Promise<ExpertFacts> {
  const asked = review?.state === 'consultation' ? (review.consultation?.asked ?? []) : [];
  const named = [...asked.flatMap(({ experts }) => experts), ...namedIn(row)];
  if (named.length === 0 && (row === null || !OF_EXPERTS.includes(row.kind))) return NO_EXPERTS;
  const free = await freeExperts(transaction, { slug, review, among: named });
  return { ...(await standingOf(transaction, row)), free: free.map(({ id }) => id) };
}

/**
 * Experts who can be asked about a product: of ours now, without a conflict of interest, not a contact of it, and without
 * a verdict in this review. All of them, or those `among` some.
 */
export async function freeExperts(
  transaction: Database | Transaction,
  { slug, review, among }: { slug: string; review: Review | null; among?: readonly string[] },
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found = await transaction.staffPerson.findMany({
    where: { offAt: null, roles: { has: 'expert' }, ...(among === undefined ? {} : { id: { in: [...among] } }) },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, address: true },
  });
  const partiality = await readPartial(transaction, slug);
  const judges = (review?.verdicts ?? []).map(({ by }) => by);
  return found
    .filter((one) => !judges.includes(one.id) && partiality(one) === null)
    .map(({ id, name }) => ({ id, name }));
}

function namedIn(row: StoredRow | null): readonly string[] {
  if (row?.kind !== 'consult') return [];
  // Its door has checked the body.
  const { questions } = row.body as Pick<Extract<CaseEvent, { is: 'consult' }>, 'questions'>;
  return questions.flatMap(({ experts }) => experts);
}

async function standingOf(
  transaction: Transaction,
  row: StoredRow | null,
): Promise<Pick<ExpertFacts, 'wasAsked' | 'hasAnswered'>> {
  if (row === null || !OF_EXPERTS.includes(row.kind) || row.applicationId === null) return NO_EXPERTS;
  // Its door has checked the body.
  const { by: expert, number, section } = row.body as Extract<CaseEvent, { is: 'expert_accept' }>;
  const found = await transaction.advice.findFirst({
    where: { expert, consultation: { applicationId: row.applicationId, number, section } },
    select: { word: true },
  });
  return { wasAsked: found !== null, hasAnswered: found !== null && found.word !== null };
}
