import { describe, expect, test } from '@jest/globals';
import { waitingOn } from '../../domain/agenda.js';
import { addDays, DAY, endOfDayAnywhere, later } from '../../domain/calendar.js';
import type { CaseRecord, Facts } from '../../domain/case.js';
import { NO_EXPERTS, type AdviceWord, type DeclineWord, type ExpertQuestion } from '../../domain/consultation.js';
import type { CaseEvent } from '../../domain/event.js';
import { policies } from '../../domain/policy.js';
import type { Result } from '../../domain/review.js';
import type { SectionId } from '../../domain/standard.js';
import { answersOn, asleep, due, play, quiet, rowOn, taken, verdictOn, wake } from '../support/case-records.js';

type Step = readonly [(record: CaseRecord) => CaseEvent, Facts];

const experts = { free: ['eve', 'finn', 'gina'], wasAsked: true, hasAnswered: false };
/** So many days after the reviewers were asked. */
const after = (days: number, some: Partial<Facts> = {}): Facts => ({
  ...quiet,
  experts,
  now: later(quiet.now, days * DAY),
  ...some,
});
const ask = (section: SectionId, ...list: readonly string[]): ExpertQuestion => ({
  section,
  question: 'Is that the minimum?',
  experts: list,
});
const consult = (
  questions: readonly ExpertQuestion[],
  facts = after(4),
  by = 'ada',
  level: 'l1' | 'l2' = 'l2',
): Step => [
  (record) => ({
    is: 'consult',
    row: rowOn(record),
    ...{ level, by, questions, answersVersion: record.review?.answersVersion ?? 0 },
  }),
  facts,
];
const of = (by: string, section: SectionId, number = 1) => ({ by, section, number });
const accept = (by: string, facts: Facts, section: SectionId = '9a'): Step => [
  (record) => ({ is: 'expert_accept', row: rowOn(record, { round: null }), ...of(by, section) }),
  facts,
];
const decline = (by: string, facts: Facts, section: SectionId = '9a', why: DeclineWord | null = null): Step => [
  (record) => ({ is: 'expert_decline', row: rowOn(record, { round: null }), why, ...of(by, section) }),
  facts,
];
const advise = (by: string, facts: Facts, section: SectionId = '9a', word: AdviceWord = 'meets'): Step => [
  (record) => ({ is: 'advice', row: rowOn(record, { round: null }), word, text: 'It is.', ...of(by, section) }),
  facts,
];
const callOff = (by: string, facts: Facts): Step => [(record) => ({ is: 'call_off', row: rowOn(record), by }), facts];
const expertDue = (section: SectionId, what: 'expert' | 'expert_reminder' = 'expert'): Step => [
  (record) => {
    const entry = record.agenda.find((one) => one.what === what && one.section === section);
    if (entry === undefined) throw new Error(`no ${what} of ${section}`);
    return { is: 'due', entry };
  },
  after(9),
];

const says = ({ outcome }: Result): string => `${outcome?.result ?? ''}: ${outcome?.sentence ?? ''}`;
const asked = ({ effects }: Result) =>
  effects.flatMap((one) => (one.do === 'email_person' ? [`${one.kind} ${one.to}`] : []));
const stateOf = ({ record: { review } }: Result) => review?.state;
const dues = ({ agenda }: CaseRecord, what: string) => agenda.filter((one) => one.what === what).map((one) => one.due);

const meets: Step = [(record) => verdictOn(record, { level: 'l1', by: 'ben' }), quiet];
const start: readonly Step[] = [[() => wake, quiet], [taken, quiet], [(record) => answersOn(record), quiet], meets];
const claim: Step = [(record) => ({ is: 'claim', row: rowOn(record), level: 'l2', by: 'ada' }), quiet];
const atL2 = play(asleep, ...start, claim).record;
const one = play(atL2, consult([ask('9a', 'eve', 'finn')])).record;
const two = play(atL2, consult([ask('9a', 'eve'), ask('2', 'finn', 'gina')])).record;

