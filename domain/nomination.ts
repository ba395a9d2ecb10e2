import type { Answers } from './answers.js';
import { concernOf } from './concern.js';
import type { RemovalWord } from './event.js';

const PREFIX = 'nomination/';

/** The case of a nomination. */
export function nominationCase(reference: string): string {
  return `${PREFIX}${reference}`;
}

/** The reference of the nomination that a case is; null for every other case. */
export function nominationOf(caseId: string): string | null {
  return caseId.startsWith(PREFIX) ? caseId.slice(PREFIX.length) : null;
}

/** What stands for the slug of a nominee, which has none yet. */
export function slugOfNominee(reference: string): string {
  return reference.toLowerCase();
}

/** How the ids begin that are given here. */
export const OURS = 'DPG-';

/**
 * The DPG id of a product that is approved here: the reference of its nomination behind a word of ours. The registry's
 * own are GID and seven digits, and it alone gives them: no import can ever bring one of ours.
 */
export function dpgIdOf(reference: string): string {
  return `${OURS}${reference}`;
}

/** Whether a DPG id was given here, so that no file of the registry names it. */
export function isOurs(dpgId: string): boolean {
  return dpgId.startsWith(OURS);
}

const START = 'start:';

/** What the link of an address that is to be confirmed derives from. */
export function startOwner({ id, address }: { readonly id: string; readonly address: string }) {
  return { applicationId: `${START}${id}`, recipientId: 0, address, linkVersion: 1 } as const;
}

/** The path of a link with its token: of an owner's form, of the page that confirms an address, or of a concern. */
export function linkPath({ applicationId }: { readonly applicationId: string }, token: string): string {
  const concern = concernOf(applicationId);
  if (concern !== null) return `/concern/${concern}/${token}`;
  return applicationId.startsWith(START)
    ? `/nominate/confirm/${applicationId.slice(START.length)}/${token}`
    : `/answer/${applicationId}/${token}`;
}

/** What an application tells of its product before it has a page of its own. */
export interface NominatedProduct {
  readonly name: string;
  readonly website: string;
}

/** It, as answers of the form. */
export function answersOfProduct({ name, website }: NominatedProduct): Answers {
  return { name, website: [website] };
}

/** Why a nomination is removed unreviewed, as its owner and everybody read it: no reviewer's own words. */
export const REMOVAL_WORDS: Readonly<Record<RemovalWord, string>> = {
  spam: 'It is an advertisement, or no nomination at all.',
  conduct: 'It violates the code of conduct.',
};

/** The word itself, if it is one. */
export function removalWord(word: string): RemovalWord | null {
  return word === 'spam' || word === 'conduct' ? word : null;
}
