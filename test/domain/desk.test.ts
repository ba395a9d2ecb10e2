import { describe, expect, test } from '@jest/globals';
import { FREE, type CaseRecord, type ReviewerFacts } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { CLAIMS_AT_ONCE } from '../../domain/policy.js';
import type { Result } from '../../domain/review.js';
import {
  answersOn,
  asleep,
  due,
  play,
  quiet,
  rowOn,
  section,
  taken,
  verdictOn,
  wake,
} from '../support/case-records.js';

type Step = readonly [(record: CaseRecord) => CaseEvent, typeof quiet];

const says = ({ outcome }: Result): string => `${outcome?.result ?? ''}: ${outcome?.sentence ?? ''}`;
const emails = ({ effects }: Result) => effects.flatMap((one) => (one.do === 'email' ? [one.kind] : []));
const about = (reviewer: Partial<ReviewerFacts>) => ({ ...quiet, reviewer: { ...FREE, ...reviewer } });

const claim = (by: string, level: 'l1' | 'l2' = 'l1', facts = quiet): Step => [
  (record) => ({ is: 'claim', row: rowOn(record), level, by }),
  facts,
];
const handOver = (by: string, to: string, facts = quiet): Step => [
  (record) => ({ is: 'hand_over', row: rowOn(record), by, to }),
  facts,
];
const giveBack = (by: string): Step => [(record) => ({ is: 'give_back', row: rowOn(record), by }), quiet];
const conflict = (by: string): Step => [(record) => ({ is: 'conflict', row: rowOn(record), by }), quiet];
const undo = (by: string): Step => [(record) => ({ is: 'undo', row: rowOn(record), by }), quiet];
const answered: Step = [(record) => answersOn(record), quiet];
const meets = (level: 'l1' | 'l2', by: string): Step => [(record) => verdictOn(record, { level, by }), quiet];
const fails = (level: 'l1' | 'l2', by: string): Step => [
  (record) => verdictOn(record, { level, by, verdict: 'does_not_meet' }),
  quiet,
];
const end = (what: string): Step => [due(what), { ...quiet, asked: true, firstTaken: true, remindersTaken: 1 }];

const atL1 = play(asleep, [() => wake, quiet], [taken, quiet], answered).record;
const atL2 = play(atL1, meets('l1', 'ada')).record;

describe('a claim', () => {
  test('makes a case the one of its reviewer, until its level has a verdict', () => {
    const mine = play(atL1, claim('ada'));
    expect(says(mine)).toBe('accepted: The case is yours.');
    expect(mine.record.review?.claim).toEqual({ by: 'ada', at: quiet.now, aside: null });
    expect(play(mine.record, meets('l1', 'ada')).record.review).toMatchObject({ state: 'l2', claim: null });
  });

  test('is won by one of two; the other is told, and may not decide either', () => {
    const taken = play(atL1, claim('ada'), claim('ben'));
    expect(says(taken)).toBe('refused: Another reviewer took this case first. Nothing was changed.');
    expect(taken.record.review?.claim?.by).toBe('ada');
    expect(says(play(taken.record, meets('l1', 'ben')))).toContain('refused: Another reviewer has this case.');
  });

  test('of what is mine already says so', () => {
    expect(says(play(atL1, claim('ada'), claim('ada')))).toBe('joined: You have this case already.');
  });

  test.each<[string, CaseRecord, Step, string]>([
    ['of a case of the other level', atL1, claim('ben', 'l2'), 'not this level'],
    ['by who decided at the other level', atL2, claim('ada', 'l2'), 'never decides at both levels'],
    ['after a conflict of interest', atL1, claim('ada', 'l1', about({ conflict: true })), 'conflict of interest'],
    ['of the own product', atL1, claim('ada', 'l1', about({ ownProduct: true })), 'a contact of this product'],
    ['beyond the limit', atL1, claim('ada', 'l1', about({ holds: CLAIMS_AT_ONCE })), 'as many cases'],
    ['where no reviewer is asked', play(asleep, [() => wake, quiet]).record, claim('ada'), 'not this level'],
  ])('%s is refused with a sentence', (_, record, step, words) => {
    const result = play(record, step);
    expect(says(result)).toMatch(/^refused: /u);
    expect(says(result)).toContain(words);
    expect(result.record.review?.claim).toBeNull();
  });

  test.each([{ conflict: true }, { ownProduct: true }])('a verdict of who may not review counts for nothing', (bar) => {
    const [event] = meets('l1', 'ada');
    expect(play(atL1, [event, about(bar)])).toMatchObject({
      outcome: { result: 'refused' },
      record: { review: { verdicts: [] } },
    });
  });

  test('ends when it is given back, by its reviewer alone', () => {
    const mine = play(atL1, claim('ada')).record;
    expect(says(play(mine, giveBack('ben')))).toContain('Another reviewer has this case');
    expect(play(mine, giveBack('ada')).record.review?.claim).toBeNull();
    expect(says(play(atL1, giveBack('ada')))).toContain('You do not have this case any more.');
  });

  test('is set aside until a day, and taken up again', () => {
    const aside = (until: string | null): Step => [
      (record) => ({ is: 'set_aside', row: rowOn(record), by: 'ada', until }),
      quiet,
    ];
    const later = play(atL1, claim('ada'), aside('2026-08-01')).record;
    expect(later.review?.claim?.aside).toBe('2026-08-01');
    expect(play(later, aside(null)).record.review?.claim?.aside).toBeNull();
  });

  test('ends with a conflict of interest, which is remembered', () => {
    const result = play(atL1, claim('ada'), conflict('ada'));
    expect(result.record.review?.claim).toBeNull();
    expect(result.effects).toContainEqual({ do: 'remember_conflict', by: 'ada' });
  });

  test('stays where somebody else declares a conflict', () => {
    expect(play(atL1, claim('ada'), conflict('ben')).record.review?.claim?.by).toBe('ada');
  });
});

