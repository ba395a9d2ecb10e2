import type { Verdict } from '../../../prisma/generated/client.js';
import type { Database } from '../../../prisma/database.js';
import type { Review } from '../../../domain/case.js';
import { storedReview } from '../../../prisma/stored-review.js';

/** A row of a review with what became of it. */
export interface StoryRow {
  readonly id: number;
  readonly kind: string;
  readonly role: string;
  readonly actor: string;
  readonly body: unknown;
  readonly at: Date;
  readonly outcome: { readonly result: string; readonly at: Date } | null;
}

/** A line of the ledger, with what its step was taken for. */
export interface StoryLine {
  readonly at: Date;
  readonly what: string;
  readonly detail: unknown;
  readonly row: StoryRow | null;
  /** The entry that was due; null: a row's step wrote it. */
  readonly entry: string | null;
}

export interface StoryEmail {
  readonly key: string;
  readonly recipientId: number | null;
  /** One of ours; null: it is to an owner. */
  readonly personId: string | null;
  readonly kind: string;
  readonly round: number;
  readonly turn: number | null;
  readonly state: string;
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly claimedAt: Date | null;
  /** When it came into its state. */
  readonly stateAt: Date;
}

/** Everything that is on record of one review, oldest first. */
export interface Story {
  readonly reference: string;
  readonly caseId: string;
  readonly slug: string;
  readonly kind: string;
  readonly review: Review;
  readonly recipients: readonly {
    readonly id: number;
    readonly rank: string;
    readonly position: number;
    readonly revokedAt: Date | null;
  }[];
  readonly lines: readonly StoryLine[];
  readonly rows: readonly StoryRow[];
  readonly emails: readonly StoryEmail[];
  readonly verdicts: readonly Verdict[];
  readonly decisions: readonly {
    readonly round: number;
    readonly result: string;
    readonly by: string;
    readonly at: Date;
  }[];
  /** The answers of each version. */
  readonly answers: ReadonlyMap<number, unknown>;
}

/** Reads all reviews as they stand at one instant. */
export async function readStories(database: Database): Promise<readonly Story[]> {
  const oldestFirst = { orderBy: { id: 'asc' } } as const;
  const [applications, ledger, submissions] = await database.$transaction(
    [
      database.application.findMany({
        include: {
          emails: oldestFirst,
          verdicts: oldestFirst,
          decisions: oldestFirst,
          answerSets: true,
          recipients: { select: { id: true, rank: true, position: true, revokedAt: true } },
        },
        orderBy: { openedAt: 'asc' },
      }),
      database.ledgerEntry.findMany({ where: { applicationId: { not: null } }, ...oldestFirst }),
      database.submission.findMany({ include: { outcome: true }, ...oldestFirst }),
    ],
    { isolationLevel: 'RepeatableRead' },
  );
  const linesOf = groupedBy(ledger, ({ applicationId }) => applicationId ?? '');
  const rowsOf = groupedBy(submissions, ({ caseId }) => caseId);
  return applications.map((application): Story => {
    const { id, caseId, slug, kind, emails, verdicts, decisions, answerSets, recipients } = application;
    const ofCase = rowsOf.get(caseId) ?? [];
    return {
      reference: id,
      caseId,
      slug,
      kind,
      // JSON columns hold what save-application.ts wrote: the domain's own types.
      review: storedReview(application.review),
      recipients,
      lines: (linesOf.get(id) ?? []).map(({ at, what, why, detail, role }) => ({
        at,
        what,
        detail,
        entry: why.startsWith('entry:') ? why.slice('entry:'.length) : null,
        row: role === 'machine' ? null : (ofCase.find((row) => row.outcome?.at.getTime() === at.getTime()) ?? null),
      })),
      rows: ofCase.filter(({ applicationId }) => applicationId === id),
      emails,
      verdicts,
      decisions,
      answers: new Map(answerSets.map(({ version, answers }) => [version, answers])),
    };
  });
}

/** A word or number in the detail of a line or the body of a row; undefined if it is not there. */
export function fieldOf(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null) return undefined;
  return Object.entries(json).find(([key]) => key === name)?.[1];
}

/** Lists by a key, each in the order given. */
export function groupedBy<One>(all: readonly One[], keyOf: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
