/** Reasons in plain words that reviewers can start from. NOTICE: dedicated to the public domain (CC0-1.0). */
import type { SectionId } from './standard.js';

/** A reason, and the sections for which it is offered; none: for all. */
export interface LibraryReason {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly sections?: readonly SectionId[];
}

export const REASONS: readonly LibraryReason[] = [
  {
    id: 'link-gone',
    title: 'A link does not open',
    text: 'The link that you gave does not open. Please give one that works, or describe what it shows.',
  },
  {
    id: 'no-evidence',
    title: 'No evidence',
    text: 'The answer says that this is so, but nothing shows it. Please give a public page, a document or a part of the code that does.',
  },
  {
    id: 'other-product',
    title: 'About something else',
    text: 'The answer is about another product or about your organisation as a whole. Please answer for this product.',
  },
  {
    id: 'licence-missing',
    title: 'No licence in the repository',
    text: 'We found no licence file in the repository. Please add one that is approved for this kind of product, and tell us where it is.',
    sections: ['2'],
  },
  {
    id: 'licence-closed',
    title: 'Licence is not open',
    text: 'The licence of a part of the product is not an approved open licence. Please tell us which parts have which licence.',
    sections: ['2'],
  },
  {
    id: 'owner-unclear',
    title: 'Owner is not clear',
    text: 'We could not see who owns the product. Please give a public page that names the owner, such as a copyright notice or terms of use.',
    sections: ['3'],
  },
  {
    id: 'closed-part',
    title: 'Needs a closed component',
    text: 'The product needs a component that is not open. Please say what an open replacement would be, and how it is used.',
    sections: ['4'],
  },
  {
    id: 'documentation-thin',
    title: 'Documentation is not enough',
    text: 'Somebody technical could not start or reuse the product with the documentation that we found. Please say where the rest is.',
    sections: ['5'],
  },
  {
    id: 'laws-unnamed',
    title: 'Laws are not named',
    text: 'Please name the laws that apply where the product is used, and say what you do to follow them.',
    sections: ['7'],
  },
  {
    id: 'privacy-where',
    title: 'Says what, not where',
    text: 'Please say where in the product this can be seen: which screen, which setting, or which part of the code.',
    sections: ['9a'],
  },
];

/** The reasons that are offered for a section: its own first. */
export function reasonsFor(section: SectionId): readonly LibraryReason[] {
  const own = REASONS.filter(({ sections }) => sections?.includes(section) === true);
  return [...own, ...REASONS.filter(({ sections }) => sections === undefined)];
}
