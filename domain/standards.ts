/** The versions of the Standard that this software knows, and which of them counts when. Form data is CC0-1.0. */
import type { Day } from './calendar.js';
import { annexureQuestions, annexureSection } from './standard-annexure-questions.js';
import { categoryQuestions } from './standard-category-questions.js';
import { conductQuestions } from './standard-conduct-questions.js';
import { withGuidance } from './standard-guidance.js';
import { privacyQuestions } from './standard-privacy-questions.js';
import { productQuestions } from './standard-product-questions.js';
import { INDICATORS, questionOf, sectionOf, type Question, type Section, type Standard } from './standard.js';

/** Versions, in the order in which they bind. */
export type Standards = readonly [Standard, ...Standard[]];

const source = 'https://github.com/DPGAlliance/dpg-standard';

const sections: readonly Section[] = [
  { id: 'general', title: 'About the product' },
  ...INDICATORS.flatMap(({ id, title }): Section[] => (id === '9' ? [] : [{ id, title, indicator: id }])),
  { id: 'scale', title: 'Use and reach' },
];

const questions: readonly Question[] = [
  ...productQuestions,
  ...categoryQuestions,
  ...conductQuestions,
  ...privacyQuestions,
].map(withGuidance);

/** A version whose questions come in the order of its sections, whatever order they are given in. */
export function createStandard(given: Standard): Standard {
  return {
    ...given,
    questions: given.sections.flatMap(({ id }) => given.questions.filter(({ section }) => section === id)),
  };
}

/** The version of the DPGA's changelog that came before the privacy questions. */
const june2025 = createStandard({
  version: '1.1.7',
  answerableFrom: '2025-06-26',
  bindsFrom: '2025-06-26',
  whatIsNew: [
    'AI systems must have all of their mandatory parts.',
    'Collections of content and sets of data must be open as a whole.',
  ],
  source,
  sections,
  questions: questions.filter(({ set }) => set !== 'privacy-2025'),
});

/**
 * The version with the five privacy questions and the annexure; the DPGA gave it no number, so its word is ours.
 */
const privacy2025 = createStandard({
  version: '2025-09-privacy',
  answerableFrom: '2025-09-11',
  bindsFrom: '2025-09-11',
  whatIsNew: [
    'Five questions about personal data must be answered.',
    'Owners may assess their own practices for privacy and security, and no decision depends on it.',
  ],
  source,
  sections: [...sections, annexureSection],
  questions: [...questions, ...annexureQuestions.map(withGuidance)],
});

/** All versions, in the order in which they bind. */
export const STANDARDS: Standards = [june2025, privacy2025];

/** The last of all versions, whether it binds yet or not. */
export const NEWEST: Standard = STANDARDS.at(-1) ?? STANDARDS[0];

/** The version of a word. Throws if this software does not know it: no other questions may take the place of its own. */
export function standardOf(standards: Standards, version: string): Standard {
  const found = standards.find((one) => one.version === version);
  if (found === undefined) throw new Error(`a version of the Standard that this software does not know: ${version}`);
  return found;
}

/** The version that a review takes if it opens on a day: the last that binds by then, or the first of all. */
export function newestBinding(standards: Standards, on: Day): Standard {
  return standards.findLast(({ bindsFrom }) => bindsFrom <= on) ?? standards[0];
}

/** The versions that do not bind on a day yet, the next one first. */
export function coming(standards: Standards, on: Day): readonly Standard[] {
  return standards.filter(({ bindsFrom }) => bindsFrom > on);
}

/**
 * What a review asks on a day: the questions of the version that it keeps and, marked and never mandatory, those that
 * later versions add and that may be answered by then.
 */
export function formOf({
  standards,
  version,
  on,
}: {
  readonly standards: Standards;
  readonly version: string;
  readonly on: Day;
}): Standard {
  const own = standardOf(standards, version);
  const later = standards.slice(standards.indexOf(own) + 1).filter(({ answerableFrom }) => answerableFrom <= on);
  return later.reduce((form, { bindsFrom, ...one }) => {
    const early = { version: one.version, bindsFrom };
    return withOthers(form, { ...one, questions: one.questions.map((question) => ({ ...question, early })) });
  }, own);
}

/** Every question of any version, each as the newest version that has it asks it. */
export function knownForm(standards: Standards): Standard {
  return [...standards].reverse().reduce((form, one) => withOthers(form, one));
}

/** All questions whose answers the public may find: of the version that binds on a day, early ones, and former ones. */
export function publicForm(standards: Standards, on: Day): Standard {
  const { version } = newestBinding(standards, on);
  return withOthers(formOf({ standards, version, on }), knownForm(standards));
}

/** A form with what only another one asks, which nobody must answer. */
function withOthers(form: Standard, { sections, questions }: Pick<Standard, 'sections' | 'questions'>): Standard {
  const others = questions.filter(({ id }) => questionOf(form, id) === undefined);
  if (others.length === 0) return form;
  return createStandard({
    ...form,
    sections: [...form.sections, ...sections.filter(({ id }) => sectionOf(form, id) === undefined)],
    questions: [...form.questions, ...others.map((question) => ({ ...question, required: false }))],
  });
}
