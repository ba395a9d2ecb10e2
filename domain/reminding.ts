import { note, turnOf, type Change } from './change.js';

/** Reminds whoever is asked: the first of them, of a first turn in the end everybody. What is overtaken is recorded and never sent. */
export function remind(change: Change): void {
  const { event } = change;
  if (event.is !== 'due') throw new Error('a reminder is due by the agenda');
  const { entry } = event;
  const { of } = turnOf(change);
  const first = of === 'owner' || of === 'draft';
  const last = entry.nth === entry.of && first;
  const overtaken = change.agenda.some(
    ({ id, what, due }) =>
      id !== entry.id && ['reminder', 'deadline', 'abandon'].includes(what) && due <= change.facts.now,
  );
  const kind = !first ? (`${of}_reminder` as const) : last ? 'last_reminder' : 'reminder';
  change.effects.push({
    do: 'email',
    kind,
    to: last ? 'everybody' : 'primary',
    askedBy: entry.id,
    when: 'now',
    turn: turnOf(change).number,
    facts: { nth: entry.nth ?? 1, of: entry.of ?? 1 },
    ...(overtaken ? { skipped: 'overtaken' as const } : {}),
  });
  note(change, overtaken ? 'reminder_skipped' : 'reminder', { nth: entry.nth ?? 1, of: entry.of ?? 1 });
}
