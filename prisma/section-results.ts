import type { SectionVerdict } from '../domain/case.js';
import { SECTIONS, type SectionId } from '../domain/standard.js';
import type { SectionResult } from '../mail/content.js';

/** The sections of a verdict as emails print them. */
export function sectionResults(
  sections: readonly Pick<SectionVerdict, 'section' | 'verdict' | 'publicReason'>[],
): readonly SectionResult[] {
  return sections.map(({ section, verdict, publicReason }) => ({
    label: labelOf(section),
    result: verdict === 'does_not_meet' ? 'does_not_meet' : 'meets',
    reason: publicReason.trim() || null,
  }));
}

function labelOf(section: SectionId): string {
  const found = SECTIONS.find(({ id }) => id === section);
  if (found === undefined) return section;
  return found.indicator === undefined ? found.title : `${found.indicator}. ${found.title}`;
}
