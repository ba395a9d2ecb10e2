import { hasEnded } from '../../domain/agenda.js';
import { appendSubmission } from '../../prisma/append.js';
import { appendAndWait, rowOfKey } from '../../prisma/owner-rows.js';
import type { FormRecord } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';

/**
 * A person used the link, by its button or by saving a page: a turn that still waits for the mail server begins. A row
 * for each recipient and turn, however often it is used; the first one waits a moment for what comes of it.
 */
export async function noteUse(
  { database }: WebContext,
  { recipientId, record }: { readonly recipientId: number; readonly record: FormRecord },
): Promise<void> {
  const { review, caseId, reference } = record;
  if (review.turn === null || hasEnded(review)) return;
  const key = `link_used:${recipientId}:${review.turn.number}`;
  if ((await rowOfKey(database, key)) !== null) return;
  const row = {
    key,
    caseId,
    applicationId: reference,
    round: review.round,
    kind: 'link_used',
    role: 'owner',
    actor: String(recipientId),
    body: {},
  } as const;
  if (review.turn.begunAt === null) await appendAndWait(database, row);
  else await appendSubmission(database, row);
}
