import type { OwnerSubmission } from '../../domain/answers.js';
import type { SectionVerdict } from '../../domain/case.js';
import type { Seat } from '../../domain/policy.js';
import { appendSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { append, runSteps } from './owner-visit.js';

interface OpenReview {
  readonly caseId: string;
  readonly reference: string;
}

/** The mail server takes the first email of the turn. */
export async function takeEmail(database: Database, review: OpenReview, turn = 1): Promise<void> {
  const body = { turn, takenAt: '2026-07-10T09:00:00.000Z' };
  await append(database, review.caseId, { kind: 'email_taken', role: 'mail', body, reference: review.reference });
  await runSteps(database, review.caseId);
}

/** The owner sends answers. */
export async function sendAnswers(
  database: Database,
  { caseId, reference }: OpenReview,
  sent: Partial<OwnerSubmission>,
): Promise<void> {
  const { round } = await database.application.findUniqueOrThrow({ where: { id: reference } });
  await appendSubmission(database, {
    key: `${reference}:answers:${round}`,
    caseId,
    applicationId: reference,
    round,
    kind: 'answers',
    role: 'owner',
    actor: '1',
    body: {
      answers: {},
      forReviewers: {},
      confirmed: [],
      declaration: { name: 'Amina Diallo', role: 'lead', maySpeak: true },
      ...sent,
    },
  });
  await runSteps(database, caseId);
}

/** A reviewer of a level gives a verdict on the newest answers. */
export async function giveVerdict(
  database: Database,
  { caseId, reference }: OpenReview,
  { level, by, sections }: { level: Seat; by: string; sections: readonly SectionVerdict[] },
): Promise<void> {
  const { round } = await database.application.findUniqueOrThrow({ where: { id: reference } });
  const answersVersion = await database.answerSet.count({ where: { applicationId: reference } });
  const body = { level, by, answersVersion, sections, days: null, secondRoundReason: null };
  await append(database, caseId, {
    kind: 'verdict',
    role: level === 'appeal' ? 'l1' : level,
    actor: by,
    body,
    reference,
    round,
  });
  await runSteps(database, caseId);
}
