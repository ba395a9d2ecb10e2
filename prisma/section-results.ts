import type { SectionVerdict } from '../domain/case.js';
import { sectionOf, type Standard } from '../domain/standard.js';
import { sectionHeading } from '../domain/standard-text.js';
import type { SectionResult } from '../mail/content.js';

/** The sections of a verdict as emails print them. */
export function sectionResults(
  standard: Standard,
  sections: readonly Pick<SectionVerdict, 'section' | 'verdict' | 'publicReason'>[],
): readonly SectionResult[] {
  return sections.map(({ section: id, verdict, publicReason }) => {
    const section = sectionOf(standard, id);
    return {
      label: section === undefined ? id : sectionHeading(section),
      result: verdict === 'does_not_meet' ? 'does_not_meet' : 'meets',
      reason: publicReason.trim() || null,
    };
  });
}
