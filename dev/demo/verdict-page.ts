import type { Level } from '../../domain/policy.js';
import type { SectionId } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { consultFields } from '../../web/desk/consult-form.js';
import { fields as names } from '../../web/desk/verdict-form.js';
import type { Filled } from './form-client.js';
import type { Form, Page } from './page-reader.js';
import { formTo } from './staff-browser.js';

/** Owners who want to be asked again write this. */
export const UNCLEAR = 'unclear-on-purpose';
/** Owners whose grounds of an appeal are good write this. */
export const CONVINCING = 'convincing-on-purpose';

/** What is nominated by somebody who writes this does not meet the Standard. */
export const NOT_OPEN = 'not-open-on-purpose';

/** Who writes this advertises. */
export const SPAM = 'buy-it-now-on-purpose';

/** A review as its page tells a reviewer. */
export interface CasePage {
  readonly reference: string;
  /** Of a nominee its reference, until it has one. */
  readonly slug: string;
  readonly product: string;
  readonly isNomination: boolean;
  /** What it says that calls for more than a verdict. */
  readonly says: 'not_open' | 'spam' | null;
  /** Null: the reviewer is not asked for a verdict now. */
  readonly form: Form | null;
  readonly sections: readonly SectionId[];
  /** A second level follows or decides. */
  readonly twoLevels: boolean;
  /** The section whose answers are unclear, if its owner was not asked about it before. */
  readonly unclear: SectionId | null;
  /** Whether an expert can be asked first. */
  readonly mayAsk: boolean;
  /** What the grounds of an appeal do that waits for a verdict; null: there is none. */
  readonly appeal: 'convince' | 'do_not' | null;
}

/** Reads the page of a review; null: it is another page. */
export function readCasePage(page: Page): CasePage | null {
  const reference = /^\/desk\/(\d{4}-[0-9A-Z]{5})$/u.exec(new URL(page.url).pathname)?.[1];
  const isNomination = /\bnomination, reference/iu.test(page.text);
  const slug = isNomination
    ? reference?.toLowerCase()
    : page.links.map(({ href }) => /^\/r\/([a-z0-9-]+)$/u.exec(new URL(href).pathname)?.[1]).find(Boolean);
  if (reference === undefined || slug === undefined) return null;
  const form = formTo(page, /\/verdict$/u);
  const has = (name: string) => form?.fields.some((field) => field.name === name) === true;
  const sections = NEWEST.sections.map(({ id }) => id).filter((id) => has(names.word(id)));
  return {
    ...{ reference, slug, form, sections, isNomination, product: page.h1 },
    says: page.text.includes(SPAM) ? 'spam' : page.text.includes(NOT_OPEN) ? 'not_open' : null,
    // Of the privacy questions one level decides; they are one part of all sections.
    twoLevels: sections.includes('2'),
    unclear: form === null || has('second-round') ? null : unclearIn(page, form, sections),
    mayAsk: sections.some((id) => has(consultFields.question(id))),
    appeal: form === null ? null : appealOn(page),
  };
}

function appealOn({ text }: Page): CasePage['appeal'] {
  if (!/verdict on each section that did not meet/iu.test(text)) return null;
  return text.includes(CONVINCING) ? 'convince' : 'do_not';
}

/** The first verdict that is asked for below an unclear answer is about it. */
function unclearIn(page: Page, form: Form, sections: readonly SectionId[]): SectionId | null {
  const at = page.text.indexOf(UNCLEAR);
  if (at < 0) return null;
  const below = sections.map((section) => {
    const label = form.fields.find(({ name }) => name === names.word(section))?.label ?? '';
    return { section, from: page.text.indexOf(label, at) };
  });
  const [next] = below.filter(({ from }) => from >= 0).sort((one, other) => one.from - other.from);
  return next?.section ?? null;
}

/** What a reviewer writes beside the verdicts; each is found nowhere else. */
export interface Words {
  readonly internal: string;
  /** Into the public reason of the first section, which meets; empty: nothing. */
  readonly publicReason: string;
}

/**
 * A verdict on each section. Whoever reads where an owner was unclear would ask again; `bad` finds one section that does
 * not meet; of an appeal the grounds decide. Whatever the page has filled in is overwritten. `mustAgree`: a first level
 * that would ask again would stand against a second one that is content with the answer.
 */
export function fillVerdict(
  { sections, twoLevels, unclear, appeal }: CasePage,
  {
    level,
    bad,
    words,
    mustAgree = false,
  }: { readonly level: Level; readonly bad: boolean; readonly words: Words; readonly mustAgree?: boolean },
): Filled {
  const asks = twoLevels && level === 'l1' && mustAgree ? null : unclear;
  const fails = bad && twoLevels && unclear === null ? '2' : null;
  const wordOf = (section: SectionId) => {
    if (appeal !== null) return appeal === 'convince' ? 'meets' : 'does_not_meet';
    return section === asks ? 'clarify' : section === fails ? 'does_not_meet' : 'meets';
  };
  return Object.fromEntries(
    sections.flatMap((section, index) => {
      const word = wordOf(section);
      const [reason, note] = REASONS[word];
      return [
        [names.word(section), word],
        [names.publicReason(section), word === 'meets' && index === 0 ? words.publicReason : reason],
        [names.noteToOwner(section), note],
        [names.internalReason(section), index === 0 ? words.internal : ''],
      ];
    }),
  );
}

/** The public reason and the note to the owner. */
const REASONS = {
  meets: ['', ''],
  clarify: ['Please say this again in other words.', 'Invented: one sentence is enough.'],
  does_not_meet: ['Invented: the licence of one part is not an open one.', ''],
} as const;
