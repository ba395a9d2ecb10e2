import type { GivenVerdict, SectionVerdict } from './case.js';
import type { Level, Policy, Seat } from './policy.js';
import type { SectionId } from './standard.js';

/** What the verdicts given so far come to. */
export type Finding = 'next_level' | 'approved' | 'ineligible' | 'notice' | 'clarify' | 'disagree';

/** What a reviewer says to the owner of a section: the public reason, and what is for them alone. */
export function wordsToOwner({ publicReason, noteToOwner = '' }: SectionVerdict): string {
  return [publicReason, noteToOwner]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Whether a level is the one whose verdict decides: it asks experts. */
export function decides({ rule, levels }: Pick<Policy, 'rule' | 'levels'>, level: Level): boolean {
  return rule === 'l1_only' || levels.at(-1) === level;
}

/** The finding of one reviewer's sections: any "does not meet" outweighs any "needs clarification". */
export function findingOf(sections: readonly SectionVerdict[]): 'approved' | 'ineligible' | 'clarify' {
  if (sections.some(({ verdict }) => verdict === 'does_not_meet')) return 'ineligible';
  if (sections.some(({ verdict }) => verdict === 'clarify')) return 'clarify';
  return 'approved';
}

/**
 * What a verdict leads to under a rule. With `l2_decides` and `both_agree` the first level never ends a review
 * (DPGA's review policy: an L1 "fail" does not end the case). Nobody fails without notice: a section that does not meet
 * decides only if its owner was told so before and had time to reply. An appeal has one reviewer, whose verdict decides.
 */
export function weigh({
  policy,
  level,
  sections,
  earlier,
  noticed,
}: {
  policy: Pick<Policy, 'rule' | 'levels' | 'noticeDays'>;
  level: Seat;
  sections: readonly SectionVerdict[];
  earlier: readonly GivenVerdict[];
  noticed: readonly SectionId[];
}): Finding {
  const { rule, noticeDays } = policy;
  const finding = findingOf(sections);
  if (level === 'appeal') return finding;
  if (!decides(policy, level)) return 'next_level';
  const told = sections.every(({ section, verdict }) => verdict !== 'does_not_meet' || noticed.includes(section));
  const agreed = finding === 'ineligible' && !told && noticeDays > 0 ? 'notice' : finding;
  if (rule !== 'both_agree' || finding === 'clarify') return agreed;
  const other = earlier.findLast((given) => given.level !== level);
  return other === undefined || findingOf(other.sections) === finding ? agreed : 'disagree';
}

/** What is wrong with a verdict's sections, in words, or null. A reason is required unless a section meets. */
export function verdictProblem(sections: readonly SectionVerdict[]): string | null {
  if (sections.length === 0) return 'Give a verdict for each section.';
  const silent = sections.filter(({ verdict, publicReason }) => verdict !== 'meets' && publicReason.trim() === '');
  if (silent.length === 0) return null;
  return `Give a public reason for each section that does not meet: ${silent.map(({ section }) => section).join(', ')}.`;
}
