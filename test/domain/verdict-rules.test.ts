import { describe, expect, test } from '@jest/globals';
import type { GivenVerdict, SectionVerdict, SectionWord } from '../../domain/case.js';
import { weigh, type Finding } from '../../domain/verdict.js';
import type { VerdictRule } from '../../domain/policy.js';

const one = (verdict: SectionWord): SectionVerdict => ({ section: '2', verdict, publicReason: '', internalReason: '' });
const l1 = (verdict: SectionWord): GivenVerdict => ({
  level: 'l1',
  round: 1,
  by: 'ada',
  answersVersion: 1,
  sections: [one(verdict)],
});

describe('the truth table of docs/reviewing.md', () => {
  const words: readonly SectionWord[] = ['meets', 'clarify', 'does_not_meet'];
  const rows: readonly [VerdictRule, SectionWord, readonly [Finding, Finding, Finding]][] = [
    ['l2_decides', 'meets', ['approved', 'clarify', 'ineligible']],
    ['l2_decides', 'clarify', ['approved', 'clarify', 'ineligible']],
    ['l2_decides', 'does_not_meet', ['approved', 'clarify', 'ineligible']],
    ['both_agree', 'meets', ['approved', 'clarify', 'disagree']],
    ['both_agree', 'clarify', ['disagree', 'clarify', 'disagree']],
    ['both_agree', 'does_not_meet', ['disagree', 'clarify', 'ineligible']],
  ];
  const cells = rows.flatMap(([rule, first, row]) =>
    row.map((finding, at) => [rule, first, words[at] ?? 'meets', finding] as const),
  );

  test.each(cells)('%s: L1 %s, L2 %s: %s', (rule, first, second, finding) => {
    const given = {
      policy: { rule, levels: ['l1', 'l2'], noticeDays: 14 },
      level: 'l2',
      sections: [one(second)],
      earlier: [l1(first)],
    } as const;
    expect(weigh({ ...given, noticed: ['2'] })).toBe(finding);
    expect(weigh({ ...given, noticed: [] })).toBe(finding === 'ineligible' ? 'notice' : finding);
  });

  test.each(['l2_decides', 'both_agree'] as const)('%s: whatever L1 says, L2 is next', (rule) => {
    for (const word of words) {
      const given = {
        policy: { rule, levels: ['l1', 'l2'], noticeDays: 14 },
        level: 'l1',
        sections: [one(word)],
        earlier: [],
        noticed: [],
      } as const;
      expect(weigh(given)).toBe('next_level');
    }
  });

  test.each([
    ['meets', 'approved', 'approved'],
    ['clarify', 'clarify', 'clarify'],
    ['does_not_meet', 'notice', 'ineligible'],
  ] as const)('l1_only: %s', (word, untold, told) => {
    const given = {
      policy: { rule: 'l1_only', levels: ['l1'], noticeDays: 14 },
      level: 'l1',
      sections: [one(word)],
      earlier: [],
    } as const;
    expect(weigh({ ...given, noticed: [] })).toBe(untold);
    expect(weigh({ ...given, noticed: ['2'] })).toBe(told);
    // Where the policy gives no time for a reply, nobody is given notice.
    expect(weigh({ ...given, policy: { ...given.policy, noticeDays: 0 }, noticed: [] })).toBe(told);
  });
});
