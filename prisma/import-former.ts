import { createHash } from 'node:crypto';
import type { Instant } from '../domain/calendar.js';
import { aliasesOf } from '../domain/answers.js';
import type { FormerRecord } from '../domain/former-record.js';
import { likenessKeys } from '../domain/same-product.js';
import type { Transaction } from './database.js';
import { columnOfDay } from './day-column.js';
import { firstPlaces, type Placed } from './import-run.js';
import { json } from './json.js';

/** What became of one record of the past. */
export interface FormerTaken {
  readonly result: 'new' | 'changed' | 'unchanged' | 'again';
  /** Where the same one stood before in these files. */
  readonly first: string | null;
}

/** Under what a record of the past is kept. */
export function formerId({ kind, source }: Pick<FormerRecord, 'kind' | 'source'>): string {
  return `${kind}:${source}`;
}

/** Takes some records of the past, and says what became of each, in their order. */
export async function takeFormer(
  { transaction, now }: { readonly transaction: Transaction; readonly now: Instant },
  placed: readonly Placed<FormerRecord>[],
): Promise<readonly FormerTaken[]> {
  const rows = placed.map(({ record, place }) => ({ id: formerId(record), record, place, hash: hashOf(record) }));
  const first = await firstPlaces(transaction, rows);
  const ids = rows.map(({ id }) => id);
  const found = await transaction.formerRecord.findMany({
    where: { id: { in: ids } },
    select: { id: true, hash: true },
  });
  const known = new Map(found.map(({ id, hash }) => [id, hash]));
  const taken = rows.map(({ id, place, hash }): FormerTaken => {
    const at = first.get(id) ?? place;
    if (at !== place) return { result: 'again', first: at };
    const before = known.get(id);
    return { result: before === undefined ? 'new' : before === hash ? 'unchanged' : 'changed', first: null };
  });
  const at = new Date(now);
  const wanted = (result: FormerTaken['result']) => rows.filter((_row, index) => taken[index]?.result === result);
  await transaction.formerRecord.createMany({
    data: wanted('new').map(({ id, record, hash }) => ({ id, ...columnsOf(record), hash, at })),
  });
  for (const { id, record, hash } of wanted('changed')) {
    await transaction.formerRecord.update({ where: { id }, data: { ...columnsOf(record), hash, at } });
  }
  return taken;
}

/** Of what is kept: also by what it is found, so that a new way to find records reaches those that came before it. */
function hashOf(record: FormerRecord): string {
  return createHash('sha256')
    .update(JSON.stringify(columnsOf(record)))
    .digest('hex');
}

function columnsOf(record: FormerRecord) {
  const { kind, source, name, stage, on, recognisedOn, reason, dpgId, parent, answers, ...details } = record;
  const { website, repositories } = details;
  const names = [name, ...aliasesOf(answers)];
  return {
    ...{ kind, source, name, stage, reason, dpgId, parent },
    ...{ on: columnOfDay(on), recognisedOn: columnOfDay(recognisedOn) },
    details: json(details),
    answers: json(answers),
    keys: isFound(kind) ? [...new Set(names.flatMap((one) => likenessKeys({ name: one, website, repositories })))] : [],
  };
}

/** Answers to the old form may carry another product's name, and opinions carry none. */
function isFound(kind: FormerRecord['kind']): boolean {
  return kind !== 'screening' && kind !== 'opinion';
}
