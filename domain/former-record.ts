/**
 * What older files of the registry say about a product, whatever the files looked like: nominations of the past,
 * exclusions, answers to the old form, opinions of volunteers, applications of the portal. No people are in any of it.
 */
import type { Answers } from './answers.js';
import type { Day } from './calendar.js';
import type { Identity } from './same-product.js';

export const FORMER_KINDS = [
  /** Who and what, of nominees and of products that were listed. */
  'nominee',
  'archived',
  'excluded',
  /** A line of the list of exclusions: day and reason. */
  'exclusion',
  /** Answers to indicators 3 to 9 of the old form. */
  'screening',
  /** A review by a volunteer; it decided nothing. */
  'opinion',
  /** An application of the former portal; its outcome is not in the file. */
  'application',
  /** The same as nominee, summed up later, with days. */
  'summary',
] as const;
export type FormerKind = (typeof FORMER_KINDS)[number];

/** What the file itself says; never inferred from answers. */
export type FormerStage = 'nominee' | 'listed' | 'archived';

/** An answer that today's form has no question for, under the name that the file gives it. */
export interface Said {
  readonly about: string;
  /** Yes, No, Unknown. */
  readonly answer: string | null;
  readonly text: string | null;
  /** 1 to 5, as volunteers gave it. */
  readonly confidence: number | null;
}

export interface FormerRecord extends Identity {
  readonly kind: FormerKind;
  /** The name of its file without the ending, or the number of the application: the same record has the same. */
  readonly source: string;
  /** Empty: the file does not say. */
  readonly name: string;
  readonly description: string | null;
  readonly licences: readonly string[];
  readonly sdgs: readonly number[];
  readonly types: readonly string[];
  readonly stage: FormerStage | null;
  /** The day of the nomination, of the exclusion, of the opinion. */
  readonly on: Day | null;
  readonly recognisedOn: Day | null;
  /** Why it was excluded. */
  readonly reason: string | null;
  /** The registry's own id, and the number of the application before this one; both only of applications. */
  readonly dpgId: string | null;
  readonly parent: string | null;
  /** By question id of today's form. */
  readonly answers: Answers;
  readonly said: readonly Said[];
}
