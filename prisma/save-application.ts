import { createHash } from 'node:crypto';
import { dayOf } from '../domain/calendar.js';
import { hasEnded, waitingOn } from '../domain/agenda.js';
import type { Review } from '../domain/case.js';
import { newestBinding } from '../domain/standards.js';
import { columnOfDay } from './day-column.js';
import { nominationOf } from '../domain/nomination.js';
import { CLEAR_LETTERS } from '../domain/letters.js';
import { json } from './json.js';
import { inOrder } from './load-case.js';
import type { Saving } from './save-case.js';

/**
 * The reference of an application: the year and five letters without look-alikes. It derives from product and
 * cause, so that a step that runs again gives the same one; a taken one makes it try the next. A nomination has the one
 * of its case.
 */
export async function referenceOf({ transaction, before }: Saving, cause: string): Promise<string> {
  const nominated = nominationOf(before.record.id);
  if (nominated !== null) return nominated;
  const year = before.facts.now.slice(0, 4);
  for (let attempt = 0; ; attempt += 1) {
    const hash = createHash('sha256').update(`${before.slug}|${cause}|${attempt}`).digest();
    const reference = `${year}-${[...hash.subarray(0, 5)].map((byte) => CLEAR_LETTERS[byte % 32]).join('')}`;
    if ((await transaction.application.count({ where: { id: reference } })) === 0) return reference;
  }
}

/**
 * Creates an application with its recipients, the contacts of the product as they now are, and with the version of the
 * Standard that it keeps: the newest that binds today.
 */
export async function createApplication(saving: Saving, review: Review, cause: string): Promise<void> {
  const { transaction, before } = saving;
  await transaction.application.create({
    data: {
      id: review.reference,
      caseId: before.record.id,
      slug: before.slug,
      kind: review.kind,
      cause,
      campaign: review.campaign,
      standard: newestBinding(before.standards, dayOf(before.facts.now)).version,
      review: json(review),
      state: review.state,
      waitingOn: 'mail',
      round: review.round,
      open: true,
      openedAt: new Date(review.openedAt),
    },
  });
  await addRecipients(saving, review.reference);
}

/** Makes the present contacts of the product recipients of an application. */
export async function addRecipients({ transaction, before }: Saving, applicationId: string): Promise<void> {
  const contacts = await transaction.contact.findMany({ where: { slug: before.slug } });
  // Later recipients stand behind earlier ones, which keep their place in the records.
  const earlier = await transaction.recipient.count({ where: { applicationId } });
  await transaction.recipient.createMany({
    data: inOrder(contacts).map(({ rank, name, address, language, country }, index) => {
      return { applicationId, rank, position: earlier + index, name, address, language, country };
    }),
  });
}

/** Writes the state of the machine and the columns for lists that derive from it. */
export async function writeReview({ transaction, before }: Saving, review: Review): Promise<void> {
  const ended = hasEnded(review);
  await transaction.application.update({
    where: { id: review.reference },
    data: {
      review: json(review),
      state: review.state,
      waitingOn: waitingOn({ review, reachable: before.facts.reachable.length > 0 }),
      round: review.round,
      claimedBy: review.claim?.by ?? null,
      asideUntil: columnOfDay(review.claim?.aside ?? null),
      open: !ended,
      endedAt: ended ? new Date(review.since) : null,
    },
  });
}
