import type { Answers, OwnerSubmission } from '../../domain/answers.js';
import type { Day, Instant } from '../../domain/calendar.js';
import type { CaseRecord } from '../../domain/case.js';
import type { EmailFacts, EmailKind, RowOutcome } from '../../domain/effect.js';

/** A row as it was appended, and what became of it. */
export interface KeptRow {
  readonly id: number;
  readonly kind: string;
  readonly reference: string | null;
  readonly round: number | null;
  readonly role: string;
  readonly actor: string;
  readonly body: unknown;
  readonly at: Instant;
  outcome: RowOutcome | null;
}

export interface KeptRecipient {
  readonly id: number;
  readonly reference: string;
  readonly address: string;
  rank: string;
  position: number;
  revokedAt: Instant | null;
  refused: boolean;
}

export interface KeptEmail {
  readonly key: string;
  readonly reference: string;
  readonly to: number;
  readonly kind: EmailKind;
  readonly round: number;
  readonly turn: number | null;
  readonly facts: EmailFacts;
  readonly dueAt: Instant;
  state: string;
  deadline: Day | null;
}

export interface KeptAnswers {
  readonly reference: string | null;
  readonly version: number;
  readonly by: 'import' | 'owner' | 'machine';
  readonly answers: Answers;
  readonly confirmed: readonly string[];
  publishedAt: Instant | null;
}

/** A case and everything that belongs to it, kept in memory beside the database: what each step is compared with. */
export interface KeptCase {
  record: CaseRecord;
  contacts: readonly { readonly address: string; readonly rank: string }[];
  readonly rows: KeptRow[];
  readonly recipients: KeptRecipient[];
  readonly emails: KeptEmail[];
  readonly answers: KeptAnswers[];
  /** Reviewers who declared a conflict of interest. */
  readonly conflicts: Set<string>;
  /** Of each review: the turn in which each question was typed. */
  readonly drafts: Map<string, Map<string, number>>;
  readonly decisions: { readonly reference: string; readonly round: number; readonly result: string }[];
}

/** What only the database gives: names of things that it made in the step. */
export interface Names {
  readonly reference: string | null;
  readonly asks: NonNullable<CaseRecord['review']>['asks'] | null;
  readonly recipients: readonly { readonly id: number; readonly applicationId: string; readonly address: string }[];
  /** By the number of an email, its key. */
  readonly emailKeys: ReadonlyMap<number, string>;
}

/** The oldest row without an outcome. */
export function oldestOf({ rows }: KeptCase): KeptRow | undefined {
  return rows.find(({ outcome }) => outcome === null);
}

/** Primary first, then in their order. */
export function writableOf({ recipients }: KeptCase, reference: string): readonly KeptRecipient[] {
  return inOrder(recipients.filter((one) => one.reference === reference && one.revokedAt === null && !one.refused));
}

function inOrder(people: readonly KeptRecipient[]): readonly KeptRecipient[] {
  const weight = ({ rank }: KeptRecipient) => (rank === 'primary' ? 0 : 1);
  return [...people].sort((one, other) => weight(one) - weight(other) || one.position - other.position);
}

/** The newest public answer to each question. */
export function onFileOf({ answers }: KeptCase): Answers {
  const published = answers.filter(({ publishedAt }) => publishedAt !== null);
  published.sort((one, other) => ((one.publishedAt ?? '') < (other.publishedAt ?? '') ? -1 : 1));
  return Object.assign({}, ...published.map((one) => one.answers)) as Answers;
}

/** What the owner sent in a row. */
export const sentIn = ({ body }: KeptRow): OwnerSubmission => body as OwnerSubmission;
