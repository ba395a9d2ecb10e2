import type { Review } from '../domain/case.js';
import type { Effect } from '../domain/effect.js';
import { json } from './json.js';
import type { Saving } from './save-case.js';

/**
 * Queues an email of a case to somebody of ours, at once. Whoever left, or never was one of ours, gets none. Its key
 * says once and for all which email it is.
 */
export async function queuePersonalEmail(
  { transaction, before }: Saving,
  { reference, round }: Review,
  { kind, to, askedBy, facts = {} }: Extract<Effect, { do: 'email_person' }>,
): Promise<void> {
  const person = await transaction.staffPerson.findUnique({ where: { id: to, offAt: null }, select: { id: true } });
  if (person === null) return;
  const now = new Date(before.facts.now);
  const email = { caseId: before.record.id, applicationId: reference, personId: to, kind, round, facts: json(facts) };
  // One row may ask about several sections.
  const about = facts['section'] === undefined ? [] : [`${String(facts['number'])}:${String(facts['section'])}`];
  const key = [reference, `person:${to}`, kind, round, ...about, askedBy].join('|');
  await transaction.email.createMany({
    skipDuplicates: true,
    data: [{ key, ...email, dueAt: now, state: 'queued', stateAt: now }],
  });
}
