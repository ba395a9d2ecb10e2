import type { Review } from '../domain/case.js';
import type { Day } from '../domain/calendar.js';
import { dayOf } from '../domain/calendar.js';
import type { Database } from './database.js';

/** An owner's appeal as its reviewer reads it. */
export interface AppealRead {
  readonly on: Day;
  readonly grounds: string;
}

/** What the owner wrote in the row of an appeal; nothing, if it was erased. */
export function groundsOf(body: unknown): string {
  const has = typeof body === 'object' && body !== null && 'text' in body;
  return has && typeof body.text === 'string' ? body.text : '';
}

/** Reads the appeal of a review; null: there is none. */
export async function readAppeal(database: Database, { appeal }: Pick<Review, 'appeal'>): Promise<AppealRead | null> {
  if (appeal === null) return null;
  const row = await database.submission.findUnique({ where: { id: appeal.row }, select: { body: true } });
  return { on: dayOf(appeal.at), grounds: groundsOf(row?.body) };
}
