import type { Prisma } from './generated/client.js';

/** A plain value of the domain as a JSON column takes it. */
export function json(value: unknown): Prisma.InputJsonValue {
  // A round trip drops what JSON does not have (absent fields), so the cast holds.
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** Whether two values are the same JSON: PostgreSQL orders the keys of an object its own way. */
export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
