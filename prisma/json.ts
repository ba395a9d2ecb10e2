import type { Prisma } from './generated/client.js';

/** A plain value of the domain as a JSON column takes it. */
export function json(value: unknown): Prisma.InputJsonValue {
  // A round trip drops what JSON does not have (absent fields), so the cast holds.
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}
