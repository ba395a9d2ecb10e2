import { expect, test } from '@jest/globals';
import { attentionOf } from '../../domain/agenda.js';
import type { CaseEvent } from '../../domain/event.js';
import { asleep, due, play, quiet, rowOn, silent, taken, wake } from '../support/case-records.js';

const lately = { ...asleep, listing: { ...asleep.listing, approvedOn: '2026-05-01', validUntil: '2027-05-01' } };
const end = { ...silent, now: '2026-09-09T12:00:00.000Z' };
const picked = { ...wake, handPicked: true } as CaseEvent;

test.each([['annual_review', asleep] as const, ['privacy', lately] as const])(
  'silence neither counts nor ends a case of kind %s while a row is set aside: it may be the answer',
  (kind, product) => {
    const open = play(product, [() => picked, quiet], [taken, quiet]).record;
    expect(open.review?.kind).toBe(kind);
    const { record } = play({ ...open, stuck: true }, [due('deadline'), end]);
    expect(record.review?.state).toBe('owner');
    expect(attentionOf({ review: record.review, reachable: true, stuck: record.stuck })).toEqual(['silence', 'stuck']);
    const expired = play(record, [(seen) => ({ is: 'expire', row: rowOn(seen) }), end]);
    expect(expired.outcome?.result).toBe('refused');
  },
);

test('a privacy case does not end by itself over what its owner has begun to write', () => {
  const open = play(lately, [() => picked, quiet], [taken, quiet]).record;
  const { record } = play(open, [due('deadline'), { ...end, draftSaved: true }]);
  expect(record.review?.state).toBe('owner');
  expect(attentionOf({ review: record.review, reachable: true, stuck: false })).toEqual(['silence']);
  expect(play(open, [due('deadline'), end]).record.review?.state).toBe('unanswered');
});
