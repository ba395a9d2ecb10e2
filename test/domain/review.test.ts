import { describe, expect, test } from '@jest/globals';
import { attentionOf, waitingOn } from '../../domain/agenda.js';
import type { CaseEvent } from '../../domain/event.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import type { Result } from '../../domain/review.js';
import { answersOn, asleep, due, play, quiet, rowOn, silent, taken, verdictOn, wake } from '../support/case-records.js';

const woken = [() => wake, quiet] as const;
const asked = [taken, quiet] as const;
const answered = [(record: CaseRecord) => answersOn(record), quiet] as const;
const l1 = [(record: CaseRecord) => verdictOn(record, { level: 'l1', by: 'ada' }), quiet] as const;
const l2 = [(record: CaseRecord) => verdictOn(record, { level: 'l2', by: 'ben' }), quiet] as const;
const request =
  (word: 'more_time' | 'withdrawal' | 'not_me' | 'answered_elsewhere') =>
  (record: CaseRecord): CaseEvent => ({ is: 'request', row: rowOn(record), request: word });

const whose = ({ record }: Result, facts = quiet) =>
  waitingOn({ review: record.review, reachable: facts.reachable.length > 0 });
const reasons = ({ record }: Result, facts = quiet) =>
  attentionOf({ review: record.review, reachable: facts.reachable.length > 0, stuck: record.stuck });
const emails = ({ effects }: Result) =>
  effects.flatMap((effect) => (effect.do === 'email' && effect.skipped === undefined ? [effect.kind] : []));

describe('opening', () => {
  test('a wake of a product that is due opens an annual review, asks the owner, and waits on the mail server', () => {
    const result = play(asleep, woken);
    expect(result.record.review).toMatchObject({ kind: 'annual_review', state: 'owner', campaign: 'annual-2026' });
    expect(emails(result)).toEqual(['prompt']);
    expect(whose(result)).toBe('mail');
    expect(result.record.agenda.map(({ what }) => what)).toEqual(['mail_late']);
  });

  test('a second wake joins', () => {
    expect(play(asleep, woken, woken).outcome?.result).toBe('joined');
  });

  const approvedLately = {
    ...asleep,
    listing: { ...asleep.listing, approvedOn: '2026-05-01', validUntil: '2027-05-01' },
  };

  test('a product approved lately was asked: a campaign has nothing to ask', () => {
    expect(play(approvedLately, woken).outcome).toMatchObject({ result: 'refused' });
  });

  test('a hand-picked product approved lately is asked the privacy questions, and the review yields to an annual one', () => {
    const picked = play(approvedLately, [() => ({ ...wake, handPicked: true }) as CaseEvent, quiet]);
    expect(picked.record.review).toMatchObject({ kind: 'privacy', asks: 'privacy' });
    const opened = play(
      {
        ...picked.record,
        agenda: [
          ...picked.record.agenda,
          { id: 'open:2027-05-01', what: 'open', due: '2027-03-02T00:00:00.000Z', for: 'nobody' },
        ],
      },
      [due('open'), { ...quiet, now: '2027-03-02T00:00:00.000Z' }],
    );
    expect(opened.effects).toContainEqual(expect.objectContaining({ do: 'decision', result: 'superseded' }));
    expect(opened.record.review).toMatchObject({ kind: 'annual_review', state: 'owner' });
  });

  test('without a contact the case waits on the secretariat and nothing runs', () => {
    const nobody = { ...quiet, reachable: [] };
    const result = play(asleep, [() => wake, nobody]);
    expect(whose(result, nobody)).toBe('secretariat');
    expect(reasons(result, nobody)).toEqual(['no_contact']);
    expect(result.record.agenda.map(({ what }) => what)).toEqual(['staff']);
  });
});

