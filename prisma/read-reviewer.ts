import { isAway } from '../domain/absence.js';
import type { Day } from '../domain/calendar.js';
import { FREE, type Review, type ReviewerFacts, type ReviewState } from '../domain/case.js';
import { inTheWay } from '../domain/reviewer-guards.js';
import { seatAskedIn, seatsOf } from '../domain/seats.js';
import { COLLEAGUE } from './colleagues.js';
import type { Database, Transaction } from './database.js';
import { absenceOf } from './absence-columns.js';
import { sameAddress } from './same-address.js';
import { memberOf, type StaffMember } from './staff.js';

/** A review, and the product that it is about. */
interface About {
  readonly slug: string;
  /** Null: there is none yet. */
  readonly reference: string | null;
}

/** What is asked now, and when that is. */
interface Asked {
  readonly state: ReviewState | null;
  readonly today: Day;
}

/** What stands between a reviewer and a review of a product; nobody is free. */
export async function readReviewer(
  transaction: Transaction,
  { reviewer, slug, reference, state, today }: About & Asked & { readonly reviewer: string | null },
): Promise<ReviewerFacts> {
  if (reviewer === null) return FREE;
  const conflict = await transaction.reviewerConflict.count({ where: { reviewer, slug } });
  const person = await transaction.staffPerson.findUnique({ where: { id: reviewer } });
  const own = await readOwn(transaction, slug);
  const holds = await transaction.application.count({
    where: { claimedBy: reviewer, open: true, ...(reference === null ? {} : { id: { not: reference } }) },
  });
  const judged = reference === null ? [] : await readJudges(transaction, reference);
  const absence = person === null ? null : absenceOf(person);
  return {
    conflict: conflict > 0,
    ownProduct: person !== null && own.has(person.address.toLowerCase()),
    holds,
    judged: judged.includes(reviewer),
    role: person === null ? 'stranger' : reviewsIn(person, state) ? 'has' : 'has_not',
    awayUntil: isAway(absence, today) ? absence.until : null,
  };
}

function reviewsIn(person: Parameters<typeof memberOf>[0], state: ReviewState | null): boolean {
  return person.offAt === null && seatsOf(memberOf(person).roles).some((seat) => seat === state);
}

/** How many reviewers, of whichever level, may hear an appeal: they gave no verdict, and nothing else is in their way. */
export async function countHearers(
  transaction: Transaction,
  { slug, reference }: About & { readonly reference: string },
): Promise<number> {
  const reviewers = await transaction.staffPerson.findMany({
    where: { offAt: null, roles: { hasSome: ['l1', 'l2'] } },
    select: { id: true, address: true },
  });
  const judges = await readJudges(transaction, reference);
  const partiality = await readPartial(transaction, slug);
  return reviewers.filter((one) => !judges.includes(one.id) && partiality(one) === null).length;
}

/** Who may take a review that nobody has: of what is asked, here, and with nothing in their way. Nobody if it asks none. */
export async function readTakers(
  transaction: Transaction,
  { review, slug, today }: { readonly review: Review | null; readonly slug: string; readonly today: Day },
): Promise<readonly string[]> {
  const seat = review === null || review.claim !== null ? null : seatAskedIn(review.state);
  if (review === null || seat === null) return [];
  const found = await transaction.staffPerson.findMany({
    where: { offAt: null, roles: { hasSome: ['l1', 'l2'] } },
    orderBy: { id: 'asc' },
  });
  const judges = await readJudges(transaction, review.reference);
  const partiality = await readPartial(transaction, slug);
  return found.flatMap((one) => {
    const reviewer = { ...FREE, judged: judges.includes(one.id) };
    const free = partiality(one) === null && inTheWay(review, { by: one.id, reviewer }) === null;
    return free && seatsOf(memberOf(one).roles).includes(seat) && !isAway(absenceOf(one), today) ? [one.id] : [];
  });
}

/** Whoever was invited and never came helped nobody, or owners could choose by invitations who judges their product. */
const HELPED = { rank: COLLEAGUE, sessions: { some: {} } };

/** The addresses, in small letters, of a product's contacts and of those who helped them. */
async function readOwn(transaction: Database | Transaction, slug: string): Promise<ReadonlySet<string>> {
  const contacts = await transaction.contact.findMany({ where: { slug }, select: { address: true } });
  const where = { ...HELPED, application: { slug } };
  const colleagues = await transaction.recipient.findMany({ where, select: { address: true } });
  return new Set([...contacts, ...colleagues].map(({ address }) => address.toLowerCase()));
}

/** The same the other way round: of some products those of which an address is one of these. */
export async function readOwnProducts(
  database: Database,
  { address, slugs }: { readonly address: string; readonly slugs: readonly string[] },
): Promise<ReadonlySet<string>> {
  const slug = { in: [...slugs] };
  const own = { address: sameAddress(address) };
  const contacts = await database.contact.findMany({ where: { ...own, slug }, select: { slug: true } });
  const colleagues = await database.recipient.findMany({
    where: { ...own, ...HELPED, application: { slug } },
    select: { application: { select: { slug: true } } },
  });
  return new Set([...contacts, ...colleagues.map(({ application }) => application)].map((one) => one.slug));
}

/** Why somebody of ours is not to judge a product: they are a contact of it, helped one, or declared a conflict of interest. */
export type Partiality = 'own_product' | 'in_conflict';

/** Who of ours is not to judge a product, and why; null: they may. */
export async function readPartial(
  transaction: Database | Transaction,
  slug: string,
): Promise<(person: Pick<StaffMember, 'id' | 'address'>) => Partiality | null> {
  const conflicts = await transaction.reviewerConflict.findMany({ where: { slug }, select: { reviewer: true } });
  const own = await readOwn(transaction, slug);
  const declared = new Set(conflicts.map(({ reviewer }) => reviewer));
  return ({ id, address }) => {
    if (own.has(address.toLowerCase())) return 'own_product';
    return declared.has(id) ? 'in_conflict' : null;
  };
}

/** Who gave a verdict at a level of a review, or for whom a deputy did, be it that it counts no more. */
async function readJudges(transaction: Transaction, reference: string): Promise<readonly string[]> {
  const where = { applicationId: reference, level: { not: 'appeal' } };
  const found = await transaction.verdict.findMany({ where, select: { by: true, forWhom: true } });
  return found.flatMap(({ by, forWhom }) => (forWhom === null ? [by] : [by, forWhom]));
}