describe('one of ours who has no role for what is asked', () => {
  const consult: Step = [
    (record) => ({
      ...{ is: 'consult', row: rowOn(record), level: 'l2', by: 'ben', answersVersion: 1 },
      questions: [{ section: '2', question: 'Is it open?', experts: ['eve'] }],
    }),
    quiet,
  ];
  const lost = about({ role: 'has_not' });

  test.each<[string, CaseRecord, Step]>([
    ['takes no case', atL1, claim('ada')],
    ['gives no verdict on a case that they have', play(atL1, claim('ada')).record, meets('l1', 'ada')],
    ['asks no expert', play(atL2, claim('ben', 'l2')).record, consult],
  ])('%s', (_, record, [event]) => {
    const result = play(record, [event, lost]);
    expect(says(result)).toBe('refused: You do not review at this level now. Nothing was changed.');
    expect(result.record.review).toEqual(record.review);
  });

  test('gives back what they have', () => {
    const mine = play(atL1, claim('ada')).record;
    expect(play(mine, [giveBack('ada')[0], lost]).record.review?.claim).toBeNull();
  });

  test('is not whom a command names that is none of ours', () => {
    const stranger = about({ role: 'stranger' });
    expect(play(atL1, [meets('l1', 'fatou')[0], stranger]).record.review?.state).toBe('l2');
  });
});

describe('handing over', () => {
  const mine = play(atL2, claim('ben', 'l2')).record;

  test('makes it the case of the other, whoever does it', () => {
    expect(play(mine, handOver('ben', 'cleo')).record.review?.claim?.by).toBe('cleo');
    expect(play(mine, handOver('fatou', 'cleo')).record.review?.claim?.by).toBe('cleo');
  });

  test('is for the reviewer who has it, and for staff', () => {
    const byReviewer = (by: string, record = mine) =>
      play(record, [
        (one): CaseEvent => ({ is: 'hand_over', row: rowOn(one, { byReviewer: true }), by, to: 'cleo' }),
        quiet,
      ]);
    expect(says(byReviewer('abe'))).toBe('refused: Another reviewer has this case. Nothing was changed.');
    expect(byReviewer('abe').record.review?.claim?.by).toBe('ben');
    expect(byReviewer('ben').record.review?.claim?.by).toBe('cleo');
  });

  test.each<[string, Step, string]>([
    ['to who decided at the other level', handOver('ben', 'ada'), 'both levels'],
    ['to a contact of the product', handOver('ben', 'cleo', about({ ownProduct: true })), 'a contact of the product'],
    ['to who declared a conflict', handOver('ben', 'cleo', about({ conflict: true })), 'declared a conflict'],
    ['to who has it', handOver('fatou', 'ben'), 'has this case already'],
  ])('%s is refused', (_, step, words) => {
    expect(says(play(mine, step))).toMatch(/^refused: /u);
    expect(says(play(mine, step))).toContain(words);
  });
});