describe("the owner's turn", () => {
  test('begins when the mail server took the first email: the later of valid-until and 60 days', () => {
    const { record } = play(asleep, woken, asked);
    expect(record.review?.turn?.deadline).toBe('2026-09-08');
    expect(record.agenda.map(({ due: at }) => at)).toEqual([
      '2026-08-09T09:00:00.000Z',
      '2026-08-25T09:00:00.000Z',
      '2026-09-01T09:00:00.000Z',
      '2026-09-07T09:00:00.000Z',
      '2026-09-09T12:00:00.000Z',
    ]);
  });

  test('the recorded deadline is never earlier than one that an email stated', () => {
    const { record } = play(asleep, woken, [taken, { ...quiet, stated: '2026-09-20' }]);
    expect(record.review?.turn?.deadline).toBe('2026-09-20');
  });

  test('of two reminders overdue together the earlier is recorded as skipped and the later goes', () => {
    const late = { ...quiet, now: '2026-08-26T00:00:00.000Z' };
    const first = play(asleep, woken, asked, [due('reminder'), late]);
    expect(first.effects).toContainEqual(expect.objectContaining({ kind: 'reminder', skipped: 'overtaken' }));
    const second = play(first.record, [due('reminder'), late]);
    expect(emails(second)).toEqual(['reminder']);
  });

  test('answers pass the turn, stop all reminders and bring a receipt', () => {
    const result = play(asleep, woken, asked, answered);
    expect(result.outcome?.result).toBe('accepted');
    expect(whose(result)).toBe('l1');
    expect(emails(result)).toEqual(['receipt']);
    expect(result.record.agenda.map(({ what }) => what)).toEqual(['reviewers', 'watch']);
  });

  test('answers are accepted before the mail server took the email', () => {
    expect(whose(play(asleep, woken, answered))).toBe('l1');
  });

  test('answers of an older round are refused and kept as a draft', () => {
    const result = play(asleep, woken, asked, answered, [(record) => answersOn(record, { round: 1 }), quiet]);
    expect(result.outcome?.result).toBe('refused');
    expect(result.effects).toContainEqual({ do: 'keep_as_draft' });
    expect(emails(result)).toEqual(['not_taken']);
  });

  test('a refused address: the same email goes to the next, and with none left the secretariat is told', () => {
    const refusal = (record: CaseRecord): CaseEvent => ({ is: 'email_refused', row: rowOn(record), turn: 1, email: 1 });
    expect(emails(play(asleep, woken, [refusal, { ...quiet, reachable: [2] }]))).toEqual(['prompt']);
    const nobody = { ...quiet, reachable: [] };
    const last = play(asleep, woken, [refusal, nobody]);
    expect(emails(last)).toEqual([]);
    expect(reasons(last, nobody)).toEqual(['undeliverable']);
  });
});

describe('silence', () => {
  const end = { ...silent, now: '2026-09-09T12:00:00.000Z' };

  test("complete answers of last year are submitted as they are, and the owner's own still replace them", () => {
    const result = play(asleep, woken, asked, [due('deadline'), end]);
    expect(result.record.review).toMatchObject({ state: 'l1', answersBy: 'machine', round: 1 });
    const replaced = play(result.record, [(record) => answersOn(record), end]);
    expect(replaced.outcome?.result).toBe('accepted');
    expect(replaced.record.review).toMatchObject({ state: 'l1', answersBy: 'owner', round: 2 });
  });

  test('missing answers are asked for 30 days, in the same round; silence there is put before the secretariat', () => {
    const missing = { ...end, missingOnFile: ['P1', 'P2'] };
    const asking = play(asleep, woken, asked, [due('deadline'), missing]);
    expect(asking.record.review).toMatchObject({ state: 'clarification', asks: ['P1', 'P2'], round: 1 });
    expect(asking.record.review?.turn).toMatchObject({ by: 'machine', days: 30 });
    const over = play(
      asking.record,
      [taken, missing],
      [due('deadline'), { ...missing, now: '2026-12-01T12:00:00.000Z' }],
    );
    expect(whose(over)).toBe('secretariat');
    expect(reasons(over)).toEqual(['silence']);
    expect(over.record.listing.removedOn).toBeNull();
    const expired = play(over.record, [(record) => ({ is: 'expire', row: rowOn(record) }), missing]);
    expect(expired.record.review?.state).toBe('unanswered');
    expect(expired.record.listing.removedBecause).toBe('unanswered');
    expect(expired.record.agenda.map(({ what }) => what)).toEqual(['forget']);
  });

  test.each([
    ['no reminder was taken', { remindersTaken: 0 }],
    ['the first email was not taken', { firstTaken: false }],
    ['an email came back', { cameBack: true }],
    ['a draft was saved', { draftSaved: true }],
  ])('never counts when %s', (_, some) => {
    const result = play(asleep, woken, asked, [due('deadline'), { ...end, ...some }]);
    expect(result.record.review?.state).toBe('owner');
    expect(reasons(result)).toEqual(['silence']);
  });

  test('a person ends it only after a first email and a reminder, and if nothing came in', () => {
    const before = play(asleep, woken, asked, [due('deadline'), { ...end, draftSaved: true }]).record;
    const expire = (facts: Facts) => play(before, [(record) => ({ is: 'expire', row: rowOn(record) }), facts]);
    expect(expire({ ...end, draftSaved: true }).outcome?.result).toBe('refused');
    expect(expire({ ...end, remindersTaken: 0 }).outcome?.result).toBe('refused');
    expect(expire({ ...end, firstTaken: false }).outcome?.result).toBe('refused');
    expect(expire(end).record.review?.state).toBe('unanswered');
  });

  test("the owner's answer lifts it until a person acts", () => {
    const result = play(asleep, woken, asked, [due('deadline'), { ...end, draftSaved: true }], answered);
    expect(whose(result)).toBe('l1');
    expect(reasons(result)).toEqual([]);
  });
});

