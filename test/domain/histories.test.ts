import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasEnded, nextEntry, waitingOn } from '../../domain/agenda.js';
import { later } from '../../domain/calendar.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { apply } from '../../domain/review.js';
import { asleep, quiet, rowOn, section } from '../support/case-records.js';

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
  fc.constant((record: CaseRecord): CaseEvent => ({ is: 'new_link', row: rowOn(record) })),
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
        fc.constantFrom('l1', 'l2' as const),
        fc.constantFrom('ada', 'ben'),
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
  fc.constantFrom('expire', 'withdraw', 'close', 'reopen', 'release', 'resend' as const).map(
    (is) =>
      (record: CaseRecord): CaseEvent => ({ is, row: rowOn(record) }),
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
      (record: CaseRecord): CaseEvent =>
        ({
          is,
          row: rowOn(record),
          turn: record.review?.turn?.number ?? null,
          takenAt: quiet.now,
          email: 1,
        }) as CaseEvent,
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
    firstTaken: fc.boolean(),
    remindersTaken: fc.integer({ min: 0, max: 2 }),
    cameBack: fc.boolean(),
    draftSaved: fc.boolean(),
    missingOnFile: fc.constantFrom([], ['P1', 'P2']),
    privacyOnFile: fc.boolean(),
  }),
});

/** Events by which a person takes a product from the list; a commit carries out a verdict. */
const byPeople = ['verdict', 'expire', 'withdraw', 'grant'];

function check(path: readonly Move[], start: CaseRecord): void {
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
    if (event.is === 'due') {
      expect(record.agenda.every(({ id, due }) => id !== event.entry.id || due > now)).toBe(true);
    } else {
      expect(result.outcome?.sentence).toBeTruthy();
    }
    const decided = event.is === 'due' && event.entry.what === 'commit';
    if (before.listing.removedOn === null && record.listing.removedOn !== null) {
      expect(decided || byPeople.includes(event.is)).toBe(true);
    }
    const review = record.review;
    const waits = waitingOn({ review, reachable: result.reachable.length > 0 });
    if (review !== null && !hasEnded(review) && waits !== 'nobody') {
      expect({ waits, entries: record.agenda.length > 0, path: result.transition }).toMatchObject({ entries: true });
    }
    if (before.review !== null && hasEnded(before.review) && review !== null && !hasEnded(review)) {
      expect(['wake', 'reopen', 'due']).toContain(event.is);
    }
  }
}

describe('random histories of a case', () => {
  test('every row gets an outcome, every turn an entry, and no product leaves the list without a person', () => {
    fc.assert(
      fc.property(fc.array(moves, { minLength: 1, maxLength: 40 }), (path) => check(path, asleep)),
      { numRuns: 3_000 },
    );
  });
});
