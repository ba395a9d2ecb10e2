import type { Instant } from '../domain/calendar.js';
import type { CaseRecord } from '../domain/case.js';
import type { EmailFacts } from '../domain/effect.js';
import type { Transaction } from './database.js';
import { json } from './json.js';

/** The run of a workflow that takes a step: the case's own, or the relay's. */
export interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}

/** What all lines of one step have in common. */
export interface LedgerStep {
  readonly caseId: string;
  readonly at: Instant;
  /** The row that was taken; null: an entry was due, or the machine acted for another reason. */
  readonly row: { readonly role: string; readonly actor: string } | null;
  /** `row:<id>`, `entry:<id>`, `failures` or `command`. */
  readonly why: string;
  /** The case before and after, in words. */
  readonly before: EmailFacts;
  readonly after: EmailFacts;
  /** Null: no workflow, such as a command. */
  readonly ranBy: Execution | null;
}

/** One line: what happened, to which application. Words, dates, ids and counts only. */
export interface LedgerNote {
  readonly what: string;
  readonly applicationId: string | null;
  readonly detail: EmailFacts;
  /** The line is about somebody else than who acted; who that is can be erased, as an actor can. */
  readonly of?: string;
}

/** Appends lines to the ledger, in the transaction of their step, which holds the lock of the case. */
export async function writeLines(
  transaction: Transaction,
  { row, at, before, after, ranBy, ...step }: LedgerStep,
  notes: readonly LedgerNote[],
): Promise<void> {
  const common = {
    ...step,
    at: new Date(at),
    role: row?.role ?? 'machine',
    actor: row?.actor ?? null,
    before: json(before),
    after: json(after),
    workflowId: ranBy?.workflowId ?? null,
    runId: ranBy?.runId ?? null,
  };
  await transaction.ledgerEntry.createMany({
    data: notes.map(({ what, applicationId, detail, of }) => {
      const about = of === undefined ? {} : { actor: of };
      return { ...common, ...about, what, applicationId, detail: json(detail) };
    }),
  });
}

/** What a step took, and what became of it, where the rules noted nothing else. */
export function plainNote(
  taken:
    | { readonly kind: string; readonly result: string }
    /** The kind of the entry that was due. */
    | { readonly due: string },
): Pick<LedgerNote, 'what' | 'detail'> {
  if ('due' in taken) return { what: 'due', detail: { entry: taken.due } };
  return { what: taken.result, detail: { row: taken.kind } };
}

/** A product's case in words, for the ledger. */
export function caseInWords({ review, listing, ended }: CaseRecord): EmailFacts {
  const { validUntil, removedBecause } = listing;
  const product = { validUntil, removedBecause, ended };
  if (review === null) return { state: 'none', ...product };
  const { state, round, turn, answersVersion, requests } = review;
  return {
    ...{ state, round, turn: turn?.number ?? 0, deadline: turn?.deadline ?? null },
    ...{ answersVersion, requests: requests.length },
    ...product,
  };
}
