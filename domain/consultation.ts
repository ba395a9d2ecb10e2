/** A reviewer's questions to experts: what the machine knows of them. Their texts stand in the records alone. */
import type { Day, Instant } from './calendar.js';
import type { Level } from './policy.js';
import type { SectionId } from './standard.js';

/** What an expert advises about a section. */
export const ADVICE_WORDS = ['meets', 'clarify', 'does_not_meet', 'cannot_say'] as const;
export type AdviceWord = (typeof ADVICE_WORDS)[number];

/** Why an expert does not answer. `unreachable`: the mail server refused their address. */
export const DECLINE_WORDS = ['no_time', 'not_my_field', 'conflict', 'other'] as const;
export type DeclineWord = (typeof DECLINE_WORDS)[number] | 'unreachable';

/** Where a question stands with one expert. `silent`: neither accepted nor declined in time; `over`: no advice in time. */
export type ExpertStage = 'invited' | 'accepted' | 'declined' | 'silent' | 'over' | 'answered';
/**
 * How a question ended. `nobody_left`: no expert of the list answers it. `overtaken`: the answers changed, or the review
 * went on by another way.
 */
export type ConsultationEnd = 'answered' | 'nobody_left' | 'called_off' | 'overtaken';

/** The most experts whom one question names, and the most that a question may say, in characters. */
export const MOST_EXPERTS = 5;
export const LONGEST_QUESTION = 2_000;
/** The most that advice may say, in characters. */
export const LONGEST_ADVICE = 10_000;

/** One question of a reviewer about one section, with experts in the order in which they are asked. */
export interface ExpertQuestion {
  readonly section: SectionId;
  readonly question: string;
  readonly experts: readonly string[];
}

/** Which question an expert's row is about. */
export interface Asking {
  readonly by: string;
  /** Counts the consultations of the review, from 1. */
  readonly number: number;
  readonly section: SectionId;
}

/** Which question of which expert an effect is about. */
export interface ExpertOf {
  readonly number: number;
  readonly section: SectionId;
  readonly expert: string;
}

/** A section about which an expert is asked. */
export interface Asked {
  readonly section: SectionId;
  /** In the order in which they are asked. */
  readonly experts: readonly string[];
  /** Which of them is asked now. */
  readonly at: number;
  readonly stage: 'invited' | 'accepted' | 'closed';
  /** The last day on which they may accept, or answer. */
  readonly until: Day;
  /** Null: it runs. */
  readonly end: ConsultationEnd | null;
}

/** Questions that a reviewer asked together. */
export interface Consultation {
  readonly number: number;
  readonly by: string;
  readonly level: Level;
  readonly at: Instant;
  /** What was left of the reviewers' time, in milliseconds; null: it was over. */
  readonly left: number | null;
  readonly asked: readonly Asked[];
}

/** What the records say of experts. */
export interface ExpertFacts {
  /** Of all whom questions name, those who can be asked: experts now, with no part in the product or the review. */
  readonly free: readonly string[];
  /** Whether the author of the row was ever asked what it is about, and answered it. */
  readonly wasAsked: boolean;
  readonly hasAnswered: boolean;
}

/** Where nobody is asked. */
export const NO_EXPERTS: ExpertFacts = { free: [], wasAsked: false, hasAnswered: false };

/** The question about a section that still runs; null: none does. */
export function running(consultation: Consultation | null, section: SectionId): Asked | null {
  return consultation?.asked.find((one) => one.section === section && one.end === null) ?? null;
}

/** Who is asked now; null: the question is closed. */
export function askedNow({ experts, at, end }: Asked): string | null {
  return end === null ? (experts[at] ?? null) : null;
}

/** Which of the experts of a question is next, of those who can be asked; null: nobody is left. */
export function nextExpert({ experts, at }: Pick<Asked, 'experts' | 'at'>, { free }: ExpertFacts): number | null {
  const found = experts.findIndex((expert, index) => index > at && free.includes(expert));
  return found === -1 ? null : found;
}
