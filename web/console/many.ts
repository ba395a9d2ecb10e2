import { createHash } from 'node:crypto';
import type { FormFields, Problem } from '../../domain/answer-form.js';
import { posted } from '../../domain/answer-form.js';
import { staffAct, type Answered } from '../../client/staff-acts.js';
import { UsageError } from '../../client/usage.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import type { Database } from '../../prisma/database.js';
import { rowOfKey } from '../../prisma/owner-rows.js';
import type { Staff } from '../desk/session.js';
import { readAct } from './act.js';
import { fieldOf } from './fields.js';
import { rowKey } from './one-time.js';

/** The form that acts on many cases, by which problems link to its fields. */
export const MANY_FORM = 'many';
/** What can be done to many silent cases at once. */
export const MANY_ACTS: readonly string[] = ['extend', 'expire', 'resend'];

/** So long all acts together wait for their outcomes, in real milliseconds; what has none by then was received. */
const PATIENCE = 5_000;
/** So many are under way at once. */
const AT_ONCE = 5;

/** What became of one of many. */
export interface OneOfMany {
  readonly reference: string;
  readonly answer: Answered;
}

/** Does the same to each chosen case; each has its own row and its own outcome, and a second post changes nothing. */
export async function actOnMany(
  database: Database,
  { staff, form }: { readonly staff: Staff; readonly form: FormFields },
): Promise<{ readonly results: readonly OneOfMany[] } | { readonly problems: readonly Problem[] }> {
  const chosen = chosenOf(form);
  const key = rowKey(staff, form);
  if (chosen.length === 0) return { problems: [problem('case', 'Choose at least one review.')] };
  if (key === null) return { problems: [problem('case', 'Open the page again: this form is too old.')] };
  if (!MANY_ACTS.includes(posted(form, 'act'))) return { problems: [problem('act', 'Choose what is to be done.')] };
  const read = readAct(form);
  if ('problems' in read) return read;
  const until = performance.now() + PATIENCE;
  const one = async ({ reference, round }: Chosen): Promise<OneOfMany> => {
    const own = keyOfOne(key, reference);
    const waitMs = Math.max(0, until - performance.now());
    const known = await rowOfKey(database, own);
    if (known !== null) {
      const outcome = await awaitOutcome(database, { submissionId: known, milliseconds: waitMs });
      return { reference, answer: outcome ?? 'received' };
    }
    const given = { database, reference, by: staff.person.id, key: own, waitMs, round, ...read };
    return { reference, answer: await staffAct(given).catch(refusedHere) };
  };
  const results: OneOfMany[] = [];
  for (let from = 0; from < chosen.length; from += AT_ONCE) {
    results.push(...(await Promise.all(chosen.slice(from, from + AT_ONCE).map(one))));
  }
  return { results };
}

/** The key of the row of one of many, by the key of all. */
export function keyOfOne(key: string, reference: string): string {
  return `${key}:${createHash('sha256').update(reference).digest('base64url').slice(0, 16)}`;
}

interface Chosen {
  readonly reference: string;
  readonly round: number;
}

/** The reviews that were ticked, each with the round that was seen. */
export function chosenOf(form: FormFields): readonly Chosen[] {
  const values = [...new Set([form['case'] ?? []].flat())];
  return values.flatMap((value) => {
    const [, reference, round] = /^(\d{4}-[0-9A-Z]{5}):(\d{1,6})$/u.exec(value) ?? [];
    return reference === undefined ? [] : [{ reference, round: Number(round) }];
  });
}

/** What cannot be meant of one case is its result, and stops none of the others. */
function refusedHere(failure: unknown): Answered {
  if (failure instanceof UsageError) return { result: 'refused', sentence: failure.message };
  throw failure;
}

function problem(field: string, sentence: string): Problem {
  return { field: fieldOf(MANY_FORM, field), sentence };
}
