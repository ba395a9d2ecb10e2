import type { StandIn } from '../domain/absence.js';
import { scopeOfReview, type Answers, type AnswerValue, type Asking } from '../domain/answers.js';
import { formOf, STANDARDS, type Standards } from '../domain/standards.js';
import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { Entry, Review, SectionVerdict } from '../domain/case.js';
import { readClock } from './case-time.js';
import { readConcerns, type Concern } from './concerns.js';
import type { Database } from './database.js';
import type { AnswerSetModel, VerdictModel } from './generated/models.js';
import { readStandIn } from './read-absence.js';
import { readAppeal, type AppealRead } from './read-appeal.js';
import { readFormerForDesk, type FormerForDesk } from './read-former.js';
import { readQuestions, type ExpertQuestionRead } from './read-consultations.js';
import { freeExperts } from './read-experts.js';
import { storedReview } from './stored-review.js';

/** The newest answer of a question that was public before this review, and since when. */
export interface EarlierPublic {
  readonly value: AnswerValue;
  readonly on: Day;
}

/** What was decided in an earlier review of the product, or earlier in this one. */
export interface EarlierReview {
  readonly reference: string;
  readonly kind: string;
  readonly result: string;
  readonly on: Day;
  readonly reasons: readonly { readonly section?: string; readonly verdict?: string; readonly publicReason: string }[];
}

/** A verdict of this review that still counts, or one to which the owner replied. */
export interface VerdictGivenHere {
  readonly level: string;
  readonly by: string;
  /** Who has the case, where a deputy gave it. */
  readonly forWhom: string | null;
  readonly at: Instant;
  readonly answersVersion: number;
  readonly sections: readonly SectionVerdict[];
}

/** A review as its reviewers' page shows it. */
export interface DeskCase {
  readonly caseId: string;
  readonly reference: string;
  readonly slug: string;
  readonly product: string;
  readonly kind: string;
  readonly campaign: string | null;
  readonly review: Review;
  /** Who stands in for the reviewer who has it; null: they are here, or nobody has it. */
  readonly standIn: StandIn | null;
  /** The form that it asks, and its part that it asks about. */
  readonly asking: Asking;
  /** When the reviewers of its level are late. */
  readonly due: Instant | null;
  /** When a decision takes effect. */
  readonly commits: Instant | null;
  readonly now: Instant;
  /** The newest row of its case: what was done again after it is another act. */
  readonly newestRow: number;
  /** What reviewers sent that no step has taken yet, the oldest first. */
  readonly untaken: readonly { readonly by: string; readonly at: Instant }[];
  readonly answers: {
    readonly version: number;
    readonly by: string;
    readonly on: Day;
    readonly values: Answers;
    readonly confirmed: readonly string[];
    readonly forReviewers: Readonly<Record<string, string>>;
  } | null;
  /** By question. */
  readonly earlier: Readonly<Record<string, EarlierPublic>>;
  readonly verdicts: readonly VerdictGivenHere[];
  /** The owner's appeal; null: there is none. */
  readonly appeal: AppealRead | null;
  /** Questions to experts, the newest first, and what these advise. */
  readonly questions: readonly ExpertQuestionRead[];
  /** Who can be asked for advice. */
  readonly experts: readonly { readonly id: string; readonly name: string }[];
  /** The concerns that the review is about. */
  readonly concerns: readonly Concern[];
  /** Newest first. */
  readonly reviews: readonly EarlierReview[];
  /** What older files tell of the product. */
  readonly former: readonly FormerForDesk[];
}

