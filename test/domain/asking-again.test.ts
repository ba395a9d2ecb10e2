import { describe, expect, test } from '@jest/globals';
import { attentionOf, waitingOn } from '../../domain/agenda.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import type { Result } from '../../domain/review.js';
import { asleep, play, quiet, rowOn, taken, wake } from '../support/case-records.js';

const nobody: Facts = { ...quiet, reachable: [] };
const woken = [() => wake, quiet] as const;
const refused = (record: CaseRecord): CaseEvent => ({ is: 'email_refused', row: rowOn(record), turn: 1, email: 1 });
/** A review whose only address refused the first email. */
const { record: undeliverable } = play(asleep, woken, [refused, nobody]);
/** Another email, such as a link, that an address took again. */
const takenAgain = (record: CaseRecord): CaseEvent => ({
  ...{ is: 'email_taken', row: rowOn(record), turn: null, takenAt: quiet.now },
});

/** What is asked, why a human must look, whose turn it is, and what comes next. */
function told({ record: { review, agenda, stuck }, effects }: Result) {
  return {
    emails: effects.flatMap((effect) => (effect.do === 'email' ? [effect.kind] : [])),
    attention: attentionOf({ review, reachable: true, stuck }),
    waitingOn: waitingOn({ review, reachable: true }),
    next: agenda.map(({ what }) => what),
  };
}

const asked = { emails: ['prompt'], attention: [], waitingOn: 'mail', next: ['mail_late'] };

describe('an address that takes emails again', () => {
  test('is asked if nobody was asked in this turn', () => {
    expect(told(play(undeliverable, [takenAgain, quiet]))).toEqual(asked);
  });

  test('is not asked while a first email is on its way, or when the turn has begun', () => {
    expect(told(play(undeliverable, [takenAgain, { ...quiet, asked: true }])).emails).toEqual([]);
    expect(told(play(asleep, woken, [taken, quiet], [takenAgain, quiet])).emails).toEqual([]);
  });
});

describe('an alternate who is added', () => {
  const added = (record: CaseRecord): CaseEvent => ({
    ...{ is: 'contact_changed', row: rowOn(record), primaryChanged: false },
  });

  test('while nothing could be delivered is asked', () => {
    expect(told(play(undeliverable, [added, quiet]))).toEqual(asked);
  });

  test('is not asked while a first email is on its way, when the turn has begun, or when its address is refused', () => {
    expect(told(play(undeliverable, [added, { ...quiet, asked: true }])).emails).toEqual([]);
    expect(told(play(asleep, woken, [taken, quiet], [added, quiet])).emails).toEqual([]);
    expect(told(play(undeliverable, [added, nobody])).emails).toEqual([]);
  });
});