describe('asking experts', () => {
  test('waits on them, writes to the first of each section, and stops the time of the reviewers', () => {
    const result = play(atL2, consult([ask('9a', 'eve'), ask('2', 'finn', 'gina')]));
    expect(says(result)).toBe('accepted: The experts are asked. Your time stands still.');
    expect(stateOf(result)).toBe('consultation');
    expect(waitingOn({ review: result.record.review, reachable: true })).toBe('expert');
    expect(asked(result)).toEqual(['expert_asked eve', 'expert_asked finn']);
    expect(dues(result.record, 'reviewers')).toEqual([]);
    expect(dues(result.record, 'expert')).toEqual(Array(2).fill(endOfDayAnywhere(addDays('2026-07-14', 3))));
    expect(result.record.review?.claim?.by).toBe('ada');
  });

  test.each<[string, CaseRecord, Step, string]>([
    ['without a question', atL2, consult([{ ...ask('9a', 'eve'), question: ' ' }]), 'one question'],
    ['without an expert', atL2, consult([ask('9a')]), 'one to five experts'],
    ['of one expert twice', atL2, consult([ask('9a', 'eve', 'eve')]), 'one to five experts'],
    ['about one section twice', atL2, consult([ask('9a', 'eve'), ask('9a', 'finn')]), 'one question'],
    ['of somebody who cannot be asked', atL2, consult([ask('9a', 'mallory')]), 'cannot be asked'],
    ['by who does not have the case', atL2, consult([ask('9a', 'eve')], after(4), 'cleo'), 'Another reviewer'],
    ['at the other level', atL2, consult([ask('9a', 'eve')], after(4), 'ada', 'l1'), 'not this level'],
    [
      'by a level that does not decide',
      play(asleep, ...start.slice(0, 3)).record,
      consult([ask('9a', 'eve')], after(1), 'ada', 'l1'),
      'Only the level that decides',
    ],
    ['while experts are asked', one, consult([ask('2', 'gina')]), 'not this level'],
  ])('%s is refused with a sentence', (_, record, step, words) => {
    const result = play(record, step);
    expect(says(result)).toMatch(/^refused: /u);
    expect(says(result)).toContain(words);
    expect(result.record.review?.state).toBe(record.review?.state);
    expect(asked(result)).toEqual([]);
  });

  test('is for the first level where there is no other', () => {
    const only = { ...quiet, policies: { ...policies, annual_review: policies.privacy } };
    const [opened, ...rest] = start.slice(0, 3);
    const atL1 = play(asleep, [opened?.[0] ?? (() => wake), only], ...rest).record;
    const back = play(atL1, consult([ask('9a', 'eve')], after(1), 'ada', 'l1'), advise('eve', after(2)));
    expect(back.record.review).toMatchObject({ state: 'l1', claim: { by: 'ada' } });
  });
});

describe('an expert', () => {
  test('who accepts has ten days from then on, and a reminder after five', () => {
    const result = play(one, accept('eve', after(6)));
    expect(says(result)).toBe('accepted: Thank you. You can answer now.');
    expect(dues(result.record, 'expert')).toEqual([endOfDayAnywhere(addDays('2026-07-16', 10))]);
    expect(dues(result.record, 'expert_reminder')).toEqual(['2026-07-21T09:00:00.000Z']);
    expect(asked(play(result.record, expertDue('9a', 'expert_reminder')))).toEqual(['expert_reminder eve']);
    expect(says(play(result.record, accept('eve', after(7))))).toContain('joined: ');
  });

  test('who declines, is silent, or accepts and does not answer is followed by the next one of the list', () => {
    const silent = expertDue('9a');
    const over = [accept('eve', after(5)), expertDue('9a')];
    for (const steps of [[decline('eve', after(5))], [silent], over]) {
      const next = play(one, ...steps);
      expect(stateOf(next)).toBe('consultation');
      expect(asked(next)).toEqual(['expert_asked finn']);
      expect(next.record.agenda.filter(({ what }) => what.startsWith('expert'))).toHaveLength(1);
    }
  });

  test('of the list who cannot be asked any more is passed over', () => {
    const many = play(atL2, consult([ask('9a', 'eve', 'finn', 'gina')])).record;
    const facts = after(5, { experts: { ...experts, free: ['gina'] } });
    expect(asked(play(many, decline('eve', facts)))).toEqual(['expert_asked gina']);
  });

  test('who declares a conflict of interest is not asked about the product again', () => {
    const { effects } = play(one, decline('eve', after(5), '9a', 'conflict'));
    expect(effects).toContainEqual({ do: 'remember_conflict', by: 'eve' });
  });

  test.each([
    ['the next one', 'finn'],
    ['somebody of another section', 'gina'],
  ])('cannot answer in the place of %s: it is kept, and late', (_, by) => {
    const result = play(one, advise(by, after(5)));
    expect(says(result)).toMatch(/^late: Thank you\. Your advice came late/u);
    expect(result.effects).toContainEqual(expect.objectContaining({ do: 'file_advice', expert: by, late: true }));
    expect(stateOf(result)).toBe('consultation');
  });

  test('who was never asked is told so', () => {
    const nobody = after(5, { experts: NO_EXPERTS });
    for (const step of [accept('eve', nobody), decline('eve', nobody), advise('eve', nobody)]) {
      expect(says(play(one, step))).toBe('refused: You are not asked about this.');
    }
  });

  test('who answers twice is thanked once', () => {
    const result = play(one, advise('eve', after(5, { experts: { ...experts, hasAnswered: true } })));
    expect(says(result)).toContain('joined: You answered before.');
    expect(result.effects.some((effect) => effect.do === 'file_advice')).toBe(false);
  });
});

