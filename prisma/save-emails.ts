import { nextSendingTime } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import type { Effect } from '../domain/effect.js';
import { json } from './json.js';
import type { Saving } from './save-case.js';

type EmailEffect = Extract<Effect, { do: 'email' }>;

/** Queues an email to whom it is for. Its key says once and for all which email it is. */
export async function queueEmail(saving: Saving, review: Review, effect: EmailEffect): Promise<void> {
  const { transaction, before } = saving;
  const { now } = before.facts;
  const recipients = await recipientsOf(saving, review, effect.to);
  await transaction.email.createMany({
    skipDuplicates: true,
    data: recipients.map((recipientId) => ({
      key: [review.reference, recipientId, effect.kind, review.round, effect.askedBy].join('|'),
      caseId: before.record.id,
      applicationId: review.reference,
      recipientId,
      kind: effect.kind,
      round: review.round,
      turn: effect.turn,
      facts: json(effect.facts ?? {}),
      dueAt: new Date(effect.when === 'now' ? now : nextSendingTime(now)),
      state: effect.skipped === undefined ? 'queued' : 'skipped',
      reason: effect.skipped ?? null,
      stateAt: new Date(now),
    })),
  });
}

async function recipientsOf(
  { transaction }: Saving,
  review: Review,
  to: EmailEffect['to'],
): Promise<readonly number[]> {
  if (typeof to === 'number') return [to];
  const found = await transaction.recipient.findMany({
    where: { applicationId: review.reference, revokedAt: null, refusedAt: null },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  const ids = found.map(({ id }) => id);
  return to === 'everybody' ? ids : ids.slice(0, 1);
}

/** Queues anew, under another key, what was refused or whose fate is unknown. */
export async function resend({ transaction, before }: Saving, review: Review, askedBy: string): Promise<void> {
  const now = new Date(before.facts.now);
  const lost = await transaction.email.findMany({
    where: { applicationId: review.reference, state: { in: ['refused', 'unknown'] } },
  });
  await transaction.email.createMany({
    skipDuplicates: true,
    data: lost.map(({ caseId, applicationId, recipientId, kind, round, turn, facts }) => ({
      key: [applicationId, recipientId, kind, round, askedBy].join('|'),
      caseId,
      applicationId,
      recipientId,
      kind,
      round,
      turn,
      facts: json(facts),
      dueAt: now,
      state: 'queued',
      stateAt: now,
    })),
  });
}
