import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasEnded, nextEntry, waitingOn } from '../../domain/agenda.js';
import { later } from '../../domain/calendar.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { apply, type Result } from '../../domain/review.js';
import { table, type StateWord, type TableEvent, type Transition } from '../../domain/table.js';
import { quiet, rowOn, section } from '../support/case-records.js';

/** A move: which event, made from the case as it is, how much later, and what the records then say. */
interface Move {
  readonly make: (record: CaseRecord) => CaseEvent | null;
  readonly hours: number;
  readonly facts: Partial<Facts>;
}

const requests = fc.constantFrom('more_time', 'withdrawal', 'not_me', 'answered_elsewhere' as const);
const round = fc.constantFrom(0, -1);
const seen = (record: CaseRecord, shift: number) => rowOn(record, { round: (record.review?.round ?? 1) + shift });

const makers: fc.Arbitrary<Move['make']> = fc.oneof(
  { weight: 8, arbitrary: fc.constant((record: CaseRecord) => dueNext(record)) },
  fc.boolean().map((handPicked) => (): CaseEvent => ({ is: 'wake', campaign: 'c', handPicked, cause: 'c' })),
  fc.tuple(round, fc.boolean()).map(
    ([shift, full]) =>
      (record: CaseRecord): CaseEvent => ({
        is: 'answers',
        row: seen(record, shift),
        missing: full ? [] : ['P1'],
        empty: false,
      }),
  ),
  fc.constant((record: CaseRecord): CaseEvent => ({ is: 'link_used', row: rowOn(record) })),
  fc.constantFrom('new_link', 'invite' as const).map(
    (is) =>
      (record: CaseRecord): CaseEvent => ({ is, row: rowOn(record) }),
  ),
  fc.constant((record: CaseRecord): CaseEvent => ({ is: 'uninvite', row: rowOn(record), recipient: 3 })),
  requests.map(
    (request) =>
      (record: CaseRecord): CaseEvent => ({ is: 'request', row: rowOn(record, { recipient: 1 }), request }),
  ),
  fc.tuple(requests, fc.boolean()).map(
    ([request, yes]) =>
      (record: CaseRecord): CaseEvent =>
        // The cast joins two shapes that differ in one field only.
        yes ? { is: 'grant', row: rowOn(record), request, days: null } : { is: 'refuse', row: rowOn(record), request },
  ),
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('l1', 'l2', 'appeal' as const),
        fc.constantFrom('ada', 'ben', 'cleo'),
        fc.constantFrom('meets', 'meets', 'clarify', 'does_not_meet' as const),
        round,
      )
      .map(
        ([level, by, verdict, shift]) =>
          (record: CaseRecord): CaseEvent => ({
            is: 'verdict',
            row: seen(record, shift),
            level,
            by,
            answersVersion: record.review?.answersVersion ?? 0,
            sections: [section(verdict)],
            days: null,
            secondRoundReason: null,
          }),
      ),
  },
  fc.constantFrom('expire', 'withdraw', 'close', 'reopen', 'release', 'appeal' as const).map(
    (is) =>
      (record: CaseRecord): CaseEvent => ({ is, row: rowOn(record) }),
  ),
  fc.boolean().map(
    (unknown) =>
      (record: CaseRecord): CaseEvent => ({ is: 'resend', row: rowOn(record), unknown }),
  ),
  fc.constantFrom('l1', 'l2' as const).map(
    (level) =>
      (record: CaseRecord): CaseEvent => ({ is: 'reconsider', row: rowOn(record), level }),
  ),
  fc.constant((record: CaseRecord): CaseEvent => ({ is: 'extend', row: rowOn(record), until: '2027-12-31' })),
  fc.constant((record: CaseRecord): CaseEvent => ({ is: 'contact_changed', row: rowOn(record), primaryChanged: true })),
  fc.constant(
    (record: CaseRecord): CaseEvent => ({
      is: 'listing_changed',
      row: rowOn(record),
      approvedElsewhereOn: '2026-10-01',
      validity: { approvedOn: '2026-10-01', validUntil: '2027-10-01' },
    }),
  ),
  fc.constantFrom('email_taken', 'email_refused', 'email_unknown' as const).map(
    (is) =>
      (record: CaseRecord): CaseEvent => ({
        is,
        row: rowOn(record),
        turn: record.review?.turn?.number ?? null,
        takenAt: quiet.now,
        email: 1,
      }),
  ),
);