describe('the case comes back to the reviewer who asked', () => {
  const left = (result: Result) => dues(result.record, 'reviewers');
  /** Ten days of fourteen were left when the experts were asked, on the fourth. */
  const given = (from: number) => [later(quiet.now, (from + 10) * DAY)];

  test.each<[string, readonly Step[], number]>([
    ['with an answer', [advise('eve', after(20))], 20],
    ['with an answer of who accepted', [accept('eve', after(5)), advise('eve', after(8))], 8],
    ['when nobody of the list is left', [decline('eve', after(5)), decline('finn', after(6))], 6],
    ['when it is called off', [callOff('ada', after(9))], 9],
  ])('%s, and the time that was left is given back', (_, steps, day) => {
    const back = play(one, ...steps);
    expect(back.record.review).toMatchObject({ state: 'l2', claim: { by: 'ada' }, reviewersLate: false });
    expect(left(back)).toEqual(given(day));
    expect(back.record.agenda.some(({ what }) => what.startsWith('expert'))).toBe(false);
    expect(stateOf(play(back.record, [(record) => verdictOn(record, { level: 'l2', by: 'ada' }), after(day)]))).toBe(
      'decided',
    );
  });

  test('only when no section waits any more', () => {
    const half = play(two, advise('eve', after(5)));
    expect(stateOf(half)).toBe('consultation');
    expect(dues(half.record, 'expert')).toHaveLength(1);
    expect(stateOf(play(half.record, decline('finn', after(6), '2')))).toBe('consultation');
    const over = play(half.record, decline('finn', after(6), '2'), advise('gina', after(7), '2'));
    expect(stateOf(over)).toBe('l2');
    expect(left(over)).toEqual(given(7));
  });

  test('late again, if it was late before', () => {
    const late = play(atL2, [due('reviewers'), after(15)]).record;
    const back = play(late, consult([ask('9a', 'eve')], after(16)), advise('eve', after(20)));
    expect(back.record.review).toMatchObject({ state: 'l2', reviewersLate: true });
    expect(left(back)).toEqual([]);
    // Three days from then on the case is free again, without another reminder.
    const watches = dues(back.record, 'watch');
    expect(watches).toEqual([later(quiet.now, 23 * DAY)]);
    const free = play(back.record, [due('watch'), after(23)]);
    expect(free.record.review?.claim).toBeNull();
    expect(asked(free)).toEqual([]);
  });

  test('by nobody but who has it', () => {
    expect(says(play(one, callOff('cleo', after(5))))).toBe('refused: Another reviewer asked. Nothing was changed.');
  });

  test('and may be asked about again, in a consultation of its own', () => {
    const again = play(one, advise('eve', after(5)), consult([ask('9a', 'finn')], after(6)));
    expect(again.record.review?.consultation?.number).toBe(2);
    const late = play(again.record, advise('eve', after(7)));
    expect(says(late)).toContain('late: ');
    expect(stateOf(late)).toBe('consultation');
  });
});

test('advice after the review went on, or ended, is kept and late', () => {
  const back = play(one, callOff('ada', after(9))).record;
  const decided = play(back, [(record) => verdictOn(record, { level: 'l2', by: 'ada' }), after(9)]).record;
  const ended = play(decided, [due('commit'), after(10)]).record;
  for (const record of [back, decided, ended]) {
    const result = play(record, advise('eve', after(11)));
    expect(says(result)).toContain('late: ');
    expect(result.effects).toContainEqual(expect.objectContaining({ do: 'file_advice', late: true }));
    expect(stateOf(result)).toBe(record.review?.state);
  }
});

test('a review that is withdrawn, or decided elsewhere, closes what was asked', () => {
  const withdrawn = play(one, [(record) => ({ is: 'withdraw', row: rowOn(record) }), after(5)]);
  expect(stateOf(withdrawn)).toBe('withdrawn');
  expect(withdrawn.effects).toContainEqual({ do: 'close_questions', number: 1, why: 'overtaken' });
  expect(withdrawn.record.agenda.some(({ what }) => what.startsWith('expert'))).toBe(false);
});