/** Reads a review for its reviewers; null if there is none of this reference. */
export async function readDeskCase(
  database: Database,
  { reference, standards = STANDARDS }: { reference: string; standards?: Standards | undefined },
): Promise<DeskCase | null> {
  const found = await database.application.findUnique({
    where: { id: reference },
    include: { case: { select: { agenda: true } }, verdicts: { where: { undoneAt: null }, orderBy: { id: 'asc' } } },
  });
  if (found === null) return null;
  const { slug, caseId, kind, campaign } = found;
  const review = storedReview(found.review);
  const [newestRow, untaken, former, listing, sets, decisions, { now }] = await Promise.all([
    readNewestRow(database, caseId),
    readUntaken(database, caseId),
    readFormerForDesk(database, slug),
    database.listing.findUniqueOrThrow({ where: { slug }, select: { name: true } }),
    database.answerSet.findMany({
      where: { slug, OR: [{ publishedAt: { not: null } }, { applicationId: reference }] },
      orderBy: [{ publishedAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    }),
    database.decision.findMany({
      where: { application: { slug } },
      include: { application: { select: { kind: true } } },
      orderBy: { id: 'desc' },
    }),
    database.$transaction(readClock),
  ]);
  const own = sets.findLast(({ applicationId }) => applicationId === reference);
  return {
    ...{ caseId, reference, slug, product: listing.name, kind, campaign, now, newestRow, untaken },
    review,
    standIn: await readStandIn(database, { review, slug, today: dayOf(now) }),
    appeal: await readAppeal(database, review),
    questions: await readQuestions(database, reference),
    experts: await freeExperts(database, { slug, review }),
    asking: {
      standard: formOf({ standards, version: found.standard, on: dayOf(now) }),
      scope: scopeOfReview(review),
    },
    ...{ due: dueOf(found.case.agenda, 'reviewers'), commits: dueOf(found.case.agenda, 'commit') },
    // JSON columns hold what steps wrote: the domain's own types.
    answers: own === undefined ? null : answersOf(own),
    earlier: earlierOf(sets.filter(({ applicationId }) => applicationId !== reference)),
    verdicts: found.verdicts.map(verdictOf),
    ...{ former, concerns: await readConcerns(database, { applicationId: reference }) },
    reviews: decisions.map(({ applicationId, application, result, at, reasons }) => {
      const said = reasons as unknown as EarlierReview['reasons'];
      return { reference: applicationId, kind: application.kind, result, on: dayOf(at.toISOString()), reasons: said };
    }),
  };
}

async function readNewestRow(database: Database, caseId: string): Promise<number> {
  const newest = await database.submission.aggregate({ where: { caseId }, _max: { id: true } });
  return newest._max.id ?? 0;
}

async function readUntaken(database: Database, caseId: string): Promise<DeskCase['untaken']> {
  const where = { caseId, role: { in: ['l1', 'l2'] }, outcome: null, aside: false };
  const rows = await database.submission.findMany({ where, select: { actor: true, at: true }, orderBy: { id: 'asc' } });
  return rows.map(({ actor, at }) => ({ by: actor, at: at.toISOString() }));
}

function dueOf(agenda: unknown, what: Entry['what']): Instant | null {
  return (agenda as readonly Entry[]).find((entry) => entry.what === what)?.due ?? null;
}

function verdictOf({ level, by, forWhom, at, answersVersion, sections }: VerdictModel): VerdictGivenHere {
  return {
    level,
    by,
    forWhom,
    at: at.toISOString(),
    answersVersion,
    sections: sections as unknown as SectionVerdict[],
  };
}

function answersOf(set: AnswerSetModel): NonNullable<DeskCase['answers']> {
  const { version, by, at, confirmed, answers, forReviewers } = set;
  const boxes = forReviewers as Readonly<Record<string, string>>;
  return { version, by, on: dayOf(at.toISOString()), values: answers as Answers, confirmed, forReviewers: boxes };
}

/** Oldest first: the newest of each question stays. */
function earlierOf(sets: readonly { readonly answers: unknown; readonly at: Date }[]): DeskCase['earlier'] {
  const earlier: Record<string, EarlierPublic> = {};
  for (const { answers, at } of sets) {
    const on = dayOf(at.toISOString());
    for (const [id, value] of Object.entries(answers as Answers)) earlier[id] = { value, on };
  }
  return earlier;
}
