import { dayOf, sendingTime, type Day } from '../domain/calendar.js';
import type { PlannedMember } from '../domain/campaign-plan.js';
import { apply } from '../domain/review.js';
import type { EmailContent } from '../mail/content.js';
import { dayOfColumn } from './day-column.js';
import { promptOf } from './email-asking.js';
import type { EmailModel, RecipientModel } from './generated/models.js';
import type { Database, Transaction } from './database.js';
import type { Letter, LetterHead } from './letter.js';
import { inOrder, loadCase } from './load-case.js';

/** A product whose review a campaign would open, and the day on which its first email would go. */
export interface Foreseen {
  readonly campaign: string;
  readonly member: Pick<PlannedMember, 'slug' | 'handPicked'>;
  readonly day: Day;
}

/**
 * What the first email about a product would say, were its review opened by a campaign on a day: made as the sender
 * makes it, of a review that is nowhere recorded. Null: it would open none, or there is nobody to write to.
 */
export async function previewPrompt(
  database: Database,
  { foreseen, head }: { readonly foreseen: Foreseen; readonly head: LetterHead },
): Promise<EmailContent | null> {
  return database.$transaction(async (transaction) => {
    const letter = await letterOf(transaction, foreseen, head);
    return letter === null ? null : promptOf(letter);
  });
}

async function letterOf(
  transaction: Transaction,
  { campaign, member, day }: Foreseen,
  head: LetterHead,
): Promise<Letter | null> {
  const { slug, handPicked } = member;
  const caseId = `dpg/${slug}`;
  const { record, facts, standard } = await loadCase(transaction, { caseId });
  const now = sendingTime(day);
  const event = { is: 'wake', campaign, handPicked, cause: campaign } as const;
  const { review } = apply({ record, event, facts: { ...facts, now } }).record;
  const listing = await transaction.listing.findUniqueOrThrow({ where: { slug }, include: { contacts: true } });
  const [first] = inOrder(listing.contacts);
  if (review === null || review.reference !== '' || first === undefined) return null;
  const { rank, position, name, address, language, country } = first;
  const recipient: RecipientModel = {
    ...{ id: 0, applicationId: '', rank, position, name, address, language, country },
    ...{ linkVersion: 1, invitedBy: null, revokedAt: null, refusedAt: null },
  };
  return {
    ...{ transaction, head, email: promptRow(caseId, new Date(now)), recipient, review, slug, now },
    facts: { by: 'start' },
    standard,
    reference: '',
    agenda: [],
    product: listing.name,
    listing: { validUntil: dayOfColumn(listing.validUntil), removedOn: dayOfColumn(listing.removedOn) },
    today: dayOf(now),
  };
}

/** The row of an email as a step would queue it. */
function promptRow(caseId: string, at: Date): EmailModel {
  return {
    ...{
      id: 0,
      key: '',
      caseId,
      applicationId: null,
      recipientId: null,
      personId: null,
      startId: null,
      concernId: null,
      kind: 'prompt',
      round: 1,
      turn: 1,
    },
    ...{ facts: { by: 'start' }, deadline: null, dueAt: at, state: 'queued', reason: null, stateAt: at },
    ...{ notBefore: null, attempts: 0, token: null, claimedAt: null, subject: null, text: null, html: null },
  };
}
