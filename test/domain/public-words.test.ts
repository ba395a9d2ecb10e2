import { describe, expect, test } from '@jest/globals';
import { stageInWords, timelineOf } from '../../domain/public-words.js';
import type { ReviewState } from '../../domain/case.js';

const at = '2026-07-10T08:00:00.000Z';
const line = (what: string, detail: object = {}) => ({ at, what, detail });

describe('the timeline of a review', () => {
  test('tells the way of a review in public words', () => {
    const lines = timelineOf([
      line('opened'),
      line('turn_began', { deadline: '2026-09-08' }),
      line('reminder', { nth: 1, of: 4 }),
      line('answered', { version: 1 }),
      line('verdict', { level: 'l1' }),
      line('verdict', { level: 'l2' }),
      line('turn_began'),
      line('answered', { version: 2 }),
      line('verdict', { level: 'l2' }),
      line('ended', { result: 'approved' }),
    ]);
    expect(lines.map(({ words }) => words)).toEqual([
      'The review opened.',
      'Answers came in.',
      'The first level recorded its verdict.',
      'The second level recorded its verdict.',
      'Some answers were asked for again.',
      'Answers came in.',
      'The second level recorded its verdict.',
      'Approved.',
    ]);
  });

  test('tells of no verdict that its reviewer undid', () => {
    const verdict = line('verdict', { level: 'l2' });
    const lines = timelineOf([line('turn_began'), line('answered'), verdict, line('undone'), line('claimed'), verdict]);
    expect(lines.map(({ words }) => words)).toEqual([
      'The review opened.',
      'Answers came in.',
      'The second level recorded its verdict.',
    ]);
    expect(timelineOf([line('answered'), verdict, line('undone')])).toHaveLength(1);
  });

  test('keeps to itself what concerns owner and staff, and a turn that begins anew with another contact', () => {
    const lines = timelineOf([
      line('turn_began'),
      line('contact_changed'),
      line('turn_began'),
      line('silence'),
      line('requested', { request: 'not_me' }),
      line('email_refused'),
      line('reviewer_late'),
      line('waits_for_staff'),
    ]);
    expect(lines.map(({ words }) => words)).toEqual(['The review opened.']);
  });
});

describe('the stage of a review', () => {
  test('is not yet opened until somebody was asked', () => {
    expect(stageInWords({ state: 'owner', begun: false })).toBe('Not yet opened');
    expect(stageInWords({ state: 'owner', begun: true })).toBe('Answers are being collected');
  });

  test('a decision that can still be undone looks like the stage before it', () => {
    expect(stageInWords({ state: 'decided', begun: true })).toBe(stageInWords({ state: 'l2', begun: true }));
  });

  test('nobody outside sees that experts are asked', () => {
    expect(stageInWords({ state: 'consultation', begun: true })).toBe(stageInWords({ state: 'l2', begun: true }));
    const lines = ['consulted', 'expert_asked', 'advice', 'late_advice', 'consultation_over'];
    expect(timelineOf(lines.map((what) => ({ at: '2026-07-10T08:00:00.000Z', what, detail: {} })))).toEqual([]);
  });

  test('no stage says whose delay it is', () => {
    const states: readonly ReviewState[] = [
      'draft',
      'owner',
      'l1',
      'l2',
      'consultation',
      'clarification',
      'notice',
      'decided',
    ];
    for (const state of states) {
      expect(stageInWords({ state, begun: true })).not.toMatch(/owner|reviewer|secretariat|wait|late|overdue/iu);
    }
  });
});