describe('undo', () => {
  const decided = play(atL2, claim('ben', 'l2'), meets('l2', 'ben'));

  test('before the hold is over leaves no email, and gives the case back to who decided', () => {
    expect(decided.record.review).toMatchObject({ state: 'decided', result: 'approved' });
    expect(emails(decided)).toEqual([]);
    const undone = play(decided.record, undo('ben'));
    expect(says(undone)).toBe('accepted: Undone. Nobody was told, and the case is yours again.');
    expect(undone.record.review).toMatchObject({ state: 'l2', result: null, claim: { by: 'ben' } });
    expect(undone.record.review?.verdicts.map(({ by }) => by)).toEqual(['ada']);
    expect(undone.record.listing).toEqual(atL2.listing);
    expect(undone.record.agenda.map(({ what }) => what)).not.toContain('commit');
    expect(emails(undone)).toEqual([]);
    expect(play(undone.record, meets('l2', 'ben'), end('commit')).record.review?.state).toBe('approved');
  });

  test('is for who decided, and only while the hold lasts', () => {
    expect(says(play(decided.record, undo('ada')))).toContain('Only the reviewer who gave the verdict');
    const committed = play(decided.record, end('commit'));
    expect(emails(committed)).toEqual(['decision']);
    expect(says(play(committed.record, undo('ben')))).toContain('refused: There is no verdict here');
  });
});

describe('a notice', () => {
  const noticed = play(atL2, claim('ben', 'l2'), fails('l2', 'ben'));

  test('stands before every "ineligible": the owner is told what fails, and has 14 days from the email', () => {
    expect(noticed.record.review).toMatchObject({ state: 'notice', noticed: ['9a'], result: null, claim: null });
    expect(emails(noticed)).toEqual(['notice']);
    expect(noticed.record.listing).toEqual(atL2.listing);
    const begun = play(noticed.record, [taken, quiet]).record;
    expect(begun.review?.turn?.deadline).toBe('2026-07-24');
    expect(begun.agenda.map(({ what }) => what)).toEqual(expect.arrayContaining(['reminder', 'deadline']));
  });

  test('with a reply returns to the reviewer who gave it, who decides on the reply alone', () => {
    const replied = play(noticed.record, [taken, quiet], answered);
    expect(replied.record.review).toMatchObject({ state: 'l2', claim: { by: 'ben' }, answersVersion: 2 });
    const older: Step = [
      (record) =>
        ({
          ...verdictOn(record, { level: 'l2', by: 'ben', verdict: 'does_not_meet' }),
          answersVersion: 1,
        }) as CaseEvent,
      quiet,
    ];
    expect(says(play(replied.record, older))).toContain('The answers have changed since.');
    const refused = play(replied.record, fails('l2', 'ben'), end('commit'));
    expect(refused.record.review?.state).toBe('ineligible');
    expect(refused.record.listing).toMatchObject({ removedBecause: 'ineligible' });
    expect(play(replied.record, meets('l2', 'ben'), end('commit')).record.review?.state).toBe('approved');
  });

  test('without a reply returns as well; a late one is taken until somebody decides', () => {
    const over = play(noticed.record, [taken, quiet], end('deadline'));
    expect(over.record.review).toMatchObject({ state: 'l2', claim: { by: 'ben' } });
    const late = play(over.record, answered);
    expect(says(late)).toBe('accepted: Your reply is with the reviewers.');
    const decided = play(over.record, fails('l2', 'ben'));
    expect(decided.record.review?.state).toBe('decided');
    expect(says(play(decided.record, answered))).toContain('refused');
  });

  test('whose email nobody took does not run out', () => {
    const lost = play(
      noticed.record,
      [taken, quiet],
      [due('deadline'), { ...quiet, firstTaken: true, cameBack: true }],
    );
    expect(lost.record.review).toMatchObject({ state: 'notice', turn: { silent: true } });
    const expire: Step = [(record) => ({ is: 'expire', row: rowOn(record) }), quiet];
    expect(says(play(noticed.record, [taken, quiet], expire))).toContain('refused: The owner still has time');
    // Staff who see that nobody can be reached let the reviewers decide; the machine does not.
    expect(play(lost.record, expire).record.review).toMatchObject({ state: 'l2', claim: { by: 'ben' } });
  });

  test('about one section is none about another', () => {
    const replied = play(noticed.record, [taken, quiet], answered).record;
    const other: Step = [
      (record) =>
        ({
          ...verdictOn(record, { level: 'l2', by: 'ben' }),
          sections: [{ ...section('does_not_meet'), section: '2' }],
        }) as CaseEvent,
      quiet,
    ];
    expect(play(replied, other).record.review).toMatchObject({ state: 'notice', noticed: ['9a', '2'] });
  });
});

test('a clarification that the second level asked for returns to its reviewer, and the first level stands', () => {
  const ask: Step = [(record) => verdictOn(record, { level: 'l2', by: 'ben', verdict: 'clarify' }), quiet];
  const back = play(atL2, ask, [taken, quiet], answered).record;
  expect(back.review).toMatchObject({ state: 'l2', claim: { by: 'ben' } });
  expect(back.review?.verdicts.map(({ by }) => by)).toEqual(['ada']);
  expect(
    says(play(back, [(record) => ({ is: 'hand_over', row: rowOn(record), by: 'ben', to: 'ada' }), quiet])),
  ).toContain('both levels');
});
