import type { Review } from '../domain/case.js';
import type { Effect } from '../domain/effect.js';
import { columnOfDay } from './day-column.js';
import { publicReasonOf } from './event-of-row.js';
import { json } from './json.js';
import type { Saving } from './save-case.js';

type Reviewing = Extract<Effect, { do: 'record_verdict' | 'undo_verdict' | 'remember_conflict' | 'decision' }>;

/** Carries out what a reviewer's row, or a decision, leaves in the records, in the step's transaction. */
export async function saveReviewing(saving: Saving, review: Review, effect: Reviewing): Promise<void> {
  switch (effect.do) {
    case 'record_verdict':
      return recordVerdict(saving, review);
    case 'undo_verdict':
      return undoVerdict(saving, review);
    case 'remember_conflict':
      return rememberConflict(saving, effect.by);
    case 'decision':
      return recordDecision(saving, review, effect);
    default:
      effect satisfies never;
  }
}

async function rememberConflict({ transaction, before }: Saving, reviewer: string): Promise<void> {
  const conflict = { reviewer, slug: before.slug, at: new Date(before.facts.now) };
  await transaction.reviewerConflict.createMany({ data: [conflict], skipDuplicates: true });
}

async function recordVerdict({ transaction, before, event }: Saving, review: Review): Promise<void> {
  if (event.is !== 'verdict') return;
  await transaction.verdict.create({
    data: {
      applicationId: review.reference,
      round: before.record.review?.round ?? review.round,
      level: event.level,
      by: event.by,
      forWhom: review.verdicts.at(-1)?.for ?? null,
      answersVersion: event.answersVersion,
      sections: json(event.sections),
      at: new Date(before.facts.now),
    },
  });
}

async function undoVerdict({ transaction, before }: Saving, { reference }: Review): Promise<void> {
  const newest = await transaction.verdict.findFirstOrThrow({
    where: { applicationId: reference, undoneAt: null },
    orderBy: { id: 'desc' },
  });
  await transaction.verdict.update({ where: { id: newest.id }, data: { undoneAt: new Date(before.facts.now) } });
}

async function recordDecision(
  { transaction, before, event, row }: Saving,
  review: Review,
  { result, validUntil }: Extract<Effect, { do: 'decision' }>,
): Promise<void> {
  // What reviewers typed has had its use; it may speak of people, and nobody looks at it again.
  await transaction.verdictDraft.deleteMany({ where: { applicationId: review.reference } });
  const sections = event.is === 'verdict' ? event.sections : (review.verdicts.at(-1)?.sections ?? []);
  const decided = result === 'approved' || result === 'ineligible';
  const publicReason = publicReasonOf(row?.body);
  const reasons = decided
    ? sections.map(({ section, verdict, publicReason: why }) => ({ section, verdict, publicReason: why }))
    : publicReason === null
      ? []
      : [{ publicReason }];
  await transaction.decision.create({
    data: {
      applicationId: review.reference,
      round: review.round,
      result,
      reasons: json(reasons),
      validUntil: columnOfDay(validUntil),
      answersVersion: review.answersVersion,
      by: row?.actor ?? 'machine',
      at: new Date(before.facts.now),
    },
  });
}