function dueNext(record: CaseRecord): CaseEvent | null {
  const entry = nextEntry(record.agenda);
  return entry === null ? null : { is: 'due', entry };
}

const moves: fc.Arbitrary<Move> = fc.record({
  make: makers,
  hours: fc.integer({ min: 0, max: 400 }),
  facts: fc.record({
    reachable: fc.constantFrom([1, 2], [2], []),
    asked: fc.boolean(),
    firstTaken: fc.boolean(),
    remindersTaken: fc.integer({ min: 0, max: 2 }),
    cameBack: fc.boolean(),
    draftSaved: fc.boolean(),
    hearers: fc.integer({ min: 0, max: 1 }),
    missingOnFile: fc.constantFrom([], ['P1', 'P2']),
    privacyOnFile: fc.boolean(),
    lost: fc.array(fc.record({ id: fc.constant(1), unknown: fc.boolean(), first: fc.boolean() }), { maxLength: 2 }),
  }),
});

/** Histories of up to 40 moves. */
export const histories = fc.array(moves, { minLength: 1, maxLength: 40, size: 'max' });

/** Events by which a person takes a product from the list; a commit carries out a verdict. */
const byPeople = ['verdict', 'expire', 'withdraw', 'grant'];

/**
 * Plays moves one after the other, each through `apply`, and after each holds the machine to its written table: the
 * row of the table that fits says state and outcome. And to what holds whatever happens: every row gets an outcome,
 * every turn has an entry, and no product leaves the list without a person.
 */
export function check(path: readonly Move[], start: CaseRecord): void {
  let record = start;
  let now = quiet.now;
  for (const move of path) {
    const event = move.make(record);
    if (event === null) continue;
    now = later(now, move.hours * 3_600_000);
    if (event.is === 'due' && event.entry.due > now) now = event.entry.due;
    const facts: Facts = { ...quiet, ...move.facts, now };
    const before = record;
    const result = apply({ record, event, facts });
    record = result.record;
    heldToTable({ before, event, result });
    if (event.is === 'due') {
      assert(record.agenda.every(({ id, due }) => id !== event.entry.id || due > now));
    } else {
      assert(result.outcome?.sentence);
    }
    const decided = event.is === 'due' && event.entry.what === 'commit';
    if (before.listing.removedOn === null && record.listing.removedOn !== null) {
      assert(decided || byPeople.includes(event.is), 'a product left the list without a person');
    }
    const review = record.review;
    const waits = waitingOn({ review, reachable: result.reachable.length > 0 });
    if (review !== null && !hasEnded(review) && waits !== 'nobody') {
      assert(record.agenda.length > 0, `${waits} has no entry`);
    }
    if (before.review !== null && hasEnded(before.review) && review !== null && !hasEnded(review)) {
      assert(['wake', 'reopen', 'reconsider', 'due', 'appeal'].includes(event.is));
    }
  }
}

/** The state after an event, and what its author reads, are those of the first row of the table that fits. */
function heldToTable({ before, event, result }: { before: CaseRecord; event: CaseEvent; result: Result }): void {
  const { next, says, result: word } = result.transition;
  const state = before.review?.state ?? 'none';
  const last = table.find((row) => row.when === 'always' && fits(row, { state, event }));
  assert(last === undefined || table.indexOf(result.transition) <= table.indexOf(last));
  assert(fits(result.transition, { state, event }));
  assert.equal(result.record.review?.state ?? 'none', next === 'same' ? state : next);
  const [begins = ''] = says.split('{');
  if (event.is !== 'due') {
    assert.equal(result.outcome?.result, word);
    assert(result.outcome.sentence.startsWith(begins));
  }
  if (word === 'refused' || word === 'joined') assert.deepEqual(result.record.listing, before.listing);
}

const wordOf = (event: CaseEvent): TableEvent => (event.is === 'due' ? `due:${event.entry.what}` : event.is);

function fits({ from, on }: Transition, { state, event }: { state: StateWord; event: CaseEvent }): boolean {
  return on === wordOf(event) && from.includes(state);
}
