import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanText, lengthOf } from '../../domain/answer-text.js';
import { sectionsAsked } from '../../domain/appealing.js';
import { LONGEST_QUESTION, type ExpertQuestion } from '../../domain/consultation.js';
import { decides } from '../../domain/verdict.js';
import { sectionTitle, type SectionId } from '../../domain/standard.js';
import type { NewSubmission } from '../../prisma/append.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { oneTime } from '../one-time.js';
import type { Looking } from './rows.js';
import { fields } from './verdict-form.js';

/** The verdict of a section on which an expert is to be asked first. */
export const CONSULT = 'consult';
/** So many experts of a section the page has room for. */
export const ROOM = 3;

/** The names of the fields of a question. */
export const consultFields = {
  question: (section: SectionId) => `question-${section}`,
  expert: (section: SectionId, nth: number) => `expert${nth}-${section}`,
} as const;

/** Whether whoever judges a review now may ask experts. */
export function mayConsult({ review, experts }: DeskCase): boolean {
  const { state, policy } = review;
  return (state === 'l1' || state === 'l2') && decides(policy, state) && experts.length > 0;
}

/** What a form asks experts, and what is wrong with it; null: it asks nobody. */
export function readConsult(
  form: FormFields,
  record: DeskCase,
): { readonly questions: readonly ExpertQuestion[]; readonly problems: readonly Problem[] } | null {
  const sections = sectionsAsked(record).filter((one) => posted(form, fields.word(one)) === CONSULT);
  if (sections.length === 0 || !mayConsult(record)) return null;
  const problems: Problem[] = [];
  const questions = sections.map((section): ExpertQuestion => {
    const title = sectionTitle(record.asking.standard, section);
    const question = cleanText(posted(form, consultFields.question(section)));
    const chosen = Array.from({ length: ROOM }, (_, nth) => posted(form, consultFields.expert(section, nth)));
    const known = chosen.filter((one) => record.experts.some(({ id }) => id === one));
    const experts = [...new Set(known)];
    const field = consultFields.question(section);
    if (question === '') problems.push({ field, sentence: `Write your question about: ${title}.` });
    if (lengthOf(question) > LONGEST_QUESTION) {
      problems.push({ field, sentence: `Shorten this question: it has more than ${LONGEST_QUESTION} characters.` });
    }
    if (experts.length === 0) {
      problems.push({ field: consultFields.expert(section, 0), sentence: `Select whom to ask about: ${title}.` });
    }
    return { section, question, experts };
  });
  return { questions, problems };
}

/** The row that asks experts what a form asks them; null: it asks nobody. */
export function consultRow(
  given: Looking & { readonly form: FormFields; readonly answersVersion: number },
): NewSubmission | null {
  const { staff, record, form, answersVersion } = given;
  const { review, caseId, reference } = record;
  const read = readConsult(form, record);
  if (read === null) return null;
  const by = staff.person.id;
  const level = review.state === 'l2' ? 'l2' : 'l1';
  return {
    ...{ caseId, applicationId: reference, round: review.round, kind: 'consult', role: level, actor: by },
    key: oneTime('consult', reference, by, review.round, answersVersion, form),
    body: { level, by, answersVersion, questions: read.questions },
  };
}

/** A form without what was asked of experts: when the case is back, a verdict is due on these sections too. */
export function withoutConsult(form: FormFields, record: DeskCase): FormFields {
  const asked = sectionsAsked(record).filter((one) => posted(form, fields.word(one)) === CONSULT);
  const gone = new Set(
    asked.flatMap((section) => [
      ...[fields.word(section), consultFields.question(section)],
      ...Array.from({ length: ROOM }, (_, nth) => consultFields.expert(section, nth)),
    ]),
  );
  return Object.fromEntries(Object.entries(form).filter(([name]) => !gone.has(name)));
}
