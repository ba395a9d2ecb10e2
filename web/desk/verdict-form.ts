import { sectionsAsked } from '../../domain/appealing.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanText, lengthOf } from '../../domain/answer-text.js';
import type { SectionVerdict, SectionWord } from '../../domain/case.js';
import { reasonsFor } from '../../domain/reasons.js';
import { questionsOfSection, sectionTitle, type SectionId } from '../../domain/standard.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';

/** The most that a box holds, in characters. */
const LONGEST = 5_000;
const WORDS: readonly SectionWord[] = ['meets', 'clarify', 'does_not_meet'];

/** The names of the fields of a section. */
export const fields = {
  word: (section: SectionId) => `verdict-${section}`,
  publicReason: (section: SectionId) => `public-${section}`,
  noteToOwner: (section: SectionId) => `owner-${section}`,
  internalReason: (section: SectionId) => `internal-${section}`,
  library: (section: SectionId) => `library-${section}`,
  questions: (section: SectionId) => `ask-${section}`,
} as const;

/** A verdict as a form gives it, and what is still wrong with it. */
export interface VerdictRead {
  readonly sections: readonly SectionVerdict[];
  /** What the owner is asked again; null: all questions of the sections that need it. */
  readonly questions: readonly string[] | null;
  readonly days: number | null;
  readonly secondRoundReason: string | null;
  readonly problems: readonly Problem[];
}

/** What of a posted form is the reviewer's text. */
export function ofDraft(form: FormFields): FormFields {
  const others = ['csrf', 'round', 'answers', 'seen', 'then'];
  return Object.fromEntries(Object.entries(form).filter(([name]) => !others.includes(name)));
}

/** The form with the reasons put into its boxes that were chosen from the library; what was typed stays. */
export function withLibrary(form: FormFields, record: Pick<DeskCase, 'review' | 'asking'>): FormFields {
  const filled: Record<string, string | readonly string[]> = { ...form };
  for (const section of sectionsAsked(record)) {
    const chosen = reasonsFor(section).find(({ id }) => id === posted(form, fields.library(section)));
    const box = fields.publicReason(section);
    const typed = cleanText(posted(form, box));
    if (chosen !== undefined) filled[box] = typed === '' ? chosen.text : `${typed}\n\n${chosen.text}`;
    filled[fields.library(section)] = '';
  }
  return filled;
}

/** Reads a form of a verdict on a review. */
export function readVerdict(form: FormFields, { review, asking }: Pick<DeskCase, 'review' | 'asking'>): VerdictRead {
  const problems: Problem[] = [];
  const text = (field: string): string => {
    const given = cleanText(posted(form, field));
    if (lengthOf(given) > LONGEST) {
      problems.push({ field, sentence: `Shorten this text: it has more than ${LONGEST} characters.` });
    }
    return given;
  };
  const sections = sectionsAsked({ review, asking }).flatMap((section): SectionVerdict[] => {
    const words = WORDS.filter((one) => review.state !== 'appeal' || one !== 'clarify');
    const word = words.find((one) => one === posted(form, fields.word(section)));
    const reasons = {
      publicReason: text(fields.publicReason(section)),
      noteToOwner: text(fields.noteToOwner(section)),
      internalReason: text(fields.internalReason(section)),
    };
    if (word === undefined) {
      problems.push({
        field: fields.word(section),
        sentence: `Select a verdict: ${sectionTitle(asking.standard, section)}.`,
      });
      return [];
    }
    if (word !== 'meets' && reasons.publicReason === '') {
      const sentence = `Give a public reason, since it does not simply meet: ${sectionTitle(asking.standard, section)}.`;
      problems.push({ field: fields.publicReason(section), sentence });
    }
    return [{ section, verdict: word, ...reasons }];
  });
  const asksAgain = sections.some(({ verdict }) => verdict === 'clarify');
  return { sections, ...readAsking(form, { review, asking, sections, problems, asksAgain }), problems };
}

function readAsking(
  form: FormFields,
  given: Pick<DeskCase, 'review' | 'asking'> & {
    sections: readonly SectionVerdict[];
    problems: Problem[];
    asksAgain: boolean;
  },
): Pick<VerdictRead, 'questions' | 'days' | 'secondRoundReason'> {
  const { review, asking, sections, problems, asksAgain } = given;
  if (!asksAgain) return { questions: null, days: null, secondRoundReason: null };
  const { least, most } = review.policy.clarificationLimit;
  const typed = posted(form, 'days').trim();
  const days = typed === '' ? review.policy.clarificationDays : Number(typed);
  if (!Number.isInteger(days) || days < least || days > most) {
    problems.push({ field: 'days', sentence: `Give the owner ${least} to ${most} days.` });
  }
  const secondRoundReason = cleanText(posted(form, 'second-round'));
  if (review.clarifications >= review.policy.clarifications && secondRoundReason === '') {
    problems.push({ field: 'second-round', sentence: 'Say why the owner is asked once more.' });
  }
  const questions = sections.flatMap(({ section, verdict }) => {
    if (verdict !== 'clarify') return [];
    const picked = [form[fields.questions(section)] ?? []].flat();
    const own = questionsOfSection(asking.standard, section).map(({ id }) => id);
    const known = own.filter((id) => picked.includes(id));
    return known.length > 0 ? known : own;
  });
  return { questions, days, secondRoundReason: secondRoundReason === '' ? null : secondRoundReason };
}
