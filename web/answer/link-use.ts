import { hasEnded } from '../../domain/agenda.js';
import { appendAndWait, rowOfKey } from '../../prisma/owner-rows.js';
import type { WebContext } from '../context.js';
import type { Visitor } from './visit.js';

/**
 * A person used the link, by its button or by saving a page: a turn that still waits for the mail server begins, by
 * one row for each recipient and turn, and this waits a moment for what comes of it. In a turn that has begun a use
 * changes nothing and costs the case nothing. A colleague who may only draft is nobody whom the turn waits for.
 */
export async function noteUse(
  { database }: WebContext,
  { recipientId, record, onlyDrafts }: Pick<Visitor, 'recipientId' | 'record' | 'onlyDrafts'>,
): Promise<void> {
  const { review, caseId, reference } = record;
  if (onlyDrafts || review.turn === null || review.turn.begunAt !== null || hasEnded(review)) return;
  const key = `link_used:${recipientId}:${review.turn.number}`;
  if ((await rowOfKey(database, key)) !== null) return;
  await appendAndWait(database, {
    key,
    caseId,
    applicationId: reference,
    round: review.round,
    kind: 'link_used',
    role: 'owner',
    actor: String(recipientId),
    body: {},
  });
}
