import { hasEnded } from '../domain/agenda.js';
import type { Review } from '../domain/case.js';
import { COLLEAGUE, revokeInvited } from './colleagues.js';
import type { Transaction } from './database.js';
import type { EmailModel } from './generated/models.js';
import { json } from './json.js';
import { keyFor } from './letter.js';
import { inOrder } from './load-case.js';
import type { Saving } from './save-case.js';
import { OWED } from './save-emails.js';

/**
 * Makes the contacts of a product the recipients of its review. An address that stays keeps its recipient, and with
 * it link and sessions; another address is another recipient. What was queued for one who leaves is skipped and
 * queued anew for the first of those who stay or come, so far as it is still true in the review's present turn.
 * A colleague who may only draft stays as long as whoever invited them.
 * The recipient `without` whom this is to be is no contact any more.
 */
export async function renewRecipients(saving: Saving, review: Review, without?: number): Promise<void> {
  const { transaction, before } = saving;
  if (without !== undefined) await dropContact(saving, without);
  const applicationId = review.reference;
  const now = new Date(before.facts.now);
  const present = await transaction.recipient.findMany({ where: { applicationId, revokedAt: null } });
  const contacts = inOrder(await transaction.contact.findMany({ where: { slug: before.slug } }));
  // Later recipients stand behind earlier ones, which keep their place in the records.
  const behind = await transaction.recipient.count({ where: { applicationId } });
  const staying = new Set<number>();
  const writable: number[] = [];
  for (const [index, { rank, name, address, language, country }] of contacts.entries()) {
    const data = { rank, position: behind + index, name, language, country, invitedBy: null };
    const same = present.find((one) => one.address.toLowerCase() === address.toLowerCase());
    const { id } =
      same === undefined
        ? await transaction.recipient.create({ data: { ...data, applicationId, address } })
        : await transaction.recipient.update({ where: { id: same.id }, data });
    staying.add(id);
    if (same === undefined || same.refusedAt === null) writable.push(id);
  }
  const leaving = present.flatMap(({ id, rank }) => (staying.has(id) || rank === COLLEAGUE ? [] : [id]));
  const recipientId = { in: leaving };
  await transaction.recipient.updateMany({ where: { id: recipientId }, data: { revokedAt: now } });
  await transaction.session.updateMany({ where: { recipientId, endedAt: null }, data: { endedAt: now } });
  await queueAnew(saving, { review, leaving, to: writable[0] });
  await revokeInvited(saving, applicationId);
}

async function dropContact({ transaction, before }: Saving, id: number): Promise<void> {
  const { address } = await transaction.recipient.findUniqueOrThrow({ where: { id } });
  const contacts = await transaction.contact.findMany({ where: { slug: before.slug } });
  const theirs = contacts.filter((one) => one.address.toLowerCase() === address.toLowerCase());
  await transaction.contact.deleteMany({ where: { id: { in: theirs.map((one) => one.id) } } });
}

async function queueAnew(
  { transaction, before }: Saving,
  { review, leaving, to }: { review: Review; leaving: readonly number[]; to: number | undefined },
): Promise<void> {
  const now = new Date(before.facts.now);
  const recipientId = { in: [...leaving] };
  const waits = { recipientId, state: { in: ['queued', 'deferred'] } };
  // What an earlier end was to tell is no longer true in a review that was opened again.
  const owed = hasEnded(review) ? await owedToNobody(transaction, review) : [];
  const emails = await transaction.email.findMany({
    where: { OR: [waits, { id: { in: owed } }] },
    orderBy: { id: 'asc' },
  });
  await transaction.email.updateMany({
    where: waits,
    data: { state: 'skipped', reason: 'contact_changed', stateAt: now },
  });
  if (to === undefined) return;
  const stillTrue = emails.filter(({ turn }) => turn === null || turn === review.turn?.number);
  await transaction.email.createMany({
    skipDuplicates: true,
    data: stillTrue.map(({ key, caseId, applicationId, kind, round, turn, facts, dueAt }) => ({
      key: keyFor(to, { key }),
      caseId,
      applicationId,
      recipientId: to,
      kind,
      round,
      turn,
      facts: json(facts),
      dueAt,
      state: 'queued',
      stateAt: now,
    })),
  });
}

/** What is owed after an end too, was for people who have left, and reached nobody. */
async function owedToNobody(
  transaction: Transaction,
  { reference: applicationId, round: present }: Review,
): Promise<number[]> {
  const left = await transaction.recipient.findMany({ where: { applicationId, revokedAt: { not: null } } });
  const emails = await transaction.email.findMany({ where: { applicationId, kind: { in: [...OWED] } } });
  const isSent = ({ kind, round }: EmailModel) =>
    emails.some((one) => one.state === 'sent' && one.kind === kind && one.round === round);
  const gone = new Set(left.map(({ id }) => id));
  // One that is in hand-over now is skipped if the mail server puts it off.
  const states = ['queued', 'deferred', 'handing_over', 'refused', 'skipped'];
  return emails.flatMap((email) =>
    email.round === present && states.includes(email.state) && gone.has(email.recipientId ?? 0) && !isSent(email)
      ? [email.id]
      : [],
  );
}
