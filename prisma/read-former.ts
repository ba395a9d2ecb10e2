import type { Answers } from '../domain/answers.js';
import type { Day } from '../domain/calendar.js';
import { historyOf, type FormerLine } from '../domain/former-history.js';
import type { FormerKind, FormerRecord, FormerStage, Said } from '../domain/former-record.js';
import { likenessBy, likenessKeys, type Identity, type Likeness } from '../domain/same-product.js';
import type { Database, Transaction } from './database.js';
import { dayOfColumn } from './day-column.js';

const factColumns = {
  ...{ kind: true, source: true, slug: true, stage: true },
  ...{ on: true, recognisedOn: true, reason: true },
} as const;

interface FactRow {
  readonly kind: string;
  readonly source: string;
  readonly slug: string | null;
  readonly stage: string | null;
  readonly on: Date | null;
  readonly recognisedOn: Date | null;
  readonly reason: string | null;
}

/** Reads the public past of a product, or of all of them. */
export async function readFormerLines(
  transaction: Transaction,
  slug: string | null,
): Promise<(slug: string) => readonly FormerLine[]> {
  const rows = await transaction.formerRecord.findMany({
    where: { slug: slug ?? { not: null } },
    select: factColumns,
    orderBy: { id: 'asc' },
  });
  const bySlug = new Map<string, FactRow[]>();
  for (const row of rows) {
    const key = row.slug ?? '';
    const known = bySlug.get(key);
    if (known === undefined) bySlug.set(key, [row]);
    else known.push(row);
  }
  return (of) => historyOf((bySlug.get(of) ?? []).map(factsOf));
}

function factsOf({ kind, source, stage, on, recognisedOn, reason }: FactRow) {
  return {
    // Both written by an import from the domain's own words.
    kind: kind as FormerKind,
    stage: stage as FormerStage | null,
    ...{ source, reason, on: dayOfColumn(on), recognisedOn: dayOfColumn(recognisedOn) },
  };
}

/** A record of the past as reviewers see it. */
export interface FormerForDesk {
  readonly kind: FormerKind;
  readonly source: string;
  readonly name: string;
  readonly on: Day | null;
  readonly reason: string | null;
  readonly said: readonly Said[];
  readonly answers: Answers;
}

/** The past of a product with what was said in it: exclusions and volunteers' reviews first. */
export async function readFormerForDesk(database: Database, slug: string): Promise<readonly FormerForDesk[]> {
  const rows = await database.formerRecord.findMany({ where: { slug }, orderBy: [{ on: 'desc' }, { id: 'asc' }] });
  return rows
    .map(({ kind, source, name, on, reason, details, answers }) => ({
      ...{ kind: kind as FormerKind, source, name, on: dayOfColumn(on), reason },
      // Written by an import, from the same types.
      said: (details as unknown as Pick<FormerRecord, 'said'>).said,
      answers: answers as Answers,
    }))
    .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

const ORDER: readonly FormerKind[] = [
  'exclusion',
  'excluded',
  'opinion',
  'screening',
  'application',
  'archived',
  'nominee',
  'summary',
];

/** A record of the past that a product may be the same as. */
export interface FormerAlike {
  readonly kind: FormerKind;
  /** The name of its file, or the number of its application. */
  readonly source: string;
  readonly name: string;
  readonly stage: FormerStage | null;
  /** Its product here, if that is known. */
  readonly slug: string | null;
  readonly on: Day | null;
  /** Why it was excluded, if it was and somebody said so. */
  readonly reason: string | null;
  readonly by: readonly Likeness[];
}

const MOST_ALIKE = 50;

/**
 * Former nominees, excluded ones and applications that a product may be the same as, by name, website or repository;
 * those with most in common first. An exclusion brings its day and reason, also where only its list has them.
 */
export async function formerAlike(database: Database, product: Identity): Promise<readonly FormerAlike[]> {
  const keys = [...likenessKeys(product)];
  const found = await database.formerRecord.findMany({
    where: { keys: { hasSome: keys } },
    select: { ...factColumns, name: true, keys: true },
    orderBy: { id: 'asc' },
    take: MOST_ALIKE,
  });
  const excluded = found.flatMap(({ kind, source }) => (kind === 'excluded' ? [source] : []));
  const listed = await database.formerRecord.findMany({
    where: { kind: 'exclusion', source: { in: excluded } },
    select: factColumns,
  });
  const reasons = new Map(listed.map((row) => [row.source, row]));
  return found
    .map((row) => {
      const line = row.kind === 'excluded' ? reasons.get(row.source) : undefined;
      const { kind, source, stage, on, reason } = factsOf({ ...row, on: row.on ?? line?.on ?? null });
      const why = reason ?? line?.reason ?? null;
      return {
        kind,
        source,
        name: row.name,
        stage,
        slug: row.slug,
        on,
        reason: why,
        by: likenessBy(product, row.keys),
      };
    })
    .toSorted((one, other) => other.by.length - one.by.length);
}
