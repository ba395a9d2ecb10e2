import { nextSendingTime } from '../domain/calendar.js';
import type { Review } from '../domain/case.js';
import type { Effect, EmailFacts } from '../domain/effect.js';
import { json } from './json.js';
import { askedByOf, isFarewell, keyFor } from './letter.js';
import type { Saving } from './save-case.js';

type EmailEffect = Extract<Effect, { do: 'email' }>;

/** Emails that are owed after an end too: one that nobody got goes to whoever comes. */
export const OWED: readonly string[] = ['decision', 'appeal_decided', 'closed'];

/** Queues an email to whom it is for. Its key says once and for all which email it is. */
export async function queueEmail(saving: Saving, review: Review, effect: EmailEffect): Promise<void> {
  const { transaction, before } = saving;
  const { now } = before.facts;
  const writable = await recipientsOf(saving, review, effect.to);
  const recipients = writable.length === 0 && OWED.includes(effect.kind) ? await lastKnown(saving, review) : writable;
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

/** The ranks of recipients whom emails of a case are for: not a colleague's, who may only draft. */
const ASKED = { in: ['primary', 'alternate'] };

async function recipientsOf(
  { transaction }: Saving,
  review: Review,
  to: EmailEffect['to'],
): Promise<readonly number[]> {
  if (typeof to === 'number') return [to];
  const found = await transaction.recipient.findMany({
    where: { applicationId: review.reference, revokedAt: null, refusedAt: null, rank: ASKED },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  const ids = found.map(({ id }) => id);
  return to === 'everybody' ? ids : ids.slice(0, 1);
}

/** Whoever was asked last, where nobody can be written to: what is owed is on record, and goes to whoever comes. */
async function lastKnown({ transaction }: Saving, review: Review): Promise<readonly number[]> {
  const found = await transaction.recipient.findFirst({
    where: { applicationId: review.reference, rank: ASKED },
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { position: 'asc' }],
    select: { id: true },
  });
  return found === null ? [] : [found.id];
}

/** Queues an email that an address refused, and that is about no turn, for the next one, unless that one has it. */
export async function forward({ transaction, before }: Saving, id: number): Promise<void> {
  const email = await transaction.email.findUniqueOrThrow({ where: { id } });
  const { caseId, applicationId, kind, round, turn, facts, state } = email;
  if (turn !== null || state !== 'refused' || applicationId === null || isFarewell(email)) return;
  const next = await transaction.recipient.findFirst({
    where: { applicationId, revokedAt: null, refusedAt: null, rank: ASKED },
    orderBy: { position: 'asc' },
  });
  if (next === null) return;
  const now = new Date(before.facts.now);
  await transaction.email.createMany({
    skipDuplicates: true,
    data: [
      {
        key: keyFor(next.id, email),
        ...{ caseId, applicationId, recipientId: next.id, kind, round, turn, facts: json(facts) },
        ...{ dueAt: now, state: 'queued', stateAt: now },
      },
    ],
  });
}

/**
 * Queues emails anew, under another key. They say what the first ones said: their facts keep what asked for those.
 */
export async function resend(
  { transaction, before }: Saving,
  { emails, askedBy }: Extract<Effect, { do: 'resend' }>,
): Promise<void> {
  const now = new Date(before.facts.now);
  const lost = await transaction.email.findMany({ where: { id: { in: [...emails] } }, orderBy: { id: 'asc' } });
  await transaction.email.createMany({
    skipDuplicates: true,
    data: lost.map((email) => {
      const { caseId, applicationId, recipientId, kind, round, turn } = email;
      const first = askedByOf(email);
      return {
        key: [applicationId, recipientId, kind, round, first, askedBy].join('|'),
        ...{ caseId, applicationId, recipientId, kind, round, turn },
        // Written by steps.
        facts: json({ ...(email.facts as EmailFacts), askedBy: first }),
        ...{ dueAt: now, state: 'queued', stateAt: now },
      };
    }),
  });
}
