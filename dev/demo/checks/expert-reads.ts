import type { Question } from '../../../domain/standard.js';
import { NEWEST } from '../../../domain/standards.js';
import type { Database } from '../../../prisma/database.js';
import type { ExpertRead } from '../office.js';

/** Shorter ones may stand anywhere. */
const LEAST = 20;

/**
 * What experts saw that is not of the section that they were asked about: answers of others, and texts for reviewers and
 * staff only; any answer before they had accepted; and pages after that on which nothing of their section was found, so
 * that the look is known to see.
 */
export async function lookAtExpertReads(
  database: Database,
  { expertReads, hidden }: { readonly expertReads: readonly ExpertRead[]; readonly hidden: readonly string[] },
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { reference, section, accepted, text } of expertReads) {
    const asked = await database.consultation.findFirst({
      where: { applicationId: reference, section },
      orderBy: { number: 'desc' },
    });
    const version = asked?.answersVersion ?? 0;
    const set = await database.answerSet.findFirst({ where: { applicationId: reference, version } });
    if (set === null) {
      problems.push(`${reference}: an expert saw section ${section}, about which nothing was asked`);
      continue;
    }
    const page = squeezed(text);
    const of = (isOwn: boolean) =>
      NEWEST.questions
        .filter((question) => (accepted && question.section === section) === isOwn)
        .flatMap((one) => said(set, one));
    const own = of(true);
    const allowed = own.join('\n');
    const others = [...of(false).filter(({ length }) => length >= LEAST), ...hidden];
    const seen = others.some((one) => page.includes(one) && !allowed.includes(one));
    if (seen) problems.push(`${reference}: an expert saw what is not of section ${section}`);
    if (own.length > 0 && !own.some((one) => page.includes(one))) {
      problems.push(`${reference}: an expert saw nothing of section ${section}`);
    }
  }
  return problems;
}

/** The texts of an answer as a page shows them, and what its author wrote for reviewers only. */
function said(
  set: { readonly answers: unknown; readonly forReviewers: unknown },
  { id, kind }: Question,
): readonly string[] {
  const own = (values: unknown): unknown => Object.entries(values ?? {}).find(([name]) => name === id)?.[1];
  // Choices are kept by words that no page shows.
  const answer = ['single', 'multi', 'yes_no', 'country', 'country_list'].includes(kind) ? null : own(set.answers);
  return [...textsIn(answer), ...textsIn(own(set.forReviewers))].map(squeezed).filter((text) => text !== '');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
