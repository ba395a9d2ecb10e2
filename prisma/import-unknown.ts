import type { Instant } from '../domain/calendar.js';
import type { Transaction } from './database.js';
import { json, sameJson } from './json.js';

/** Contents of a record's fields that nobody knows. */
export interface UnknownOf {
  /** Of the FormerRecord, or `listing:<DPG id>`. */
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Keeps them aside; what is kept already stays as it is. */
export async function keepUnknown(
  { transaction, now }: { readonly transaction: Transaction; readonly now: Instant },
  given: readonly UnknownOf[],
): Promise<void> {
  const wanted = new Map(given.map(({ id, fields }) => [id, fields]));
  const found = await transaction.unknownFields.findMany({ where: { id: { in: [...wanted.keys()] } } });
  const known = new Map(found.map(({ id, fields }) => [id, fields]));
  const at = new Date(now);
  await transaction.unknownFields.createMany({
    data: [...wanted].flatMap(([id, fields]) => (known.has(id) ? [] : [{ id, fields: json(fields), at }])),
  });
  for (const [id, fields] of wanted) {
    if (!known.has(id) || sameJson(known.get(id), fields)) continue;
    await transaction.unknownFields.update({ where: { id }, data: { fields: json(fields), at } });
  }
}
