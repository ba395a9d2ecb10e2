import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { impulses, PATIENCE, readSubject, requestOf, type EmailWord } from '../../dev/demo/habits.js';
import { HABITS, type Habit } from '../../dev/demo/types.js';

const GOLDEN = 'test/mail/golden';

/** What owners make of the emails of each kind: the file's name begins with it. */
const MEANT: readonly (readonly [string, EmailWord])[] = [
  ['appeal-decided', 'result'],
  ['appeal-received', 'other'],
  ['clarification-reminder', 'reminder'],
  ['clarification', 'clarification'],
  ['closed', 'result'],
  ['colleague-invited', 'other'],
  // Whoever raises a concern is no owner.
  ['concern', 'other'],
  ['decision-ineligible', 'refusal'],
  ['decision', 'result'],
  // Experts and reviewers are no owners.
  ['expert', 'other'],
  ['last-reminder', 'last_reminder'],
  ['link', 'link'],
  ['nomination-invitation', 'other'],
  ['nomination-start', 'other'],
  ['not-taken', 'not_taken'],
  ['notice-reminder', 'reminder'],
  ['notice', 'clarification'],
  ['prompt', 'prompt'],
  ['receipt', 'other'],
  ['reconsidered', 'other'],
  ['reminder', 'reminder'],
  ['request-answered', 'request_answered'],
  ['request', 'request_answered'],
  ['reviewer-reminder', 'other'],
  ['reviewer-wanted', 'other'],
  ['sign-in-code', 'other'],
  ['staff-list', 'other'],
  ['suggestion-start', 'other'],
];

describe('people understand emails by their subjects', () => {
  const files = readdirSync(GOLDEN).filter((file) => file.endsWith('.txt'));
  test.each(files)('%s', (file) => {
    const subject = /^Subject: (.*)$/mu.exec(readFileSync(`${GOLDEN}/${file}`, 'utf8'))?.[1] ?? '';
    expect(readSubject(subject)).toBe(MEANT.find(([name]) => file.startsWith(name))?.[1]);
  });

  test('whatever a product is called', () => {
    expect(readSubject('Reminders: the review: confirm your answers by 23 January 2027')).toBe('prompt');
    expect(readSubject('Your request: manager: listing confirmed until 1 May 2027')).toBe('result');
  });
});

describe('habits', () => {
  const random = () => 0.5;
  const common = { isFixed: true, appeals: false, random };
  const after = (email: EmailWord, habit: Habit) =>
    impulses({ ...common, email, habit, request: requestOf({ habit, isFixed: true, random }) }).map(
      ({ does, after: days }) => [does, days < 10 ? 'soon' : days < PATIENCE ? 'later' : 'at last'],
    );

  test('what a first email brings about', () => {
    const begun = Object.fromEntries(HABITS.map((habit) => [habit, after('prompt', habit)]));
    const last = ['answer', 'at last'];
    const promptly = [['answer', 'soon'], last];
    expect(begun).toEqual({
      ...Object.fromEntries(HABITS.map((habit) => [habit, promptly])),
      silent: [],
      late: [last],
      slow: [['invite', 'soon'], ['answer', 'later'], last],
      draft_and_forget: [['draft', 'soon'], last],
      more_time: [['more_time', 'soon'], last],
    });
  });

  test('whoever else is silent answers a long turn at last, unless the last reminder came before', () => {
    const silent = impulses({ ...common, email: 'prompt', habit: 'silent', request: null, isFixed: false });
    expect(silent).toEqual([{ after: expect.any(Number), does: 'answer', unlessReminded: true }]);
  });

  test('whoever is silent answers no reminder and no clarification; everybody else does in the end', () => {
    for (const habit of HABITS) {
      expect(after('clarification', habit)).toEqual(habit === 'silent' ? [] : [['answer', 'soon']]);
      expect(after('last_reminder', habit)).toEqual(habit === 'silent' ? [] : [['answer', 'soon']]);
      expect(after('reminder', habit)).toEqual(habit === 'draft_and_forget' ? [['answer', 'soon']] : []);
    }
  });

  test('some appeal against a result that is not theirs, and against no other', () => {
    const told = { ...common, appeals: true, habit: 'prompt', request: null } as const;
    expect(impulses({ ...told, email: 'refusal' })).toEqual([{ after: expect.any(Number), does: 'appeal' }]);
    expect(impulses({ ...told, email: 'result' })).toEqual([]);
    const curious = { ...told, appeals: false, random: () => 0.1 };
    expect(impulses({ ...curious, email: 'refusal' })).toEqual([{ after: expect.any(Number), does: 'look' }]);
  });

  test('of those who nominate some never send, some withdraw, and some answer nothing more', () => {
    expect(after('prompt', 'begins_only')).toEqual([['draft', 'soon']]);
    for (const email of ['reminder', 'last_reminder'] as const) expect(after(email, 'begins_only')).toEqual([]);
    expect(after('prompt', 'changes_mind')[0]).toEqual(['withdrawal', 'soon']);
    expect(after('prompt', 'leaves').slice(0, 2)).toEqual([
      ['answer', 'soon'],
      ['withdrawal', 'soon'],
    ]);
    expect(after('prompt', 'gives_up')).toEqual([['answer', 'soon']]);
    for (const email of ['clarification', 'last_reminder'] as const) expect(after(email, 'gives_up')).toEqual([]);
    const replies = (at: number) =>
      impulses({ ...common, email: 'clarification', habit: 'not_open', request: null, random: () => at }).length;
    expect([replies(0.2), replies(0.8)]).toEqual([0, 1]);
  });
});