describe('requests', () => {
  test("stop the owner's clock; the answer leaves at least 7 days", () => {
    const stopped = play(asleep, woken, asked, [request('more_time'), { ...quiet, now: '2026-09-07T10:00:00.000Z' }]);
    expect(stopped.record.agenda.map(({ what }) => what)).toEqual(['staff']);
    expect(whose(stopped)).toBe('secretariat');
    const refused = play(stopped.record, [
      (record) => ({ is: 'refuse', row: rowOn(record), request: null }),
      { ...quiet, now: '2026-09-20T10:00:00.000Z' },
    ]);
    expect(refused.record.review?.turn?.deadline).toBe('2026-09-27');
    expect(emails(refused)).toEqual(['request_answered']);
    expect(whose(refused)).toBe('owner');
  });

  test('a decision waits while a withdrawal is open, and takes effect when it is refused', () => {
    const decided = play(asleep, woken, asked, answered, [request('withdrawal'), quiet], l1, l2);
    expect(decided.record.review?.state).toBe('decided');
    expect(decided.record.listing.validUntil).toBe('2026-09-01');
    const refused = play(decided.record, [
      (record) => ({ is: 'refuse', row: rowOn(record), request: 'withdrawal' }),
      quiet,
    ]);
    expect(play(refused.record, [due('commit'), quiet]).record.review?.state).toBe('approved');
  });

  test('a granted withdrawal removes the product, by the person who granted it', () => {
    const result = play(
      asleep,
      woken,
      asked,
      [request('withdrawal'), quiet],
      [(record) => ({ is: 'grant', row: rowOn(record), request: 'withdrawal', days: null }), quiet],
    );
    expect(result.record.listing).toMatchObject({ removedOn: '2026-07-10', removedBecause: 'withdrawn' });
  });
});

describe('reviewers', () => {
  test('two levels that meet approve: one year after the later of decision and old valid-until', () => {
    const decided = play(asleep, woken, asked, answered, l1, l2);
    expect(decided.record.review?.state).toBe('decided');
    const result = play(decided.record, [due('commit'), quiet]);
    expect(result.record.review?.state).toBe('approved');
    expect(result.record.listing).toMatchObject({ validUntil: '2027-09-01', opensByItself: true });
    expect(emails(result)).toEqual(['decision']);
    expect(result.record.agenda).toEqual([
      { id: 'open:2027-09-01', what: 'open', due: '2027-07-03T00:00:00.000Z', for: 'nobody' },
    ]);
  });

  test.each<[string, (record: CaseRecord) => CaseEvent, string]>([
    ['out of turn', (record) => verdictOn(record, { level: 'l1', by: 'ben' }), 'not this level'],
    ['by the same person', (record) => verdictOn(record, { level: 'l2', by: 'ada' }), 'same person'],
    [
      'on older answers',
      (record) => ({ ...verdictOn(record, { level: 'l2', by: 'ben' }), answersVersion: 0 }) as CaseEvent,
      'answers have changed',
    ],
    [
      'on an older round',
      (record) => ({ ...verdictOn(record, { level: 'l2', by: 'ben' }), row: rowOn(record, { round: 1 }) }) as CaseEvent,
      'moved on',
    ],
  ])('a verdict %s is refused with a sentence', (_, event, sentence) => {
    const result = play(asleep, woken, asked, answered, l1, [event, quiet]);
    expect(result.outcome?.result).toBe('refused');
    expect(result.outcome?.sentence).toContain(sentence);
    expect(result.record.review?.state).toBe('l2');
  });

  test('a clarification returns to the level that asked', () => {
    const asking = [
      (record: CaseRecord) => verdictOn(record, { level: 'l2', by: 'ben', verdict: 'clarify' }),
      quiet,
    ] as const;
    const result = play(asleep, woken, asked, answered, l1, asking);
    expect(result.record.review).toMatchObject({ state: 'clarification', round: 4 });
    expect(emails(result)).toEqual(['clarification']);
    expect(whose(play(result.record, answered))).toBe('l2');
  });

  test('a late level is shown, and the review goes on', () => {
    const late = play(asleep, woken, asked, answered, [due('reviewers'), quiet]);
    expect(reasons(late)).toEqual(['reviewer_late']);
    expect(whose(play(late.record, l1))).toBe('l2');
  });
});

describe('after a removal', () => {
  const removed = play(asleep, woken, asked, [(record) => ({ is: 'withdraw', row: rowOn(record) }), quiet]).record;

  test('the review can be reopened for 210 days; the product stays removed until a decision', () => {
    const reopened = play(removed, [(record) => ({ is: 'reopen', row: rowOn(record) }), quiet]);
    expect(reopened.record.review).toMatchObject({ state: 'owner', reopened: true });
    expect(reopened.record.listing.removedOn).toBe('2026-07-10');
    const back = play(reopened.record, answered, l1, l2, [due('commit'), quiet]);
    expect(back.record.listing).toMatchObject({ removedOn: null, validUntil: '2027-09-01' });
  });

  test('later it is refused, and the case ends', () => {
    const after = { ...quiet, now: '2027-03-01T12:00:00.000Z' };
    expect(play(removed, [(record) => ({ is: 'reopen', row: rowOn(record) }), after]).outcome?.result).toBe('refused');
    expect(play(removed, [due('forget'), after]).record.ended).toBe(true);
  });

  test('no wake brings it back', () => {
    expect(play(removed, woken).outcome?.result).toBe('refused');
  });
});
